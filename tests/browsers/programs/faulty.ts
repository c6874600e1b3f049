/** The control of every "no problem was noted": a program that does all of it. */
import { runProgram } from "./report";

void runProgram(async () => {
  console.error("planted error");
  console.warn("planted warning");
  setTimeout(() => {
    throw new Error("planted throw");
  }, 0);
  void Promise.reject(new Error("planted rejection"));
  await new Promise((resolve) => setTimeout(resolve, 50));
});
