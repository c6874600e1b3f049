import { checkLeave, checkLeaveControl } from "./check-leave";
import { measureControl, measureProbe, type ProbeFigures } from "./check-probe";
import { checkSmoke } from "./check-smoke";
import { checkRemainder, checkWatch } from "./check-watch";
import type { Stage } from "./stage";

/** What an engine adds to the table, and how many of its checks failed. */
export interface Result {
  readonly rows: readonly (readonly string[])[];
  readonly failures: number;
}

/** Runs one check after the other and tells of each. */
class Checks {
  failures = 0;

  async probe(name: string, measure: Promise<ProbeFigures>): Promise<ProbeFigures> {
    const none = { spans: Number.NaN, storage: Number.NaN, sdk: Number.NaN };
    const measured = await measure.catch((error: unknown) => ({ ...none, complaints: [String(error)] }));
    this.#tell(name, measured.complaints);
    return measured;
  }

  async check(name: string, complaints: Promise<readonly string[]>): Promise<void> {
    this.#tell(name, await complaints.catch((error: unknown) => [String(error)]));
  }

  #tell(name: string, complaints: readonly string[]): void {
    console.log(`  ${complaints.length === 0 ? "✓" : "✗"} ${name}`);
    for (const complaint of complaints) console.log(`      ${complaint}`);
    if (complaints.length > 0) this.failures++;
  }
}

const lowered = { program: "probe", variant: "lowered" } as const;

/** The probe in Node.js: as it is over the storage of Node.js, and lowered over ours. */
export async function inNode(name: string, stage: Stage): Promise<Result> {
  const checks = new Checks();
  const native = await checks.probe(
    "the probe, native",
    measureProbe(stage, { program: "probe-node", variant: "node" }),
  );
  const ours = await checks.probe("the probe, lowered", measureProbe(stage, lowered));
  const control = await checks.probe("control: native code over our storage is noticed", measureControl(stage));
  const row = (kind: string, measured: ProbeFigures) => [
    ...begin(`${name} ${kind}`, stage, measured),
    "–",
    "–",
    ...figures(control),
  ];
  return { rows: [row("native", native), row("lowered", ours)], failures: checks.failures };
}

/** Everything, in a browser. */
export async function inBrowser(name: string, stage: Stage): Promise<Result> {
  const checks = new Checks();
  await checks.check("control: planted problems are noticed", checkWatch(stage));
  const page = await checks.probe("the probe in a page", measureProbe(stage, lowered));
  const worker = await checks.probe("the probe in a worker", measureProbe(stage, { ...lowered, scope: "worker" }));
  const control = await checks.probe("control: native code is noticed by the probe", measureControl(stage));
  await checkSdk(checks, stage);
  await checks.check("no problem was noted later", checkRemainder(stage));
  const row = [...begin(name, stage, page), ...figures(worker), ...figures(control)];
  return { rows: [row], failures: checks.failures };
}

async function checkSdk(checks: Checks, stage: Stage): Promise<void> {
  for (const scope of ["page", "worker"] as const) {
    const plain = { program: "smoke", variant: "native", storage: "none", scope } as const;
    await checks.check(`the SDK in a ${scope}`, checkSmoke(stage, plain));
    const followed = { program: "smoke", variant: "lowered", storage: "installed", scope } as const;
    await checks.check(`the SDK in a ${scope} with AsyncLocalStorage`, checkSmoke(stage, followed));
  }
  const plain = { variant: "native", storage: "none" } as const;
  const followed = { variant: "lowered", storage: "installed" } as const;
  await checks.check("a page that is left sends what is unsent", checkLeave(stage, plain));
  await checks.check("the same with AsyncLocalStorage", checkLeave(stage, followed));
  await checks.check("a span that the page ends as it is left", checkLeave(stage, { ...plain, mode: "ending" }));
  await checks.check("control: without the page's end, traces are lost", checkLeaveControl(stage, "control"));
  if (!stage.session.cutsRequestsOff) return;
  await checks.check("control: without keepalive, traces are lost", checkLeaveControl(stage, "brief"));
}

const figures = ({ storage, sdk }: ProbeFigures) => [cell(storage), cell(sdk)];
const cell = (figure: number) => (Number.isNaN(figure) ? "failed" : `${figure}`);

function begin(name: string, { session }: Stage, measured: ProbeFigures): string[] {
  return [name, session.version, cell(measured.spans), ...figures(measured)];
}
