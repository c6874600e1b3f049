import { setDiagnosticSink } from "../../diagnostics.js";
import { exporterTo } from "../exporter.js";
import { sampleTrace } from "../sample-trace.js";

/**
 * A program for tests of how a process ends: `<tracking URI> <ending> [traces]`. It exports traces and ends, without a
 * flush. Prints the SDK's problems.
 */
const [uri = "", ending = "natural", traces = "2"] = process.argv.slice(2);
setDiagnosticSink((message) => console.log(message));

const isOpen = ending.startsWith("open-");
const open = sampleTrace({ n: 99, spans: 2, openFrom: 1, extra: { end_time_unix_nano: null } });
const exporter = exporterTo(uri, {
  openTraces: () => (isOpen ? [open] : []),
  retry: { attempts: 4, baseMs: 400, maxPauseMs: 400 },
});
for (let n = 1; n <= Number(traces); n++) exporter.export(sampleTrace({ n, spans: 2 }));

const ENDINGS: Record<string, () => unknown> = {
  natural: () => {},
  exit: () => process.exit(0),
  "exit-soon": () => setTimeout(() => process.exit(3), 300),
  "exit-stored": async () => {
    while (exporter.counters.stored === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    process.exit(3);
  },
  throw: () => {
    throw new Error("the program's own");
  },
  rejection: () => Promise.reject(new Error("the program's own")),
  signal: () => process.kill(process.pid, "SIGTERM"),
  await: () => exporter.flush(),
};
ENDINGS[ending.replace("open-", "")]?.();
