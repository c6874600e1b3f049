import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../../../..");
const DECLARATIONS: Readonly<Record<string, string>> = {
  "@anthropic-ai/sdk": "anthropic-sdk",
  "mlflow-anthropic": "mlflow-anthropic",
  "mlflow-tracing": "mlflow-tracing",
};
const declaration = (name: string) => resolve(import.meta.dirname, `${name}.d.mts`);
const ENVIRONMENT = declaration("environment");

/** Type errors of `source`, as the editor would show them; imports mean our declarations, `real/…` the packages. */
function errorsOf(source: string, options: ts.CompilerOptions = {}): string[] {
  const paths: Record<string, string[]> = {
    "real/mlflow-tracing": [join(ROOT, "libs/typescript/core/src/index.ts")],
    "real/mlflow-anthropic": [join(ROOT, "libs/typescript/integrations/anthropic/src/index.ts")],
    "real/@anthropic-ai/sdk": [join(ROOT, "node_modules/@anthropic-ai/sdk/index.d.mts")],
  };
  for (const [name, file] of Object.entries(DECLARATIONS)) {
    paths[`declared/${name}`] = [declaration(file)];
    if (!source.includes("real/")) paths[name] = [declaration(file)];
  }
  return compile(source, { ...options, paths });
}

function compile(source: string, options: ts.CompilerOptions): string[] {
  const entry = join(ROOT, "program.ts");
  const settings: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    lib: ["es2023", "webworker", "webworker.iterable", "webworker.asynciterable"].map((lib) => `lib.${lib}.d.ts`),
    customConditions: ["source"],
    types: [],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    ...options,
  };
  const host = ts.createCompilerHost(settings);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => path === entry || fileExists(path);
  host.getSourceFile = (path, version, ...rest) =>
    path === entry ? ts.createSourceFile(path, source, version) : getSourceFile(path, version, ...rest);
  const program = ts.createProgram([entry, ENVIRONMENT], settings, host);
  return [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics(program.getSourceFile(entry))].map(
    ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"),
  );
}

// Where a declared type is taken by a function, it only has to be comparable: real classes have private members.
const LOOSE: ts.CompilerOptions = { strictFunctionTypes: false };

describe("what is declared is what the packages have", () => {
  it.each(["mlflow-tracing", "mlflow-anthropic"])("%s", (name) => {
    const source = `import * as declared from "declared/${name}"; import * as real from "real/${name}";
      export const same: typeof declared = real;`;
    expect(errorsOf(source, LOOSE)).toEqual([]);
  });

  it.each([
    ["mlflow-tracing", ["LiveSpan", "Span", "Trace", "TraceInfo", "TokenUsage", "SpanEvent", "SpanStatus"]],
    [
      "@anthropic-ai/sdk",
      [
        "Anthropic.Message",
        "Anthropic.Usage",
        "Anthropic.ContentBlock",
        "Anthropic.ToolUseBlock",
        "Anthropic.RawMessageStreamEvent",
        "Anthropic.StopReason",
      ],
    ],
  ])("%s: what it gives has what is declared", (name, types) => {
    const checks = types.map((type, at) => `export const out${at} = (value: real.${type}): declared.${type} => value;`);
    const source = `import type * as declared from "declared/${name}"; import type * as real from "real/${name}";\n${checks.join("\n")}`;
    expect(errorsOf(source)).toEqual([]);
  });

  it.each([
    ["mlflow-tracing", ["InitOptions", "TraceOptions", "SpanType", "SpanStatusCode"]],
    [
      "@anthropic-ai/sdk",
      [
        "Anthropic.Tool",
        "Anthropic.ToolChoice",
        "Anthropic.TextBlockParam",
        "Anthropic.ToolResultBlockParam",
        "ClientOptions",
      ],
    ],
  ])("%s: what it takes may be as declared", (name, types) => {
    const checks = types.map((type, at) => `export const in${at} = (value: declared.${type}): real.${type} => value;`);
    const source = `import type * as declared from "declared/${name}"; import type * as real from "real/${name}";\n${checks.join("\n")}`;
    expect(errorsOf(source)).toEqual([]);
  });

  it("@anthropic-ai/sdk, whose messages may hold more than is declared", () => {
    const source = `import * as declared from "declared/@anthropic-ai/sdk"; import * as real from "real/@anthropic-ai/sdk";
      const same: Omit<typeof declared, "Anthropic" | "default"> = real;
      const client: Omit<declared.Anthropic, "messages" | "withOptions"> = new real.Anthropic({});
      const { messages } = new real.default().withOptions({ maxRetries: 1 });
      const body = { model: "m", max_tokens: 1, messages: [] };
      const all: Record<keyof declared.Messages, unknown> = messages;
      const message: declared.APIPromise<declared.Message> = messages.create(body);
      const events: declared.APIPromise<declared.Stream<declared.RawMessageStreamEvent>> = messages.create({ ...body, stream: true });
      const stream: declared.MessageStream = messages.stream(body);
      const count: declared.APIPromise<{ input_tokens: number }> = messages.countTokens(body);
      const errors: typeof declared.Anthropic.APIError = real.Anthropic.APIError;
      const base: typeof declared.Anthropic.AnthropicError = real.Anthropic.AnthropicError;
      export { all, base, client, count, errors, events, message, same, stream };`;
    expect(errorsOf(source, LOOSE)).toEqual([]);
  });

  it("would notice a difference", () => {
    const source = `import * as real from "real/mlflow-tracing";
      export const wrong: { flushTraces(): Promise<number> } = real;`;
    expect(errorsOf(source, LOOSE)).toHaveLength(1);
  });
});

describe("the reader", () => {
  const examples = readdirSync(join(ROOT, "examples"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("main.ts"))
    .map((path) => join(ROOT, "examples", path))
    .filter((path) => existsSync(path));
  const declared = (source: string) =>
    [...source.matchAll(/from "([^"./][^"]*)"/g)].every(([, name = ""]) => name in DECLARATIONS);
  const checked = examples.filter((path) => declared(readFileSync(path, "utf8")));

  it("has examples to look at", () => expect(checked.length).toBeGreaterThan(5));

  it.each(checked.map((path) => path.slice(ROOT.length + 1)))("sees no error in %s", (path) => {
    expect(errorsOf(readFileSync(join(ROOT, path), "utf8"))).toEqual([]);
  });

  it("sees no error in what workers offer, nor in top-level await without an import", () => {
    const source = `const name = process.env.NAME ?? "b";
      const reply = await fetch(new URL("http://localhost:5000"), { signal: AbortSignal.timeout(5) });
      setTimeout(() => console.table([name, crypto.randomUUID()]), 5);
      for await (const chunk of reply.body ?? []) console.log(chunk.length, structuredClone([1]).at(-1));`;
    expect(errorsOf(source)).toEqual([]);
  });

  it.each([
    [`import { init } from "mlflow-tracing"; init(3);`, /no properties in common/],
    [`import { withSpan } from "mlflow-tracing"; withSpan(1);`, /'number' is not assignable/],
    [`import { withSpan } from "mlflow-tracing"; withSpan((span) => span.setInput(1));`, /Did you mean 'setInputs'/],
    [`import { trace } from "mlflow-tracing"; trace((city: string) => city)(1);`, /'number' is not assignable/],
    [
      `import Anthropic from "@anthropic-ai/sdk"; new Anthropic().messages.create({ model: "m", messages: [] });`,
      /max_tokens/,
    ],
    [
      `import Anthropic from "@anthropic-ai/sdk"; (await new Anthropic().messages.create({ model: "m", max_tokens: 1, messages: [] })).contents;`,
      /contents/,
    ],
    [`import "lodash-that-is-not-there"; import { x } from "lodash-that-is-not-there"; x;`, /Cannot find module/],
    ["document.title;", /Cannot find name 'document'/],
  ])("is told what is wrong with %s", (source, message) => {
    expect(errorsOf(source).join("\n")).toMatch(message);
  });
});
