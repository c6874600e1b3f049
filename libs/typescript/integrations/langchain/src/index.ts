export { MlflowCallback } from "./mlflow-callback.js";
export { nestProviderCalls } from "./nest-provider-calls.js";
