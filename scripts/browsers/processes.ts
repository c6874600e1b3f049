import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

const groups = new Set<number>();

/** Starts a program at the head of a process group of its own, so that all it starts can be ended with it. */
export function startGroup(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(command, args, { ...options, detached: true });
  const { pid } = child;
  if (pid !== undefined) {
    groups.add(pid);
    child.once("exit", () => endGroup(pid));
  }
  return child;
}

/** Ends a program and all that it has started; nothing when there is none left. */
export function endGroup(pid: number | undefined): void {
  if (pid === undefined || !groups.delete(pid)) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // All of them have ended already.
  }
}

/** From now on no group outlives this process, however it ends (`SIGKILL` excepted, which nobody can answer). */
export function endGroupsWithProcess(): void {
  process.on("exit", () => {
    for (const pid of groups) endGroup(pid);
  });
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.on(signal, () => process.exit(code));
  }
}
