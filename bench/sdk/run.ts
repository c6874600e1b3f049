/**
 * What a span costs, beside the other tracing SDKs for TypeScript: `npm run bench:sdk`.
 *
 * Each SDK runs in a process of its own; rounds are interleaved, so that whatever else the machine does hits all alike. Read
 * the ratios to OpenTelemetry's SDK of the same run, not the microseconds.
 */
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Round, RoundKind } from "./child";
import { formatTable, type SdkRounds } from "./table";

const ADAPTERS = [
  "none",
  "floor",
  "opentelemetry",
  "mlflow-tracing",
  "openinference-core",
  "langfuse",
  "opik",
  "braintrust",
  "langsmith",
];
/** Rounds that are not counted, in which the engine compiles. */
const WARM_UP = 4;
const ROUNDS = 9;
const HEAP_ROUNDS = 4;
const here = fileURLToPath(new URL(".", import.meta.url));

if (!existsSync(new URL("node_modules", import.meta.url))) {
  console.log("Installing the SDKs to compare with (about 260 MB, once)…");
  execFileSync("npm", ["ci", "--ignore-scripts"], { cwd: here, stdio: "inherit" });
}

const children = await Promise.all(
  ADAPTERS.map(async (name) => {
    const child = fork(new URL("child.ts", import.meta.url), [name], {
      execArgv: ["--expose-gc", "--import", "tsx", "--conditions=mlflow-source"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    await once(child, "message");
    return { name, child, rounds: [] as Round[] };
  }),
);
for (let round = 0; round < WARM_UP + ROUNDS; round++) {
  for (const kind of ["sync", "async"] as const) {
    for (const one of children) await measure(one, kind, round >= WARM_UP);
  }
}
// Last, because collecting all garbage makes the engine forget what it has compiled.
for (let round = 0; round < HEAP_ROUNDS; round++) for (const one of children) await measure(one, "heap", round > 0);
for (const { child } of children) child.kill();
console.log(formatTable(children satisfies readonly SdkRounds[]));

async function measure({ child, rounds }: (typeof children)[number], kind: RoundKind, counts: boolean): Promise<void> {
  child.send(kind);
  const [measured] = (await once(child, "message")) as [Round];
  if (counts) rounds.push(measured);
}
