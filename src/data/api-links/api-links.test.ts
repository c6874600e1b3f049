import { describe, expect, it } from "vitest";
import { apiLink, apiUrl, isApiModule, UnknownApiError } from ".";
import { API_MODULES } from "./modules";

const reference = "https://mlflow.org/docs/latest/api_reference";

describe("apiUrl", () => {
  it.each([
    ["mlflow.anthropic.autolog", "python_api/mlflow.anthropic.html#mlflow.anthropic.autolog"],
    ["mlflow.llama_index.autolog", "python_api/mlflow.llama_index.html#mlflow.llama_index.autolog"],
    ["mlflow.autolog", "python_api/mlflow.html#mlflow.autolog"],
    ["mlflow.trace", "python_api/mlflow.html#mlflow.trace"],
    ["mlflow.tracing.disable", "python_api/mlflow.tracing.html#mlflow.tracing.disable"],
    ["mlflow.entities.SpanType", "python_api/mlflow.entities.html#mlflow.entities.SpanType"],
    ["mlflow.client.MlflowClient.get_trace", "python_api/mlflow.client.html#mlflow.client.MlflowClient.get_trace"],
    ["mlflow.anthropic", "python_api/mlflow.anthropic.html"],
    ["mlflow.typescript", "typescript_api/index.html"],
  ])("finds %s", (fn, page) => {
    expect(apiUrl(fn)).toBe(`${reference}/${page}`);
  });

  it.each([
    "",
    "mlflow.",
    "mlflow..autolog",
    "mlflow.anthropic.autlog",
    "mlflow.anthropic.autolog()",
    "mlflow.anthropic.autolog.disable",
    "mlflow.semantic_kernel.autolog",
    "mlflow.typescript.trace",
    "MLflow.trace",
    "openai.OpenAI",
    "constructor",
    "mlflow.constructor",
  ])("refuses %j", (fn) => {
    expect(() => apiUrl(fn)).toThrow(UnknownApiError);
  });

  it("says what there is instead", () => {
    expect(() => apiUrl("mlflow.langchain.autlog")).toThrow(/mlflow\.langchain: autolog/);
  });
});

describe("the table", () => {
  it("has no member twice", () => {
    for (const [name, { members = [] }] of API_MODULES) expect(new Set(members).size, name).toBe(members.length);
  });

  it("tells modules from functions", () => {
    expect(isApiModule("mlflow.anthropic")).toBe(true);
    expect(isApiModule("mlflow.anthropic.autolog")).toBe(false);
  });
});

describe("apiLink", () => {
  const names = {
    "mlflow-tracing": { address: "mlflow-tracing", callable: false },
    "mlflow-tracing.withSpan": { address: "mlflow-tracing#withSpan", callable: true },
    "mlflow-tracing.Client": { address: "mlflow-tracing/classes#Client", callable: false },
    "mlflow-tracing.Client.find": { address: "mlflow-tracing/classes#Client.find", callable: true },
  };
  const unread = () => {
    throw new Error("read");
  };

  it.each([
    ["mlflow-tracing", "/api/mlflow-tracing", "mlflow-tracing"],
    ["mlflow-tracing.withSpan", "/api/mlflow-tracing#withSpan", "withSpan()"],
    ["mlflow-tracing.Client", "/api/mlflow-tracing/classes#Client", "Client"],
    ["mlflow-tracing.Client.find", "/api/mlflow-tracing/classes#Client.find", "Client.find()"],
  ])("finds %s of TypeScript", (fn, href, label) => {
    expect(apiLink(fn, () => names)).toEqual({ href, label });
  });

  it("finds names of Python without reading those of TypeScript", () => {
    expect(apiLink("mlflow.anthropic.autolog", unread)).toEqual({
      href: `${reference}/python_api/mlflow.anthropic.html#mlflow.anthropic.autolog`,
      label: "mlflow.anthropic.autolog()",
    });
    expect(apiLink("mlflow.anthropic", unread).label).toBe("mlflow.anthropic");
  });

  it.each([
    "mlflow-tracing.",
    "mlflow-tracing.withspan",
    "mlflow-tracing.Client.find()",
    "mlflow-x",
    "mlflow-tracing.toString",
  ])("refuses %j", (fn) => expect(() => apiLink(fn, () => names)).toThrow(UnknownApiError));

  it("says what there is instead", () => {
    expect(() => apiLink("mlflow-tracing.Client.fnd", () => names)).toThrow(/Known: mlflow-tracing\.Client\.find\./);
  });
});
