import { describe, expect, it, vi } from "vitest";
import type { CompileResult, Program, RunEvent } from "../contract";
import { type Backend, type Connection, createEngine } from "./backend";

const PROGRAM: Program = { language: "typescript", entry: "main.ts", files: { "main.ts": "" } };
const COMPILED: CompileResult = { ok: true, file: { code: "", map: "" } };
const never = new AbortController().signal;

/** A realm that exits as soon as it is started. */
function realm() {
  const kill = vi.fn();
  const connection: Connection = { start: (_request, receive) => receive('{"type":"exit","ok":true}'), kill };
  return { connection, kill };
}

function engineOver(
  connect: Backend["connect"],
  compile: () => CompileResult | Promise<CompileResult> = () => COMPILED,
) {
  const backend: Backend = { name: "sandbox", label: "Sandbox", connect, warm: async () => {}, dispose: () => {} };
  return createEngine(backend, { compile });
}

describe("createEngine", () => {
  it("runs in a realm of its own and ends it", async () => {
    const { connection, kill } = realm();
    const result = await engineOver(async () => connection).run(PROGRAM, () => {}, never);
    expect(result).toMatchObject({ engine: "sandbox", outcome: "completed", spanCount: 0 });
    expect(kill).toHaveBeenCalled();
  });

  it("stops at once while the realm is still to come, and ends it when it has come", async () => {
    const { connection, kill } = realm();
    let arrive: (connection: Connection) => void = () => {};
    const engine = engineOver(() => new Promise((resolve) => (arrive = resolve)));
    const controller = new AbortController();
    const running = engine.run(PROGRAM, () => {}, controller.signal);
    controller.abort();
    expect((await running).outcome).toBe("stopped");
    arrive(connection);
    await vi.waitFor(() => expect(kill).toHaveBeenCalled());
  });

  it("does not start a program that was stopped before", async () => {
    const { connection } = realm();
    const start = vi.spyOn(connection, "start");
    const result = await engineOver(async () => connection).run(PROGRAM, () => {}, AbortSignal.abort());
    expect(result.outcome).toBe("stopped");
    expect(start).not.toHaveBeenCalled();
  });

  it.each<[string, Backend["connect"], () => CompileResult | Promise<CompileResult>, object]>([
    [
      "a realm that cannot start",
      () => Promise.reject(new Error("no frame")),
      () => COMPILED,
      { kind: "engine", message: "no frame" },
    ],
    [
      "a compiler that cannot be loaded",
      async () => realm().connection,
      () => Promise.reject(new Error("offline")),
      { kind: "engine", message: "offline" },
    ],
    [
      "a syntax error",
      async () => realm().connection,
      () => ({ ok: false, problems: [{ message: "oops", at: { file: "main.ts", line: 3, column: 1 } }] }),
      { kind: "syntax", message: "oops", at: { line: 3 } },
    ],
  ])("tells of %s and never rejects", async (_what, connect, compile, error) => {
    const events: RunEvent[] = [];
    const result = await engineOver(connect, compile).run(PROGRAM, (event) => events.push(event), never);
    expect(result).toMatchObject({ outcome: "failed", error });
    expect(events).toHaveLength(1);
  });
});
