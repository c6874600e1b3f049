import { within } from "./deadline";
import { endGroup, startGroup } from "./processes";

/** An X display that nobody sees. */
export interface VirtualDisplay {
  /** Value of `DISPLAY`. */
  readonly name: string;
  close(): void;
}

/** Starts Xvfb on the first free display. */
export async function startVirtualDisplay(xvfb: string): Promise<VirtualDisplay> {
  const args = ["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"];
  const child = startGroup(xvfb, args, { stdio: ["ignore", "pipe", "ignore"] });
  const close = () => endGroup(child.pid);
  const number = new Promise<string>((resolve, reject) => {
    child.stdout?.once("data", (data) => resolve(String(data).trim()));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });
  try {
    return { name: `:${await within(20_000, "The start of Xvfb", number)}`, close };
  } catch (error) {
    close();
    throw error;
  }
}
