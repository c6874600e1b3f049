/** The checks that an MLflow Tracing integration for TypeScript must pass. */
export { InMemoryTraceExporter } from "mlflow-tracing";
export type { Check, CheckContext } from "./check.js";
export { CHECKS, type CheckId } from "./checks/index.js";
export { defineTestkitSuite, type TestRunner } from "./define-suite.js";
export { formatReport } from "./format-report.js";
export type {
  Call,
  CallOptions,
  CallResult,
  ExpectedSpan,
  Helper,
  Integration,
  TestClientOptions,
  UntracedCall,
} from "./integration.js";
export type { CheckReport, Outcome, Problem, Report } from "./outcome.js";
export { runCheck, runTestkit, type TestkitOptions } from "./run-testkit.js";
