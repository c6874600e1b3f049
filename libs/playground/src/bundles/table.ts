/** A package that programs can import, and what comes with it. Adding a provider is one line here and one in `SERVICE_TABLE`. */
export interface ModuleEntry {
  /** What the bundle exports: an import specifier that the bundler resolves. */
  readonly from: string;
  /** Modules of this table that the bundle leaves outside, so that a program and its packages share one instance. */
  readonly requires: readonly string[];
  /** Mocked services that a program importing this package talks to. */
  readonly services: readonly string[];
}

export const MODULE_TABLE: Readonly<Record<string, ModuleEntry>> = {
  "@opentelemetry/api": { from: "@opentelemetry/api", requires: [], services: [] },
  "mlflow-tracing": { from: "mlflow-tracing", requires: ["@opentelemetry/api"], services: [] },
  "mlflow-anthropic": { from: "mlflow-anthropic", requires: ["mlflow-tracing", "@opentelemetry/api"], services: [] },
  "@anthropic-ai/sdk": { from: "@anthropic-ai/sdk", requires: ["@opentelemetry/api"], services: ["anthropic"] },
};

/** A mocked service that programs can talk to. */
export interface ServiceEntry {
  /** Import specifier and name of its factory. */
  readonly from: string;
  readonly factory: string;
  /** Import specifier of its `warmUp`. */
  readonly warmUp: string;
  /** Environment variables that the official SDK reads, so that a program needs no key of its own. */
  readonly env: Readonly<Record<string, string>>;
}

export const SERVICE_TABLE: Readonly<Record<string, ServiceEntry>> = {
  anthropic: {
    from: "@tracebook/mock-providers/anthropic",
    factory: "createAnthropic",
    warmUp: "./warm-up/anthropic",
    env: { ANTHROPIC_API_KEY: "sk-ant-mocked" },
  },
};

/** Scoped names of the same packages, as newer releases call them. */
export const MODULE_ALIASES: Readonly<Record<string, string>> = {
  "@mlflow/core": "mlflow-tracing",
  "@mlflow/anthropic": "mlflow-anthropic",
};
