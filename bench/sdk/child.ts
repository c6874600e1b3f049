/** One SDK in a process of its own: measures a round whenever the parent asks for one. */
import { type Adapter, PAYLOAD, type Payload } from "./adapter";

/** Nested calls per root, each a span. */
const DEPTH = 3;
const ROOTS = 1_000;
export const SPANS_PER_ROUND = DEPTH * ROOTS;

export type RoundKind = "sync" | "async" | "heap";

/** Figures per span. Absent where the round does not measure them. */
export interface Round {
  readonly kind: RoundKind;
  /** µs until the program's code goes on. */
  readonly callMicroseconds: number;
  /** µs of CPU, with handing the spans to the stub. */
  readonly cpuMicroseconds: number;
  /** Bytes that a finished span keeps on the heap until it is handed over. */
  readonly heapBytes?: number;
  readonly received: number | null;
}

const { createAdapter } = (await import(`./adapters/${process.argv[2]}`)) as {
  createAdapter(): Adapter | Promise<Adapter>;
};
const adapter = await createAdapter();
const answer = (input: Payload): Payload => ({ ...input });
const syncCalls = nest((input) => answer(input));
const asyncCalls = nest(async (input) => answer(input));

function nest<T extends (input: Payload) => unknown>(inner: T): (input: Payload) => ReturnType<T> {
  let call: (input: Payload) => unknown = inner;
  for (let level = 0; level < DEPTH; level++) {
    const below = call;
    const isAsync = inner.constructor.name === "AsyncFunction";
    call = adapter.wrap(`level${level}`, isAsync ? async (input) => below(input) : (input) => below(input));
  }
  return call as (input: Payload) => ReturnType<T>;
}

async function runCalls(kind: RoundKind): Promise<void> {
  if (kind === "async") for (let root = 0; root < ROOTS; root++) await asyncCalls(PAYLOAD);
  else for (let root = 0; root < ROOTS; root++) syncCalls(PAYLOAD);
}

async function measure(kind: RoundKind): Promise<Round> {
  const before = kind === "heap" ? heapUsed() : 0;
  const cpu = process.cpuUsage();
  const start = performance.now();
  await runCalls(kind);
  const callMs = performance.now() - start;
  const heapBytes = kind === "heap" ? (heapUsed() - before) / SPANS_PER_ROUND : undefined;
  await adapter.flush();
  const { user, system } = process.cpuUsage(cpu);
  return {
    kind,
    callMicroseconds: (callMs * 1_000) / SPANS_PER_ROUND,
    cpuMicroseconds: (user + system) / SPANS_PER_ROUND,
    ...(heapBytes === undefined ? {} : { heapBytes }),
    received: adapter.received(),
  };
}

function heapUsed(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

process.on("message", (kind: RoundKind) => {
  measure(kind).then(
    (round) => process.send?.(round),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.send?.("ready");
