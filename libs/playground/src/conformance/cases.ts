import { RUN_LIMITS } from "../contract";
import type { ConformanceCase } from "./case";

const SDK = `import * as mlflow from "mlflow-tracing";
mlflow.init({ trackingUri: "http://localhost:5000", experimentId: "0" });
`;

const output: ConformanceCase[] = [
  { name: "empty program", code: "", prints: [] },
  { name: "only a comment", code: "// nothing\n", prints: [] },
  {
    name: "every console method with its level",
    code: `console.log("a"); console.info("b"); console.warn("c"); console.error("d"); console.debug("e");`,
    prints: ["a", "info: b", "warn: c", "error: d", "debug: e"],
  },
  {
    name: "values as Node.js shows them",
    code: `console.log({ a: [1, "x", null] }, new Map([["k", 1]]), 12n, undefined, Symbol("s"), "%s", "%");`,
    prints: ["{ a: [ 1, 'x', null ] } Map (1) {'k' => 1} 12n undefined Symbol(s) %s %"],
  },
  { name: "printf placeholders", code: `console.log("%s has %d", "Ada", 3, "left");`, prints: ["Ada has 3 left"] },
  { name: "unicode", code: `console.log("Tromsø 北京 🌤 \\u0000 é");`, prints: ["Tromsø 北京 🌤 \u0000 é"] },
  {
    name: "a huge line is cut and says so",
    code: `console.log("x".repeat(${RUN_LIMITS.consoleBytes + 7}));`,
    check: ({ printed: [line = ""] }) =>
      line.endsWith("… (7 more characters)") ? [] : [`ends with ${line.slice(-40)}`],
  },
  {
    name: "too many lines are dropped and counted",
    code: `for (let i = 0; i < 20_000; i++) console.log(i);`,
    check: ({ result, printed }) =>
      result.dropped > 0 && result.dropped + printed.length === 20_000 ? [] : [`${printed.length} + ${result.dropped}`],
  },
];

const language: ConformanceCase[] = [
  { name: "top-level await", code: `const a = await Promise.resolve(4);\nconsole.log(a);`, prints: ["4"] },
  {
    name: "types, enums, private fields, optional chaining",
    code: `enum Color { Red, Blue }
interface Point { x?: { y: number } }
class Counter { #n = 1; static start = 2; next(): number { return (this.#n += Counter.start); } }
const point: Point = {};
console.log(Color.Blue, new Counter().next(), point.x?.y ?? "none");`,
    prints: ["1 3 none"],
  },
  {
    name: "async generators and for await",
    code: `async function* count() { for (let i = 0; i < 3; i++) { await null; yield i; } }
for await (const i of count()) { if (i === 2) break; console.log(i); }`,
    prints: ["0", "1"],
  },
  {
    name: "an async generator is closed when its reader leaves",
    code: `async function* source() { try { yield 1; yield 2; } finally { console.log("closed"); } }
for await (const i of source()) { console.log(i); break; }`,
    prints: ["1", "closed"],
  },
  {
    name: "exports of the entry are ignored",
    code: `export const a = 1;\nexport default function main() {}\nconsole.log(a, typeof main);`,
    prints: ["1 function"],
  },
  {
    name: "several files",
    code: {
      "main.ts": `import { greet } from "./greet";\nimport type { Name } from "./names";\nconst name: Name = "Ada";\nconsole.log(greet(name));`,
      "greet.ts": `import { upper } from "./text/upper";\nexport const greet = (name: string) => "Hello " + upper(name);`,
      "text/upper.ts": `export function upper(text: string) { return text.toUpperCase(); }`,
      "names.ts": `export type Name = string;`,
    },
    prints: ["Hello ADA"],
  },
  {
    name: "dynamic import",
    code: {
      "main.ts": `const m = await import("./lazy");\nconsole.log(m.value);`,
      "lazy.ts": `export const value = 7;`,
    },
    prints: ["7"],
  },
  {
    name: "process.env has the keys of the mocked services and nothing of the machine",
    code: `import "@anthropic-ai/sdk";\nconsole.log(process.env.ANTHROPIC_API_KEY, process.env.HOME ?? "no home");`,
    prints: ["sk-ant-mocked no home"],
  },
];

const time: ConformanceCase[] = [
  {
    name: "timers fire in order of their time",
    code: `const done: string[] = [];
setTimeout(() => done.push("20"), 20); setTimeout(() => done.push("5"), 5); queueMicrotask(() => done.push("micro"));
await new Promise((resolve) => setTimeout(resolve, 40));
console.log(done.join(" "));`,
    prints: ["micro 5 20"],
  },
  {
    name: "a program lives as long as its timers",
    code: `setTimeout(() => console.log("late"), 30);\nconsole.log("early");`,
    prints: ["early", "late"],
  },
  {
    name: "work that nobody awaits is waited for",
    code: `async function main() { await new Promise((r) => setTimeout(r, 10)); console.log("done"); }\nmain();`,
    prints: ["done"],
  },
  {
    name: "intervals can be cleared",
    code: `let n = 0;\nconst id = setInterval(() => { n++; if (n === 3) { clearInterval(id); console.log(n); } }, 1);`,
    prints: ["3"],
  },
];

const failures: ConformanceCase[] = [
  {
    name: "a thrown error has its line and column",
    code: `const a = 1;\nfunction inner() {\n  throw new RangeError("boom");\n}\ninner();`,
    error: { kind: "thrown", name: "RangeError", message: "boom", line: 3, column: 9 },
  },
  {
    name: "an error after an await has its line",
    code: `async function later() {\n  await null;\n  throw new Error("late");\n}\nawait later();`,
    error: { kind: "thrown", message: "late", line: 3 },
  },
  {
    name: "an error in another file has its place there",
    code: {
      "main.ts": `import { fail } from "./fail";\nfail();`,
      "fail.ts": `export function fail() {\n\n  throw new Error("there");\n}`,
    },
    error: { message: "there", line: 3 },
    check: ({ result }) => (result.error?.at?.file === "fail.ts" ? [] : [`file: ${result.error?.at?.file}`]),
  },
  {
    name: "an error in a timer ends the program",
    code: `setTimeout(() => {\n  throw new Error("timer");\n}, 1);\nawait new Promise((r) => setTimeout(r, 60));\nconsole.log("not reached?");`,
    error: { kind: "thrown", message: "timer", line: 2 },
  },
  {
    name: "an unhandled rejection ends the program",
    code: `void Promise.reject(new TypeError("nobody cares"));\nawait new Promise((r) => setTimeout(r, 60));`,
    error: { kind: "rejection", name: "TypeError", message: "nobody cares", line: 1 },
  },
  {
    name: "a rejection that is handled is none",
    code: `await Promise.reject(new Error("x")).catch(() => console.log("ok"));`,
    prints: ["ok"],
  },
  { name: "a thrown string", code: `throw "text";`, error: { name: "Thrown string", message: "text" } },
  { name: "a thrown null", code: `throw null;`, error: { message: "null" } },
  {
    name: "a syntax error",
    code: `const a = 1;\nconst b = ;`,
    error: { kind: "syntax", line: 2, column: 11, message: "Expression expected" },
  },
  {
    name: "an unknown package says what there is",
    code: `import _ from "lodash";\n_.noop();`,
    error: { kind: "thrown", message: "Cannot find module 'lodash'. Available here:" },
  },
  {
    name: "endless recursion",
    code: `const f = (): number => f() + 1;\nf();`,
    error: { name: "RangeError" },
  },
  {
    name: "what was printed before a failure is kept",
    code: `console.log("before");\nthrow new Error("x");`,
    prints: ["before"],
    error: { message: "x" },
  },
];

const control: ConformanceCase[] = [
  {
    name: "Stop ends an endless loop",
    code: `console.log("in");\nwhile (true) {}`,
    stopAfterMs: 700,
    outcome: "stopped",
  },
  { name: "Stop ends endless microtasks", code: `for (;;) await null;`, stopAfterMs: 700, outcome: "stopped" },
  {
    name: "Stop ends a promise that never settles",
    code: `setInterval(() => {}, 10);\nawait new Promise(() => {});`,
    stopAfterMs: 700,
    outcome: "stopped",
  },
  { name: "the deadline ends an endless loop", code: `for (;;) {}`, outcome: "timed-out" },
  {
    name: "the next run starts afresh",
    code: `console.log(typeof (globalThis as any).leftover);\n(globalThis as any).leftover = 1;`,
    prints: ["undefined"],
  },
  {
    name: "… and again",
    code: `console.log(typeof (globalThis as any).leftover);\n(globalThis as any).leftover = 1;`,
    prints: ["undefined"],
  },
];

const network: ConformanceCase[] = [
  {
    name: "an unknown host is refused by name",
    code: `await fetch("https://example.com/x").catch((e) => console.log(e.name, e.message.includes("example.com")));`,
    prints: ["TypeError true"],
    check: ({ events }) =>
      events.some((e) => e.type === "http" && e.service === null && e.error) ? [] : ["no refused request"],
  },
  {
    name: "the official Anthropic SDK talks to the mocked API",
    code: `import Anthropic from "@anthropic-ai/sdk";
const message = await new Anthropic().messages.create({ model: "claude-3-7-sonnet-20250219", max_tokens: 50, messages: [{ role: "user", content: "Hi" }] });
console.log(message.type, message.role, message.usage.input_tokens > 0);`,
    prints: ["message assistant true"],
  },
  {
    name: "simulated latency passes without a wait, in order with the program's timers",
    code: `import Anthropic from "@anthropic-ai/sdk";
const ask = () => new Anthropic().messages.create({ model: "claude-3-7-sonnet-20250219", max_tokens: 50, messages: [{ role: "user", content: "Hi" }] });
const started = Date.now();
const first = await Promise.race([ask().then(() => "answer"), new Promise((r) => setTimeout(() => r("timer"), 5))]);
await ask();
console.log(first, Date.now() - started > 100);`,
    prints: ["timer true"],
  },
];

const tracing: ConformanceCase[] = [
  {
    name: "a trace is read back from the tracking server",
    code: `${SDK}const add = mlflow.trace((a: number, b: number) => a + b, { name: "add", spanType: "TOOL" });\nconsole.log(add(1, 2));`,
    prints: ["3"],
    spans: 1,
    check: ({ events }) => {
      const trace = events.find((event) => event.type === "trace");
      const [span] = trace?.type === "trace" ? trace.trace.data.spans : [];
      const inputs = span?.attributes["mlflow.spanInputs"];
      return span?.name === "add" && inputs === '{"a":1,"b":2}' ? [] : [`span ${span?.name} ${String(inputs)}`];
    },
  },
  {
    name: "concurrent spans keep their parents over awaits",
    code: `${SDK}const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));
const leaf = mlflow.trace(async (n: number) => { await sleep(n); return n; }, { name: "leaf" });
const branch = mlflow.trace(async (n: number) => { await sleep(3 - n); await leaf(n); await leaf(n + 1); }, { name: "branch" });
await mlflow.withSpan(() => Promise.all([0, 1, 2].map(branch)), { name: "root" });`,
    spans: 10,
    check: ({ events }) => {
      const trace = events.find((event) => event.type === "trace");
      const spans = trace?.type === "trace" ? trace.trace.data.spans : [];
      const nameOf = (id: unknown) => spans.find((span) => span.span_id === id)?.name;
      const wrong = spans.filter(
        (span) => nameOf(span.parent_span_id) !== { leaf: "branch", branch: "root" }[span.name],
      );
      return wrong.map((span) => `${span.name} under ${nameOf(span.parent_span_id)}`);
    },
  },
  {
    name: "live spans come before the trace",
    code: `${SDK}await mlflow.withSpan(async () => { await new Promise((r) => setTimeout(r, 5)); }, { name: "work", spanType: "CHAIN" });`,
    spans: 1,
    check: ({ events }) => {
      const kinds = events.flatMap((e) => (e.type === "span" ? [e.phase] : e.type === "trace" ? ["trace"] : []));
      return kinds.join() === "start,end,trace" ? [] : [kinds.join()];
    },
  },
  {
    name: "traces of a failed program are kept",
    code: `${SDK}mlflow.withSpan(() => { throw new Error("inside"); }, { name: "fails" });`,
    spans: 1,
    error: { message: "inside" },
  },
  {
    name: "the SDK answers to its scoped name",
    code: `import { SpanType } from "@mlflow/core";\nconsole.log(SpanType.LLM);`,
    prints: ["LLM"],
  },
];

/** What every engine must do, whatever it runs on. */
export const CONFORMANCE_CASES: readonly ConformanceCase[] = [
  ...output,
  ...language,
  ...time,
  ...failures,
  ...control,
  ...network,
  ...tracing,
];
