import { describe, expect, it } from "vitest";
import { RUN_LIMITS, type RunEvent } from "../contract";
import { createBudget } from "./budget";

const line = (text: string): RunEvent => ({ type: "console", level: "log", text });
const exit: RunEvent = { type: "exit", ok: true };

function budget(limits: Partial<Record<keyof typeof RUN_LIMITS, number>> = {}) {
  const sent: RunEvent[] = [];
  const made = createBudget((message) => sent.push(JSON.parse(message)), {
    ...RUN_LIMITS,
    ...limits,
  } as typeof RUN_LIMITS);
  return { sent, ...made };
}

describe("budget", () => {
  it("passes events on while there is room", () => {
    const { emit, sent, dropped } = budget();
    emit(line("hello"));
    expect(sent).toEqual([line("hello")]);
    expect(dropped()).toBeNull();
  });

  it("drops what is over the number of messages, counts it, and keeps room for the end", () => {
    const { emit, sent, dropped } = budget({ totalMessages: 3 });
    for (let index = 0; index < 10; index += 1) emit(line("x"));
    emit(exit);
    expect(sent.map((event) => event.type)).toEqual(["console", "console", "console", "exit"]);
    expect(dropped()).toMatchObject({ messages: 7 });
  });

  it("drops one huge message and lets small ones through after it", () => {
    const { emit, sent, dropped } = budget({ totalBytes: 1_000 });
    emit(line("x".repeat(5_000)));
    emit(line("small"));
    expect(sent).toEqual([line("small")]);
    expect(dropped()?.bytes).toBeGreaterThan(5_000);
  });

  it("does not let errors flood either", () => {
    const { emit, sent } = budget({ totalMessages: 0 });
    for (let index = 0; index < 1_000; index += 1) {
      emit({ type: "error", kind: "thrown", name: "Error", message: "x", stack: "" });
    }
    expect(sent.length).toBeLessThan(20);
  });

  it("does not even make an event when there is no room for it", () => {
    const { emitLazily, sent, dropped } = budget({ totalMessages: 1 });
    let made = 0;
    for (let index = 0; index < 5; index += 1) {
      emitLazily(() => {
        made += 1;
        return line("x");
      });
    }
    expect([made, sent.length, dropped()?.messages]).toEqual([1, 1, 4]);
  });

  it("goes on when the program has replaced JSON.stringify", () => {
    const { emit, sent } = budget();
    const original = JSON.stringify;
    JSON.stringify = () => "forged";
    try {
      emit(line("true"));
    } finally {
      JSON.stringify = original;
    }
    expect(sent).toEqual([line("true")]);
  });
});
