import anthropic from "../types/anthropic-sdk.d.mts?raw";
import environment from "../types/environment.d.mts?raw";
import mlflowAnthropic from "../types/mlflow-anthropic.d.mts?raw";
import mlflowTracing from "../types/mlflow-tracing.d.mts?raw";

/** The packages that examples import, as declarations of what examples use of them, and what is global beside the Web's own. */
export const DECLARATIONS: readonly { readonly name: string; readonly content: string }[] = [
  { name: "@anthropic-ai/sdk", content: anthropic },
  { name: "mlflow-anthropic", content: mlflowAnthropic },
  { name: "mlflow-tracing", content: mlflowTracing },
  { name: "@types/environment", content: environment },
];
