import { beforeAll, describe, expect, it } from "vitest";
import { type Converted, convertPackages } from "./convert";
import { PENDING, WITHOUT_EXAMPLE } from "./docstring-exceptions";
import { type Gap, gapsOf } from "./gaps";
import { namesOf } from "./names";
import { sdkPackages } from "./packages";
import { placesOf, sheetsOf } from "./sheets";

let reference: Converted;
let gaps: Gap[];
beforeAll(async () => {
  reference = await convertPackages(process.cwd(), sdkPackages(process.cwd()));
  gaps = gapsOf(reference.project);
}, 180_000);

const line = ({ name, missing }: Gap) => `${name}: ${missing}`;
const isExcused = ({ name, missing }: Gap) =>
  missing === "example" && WITHOUT_EXAMPLE.some(([names]) => names.test(name));

describe("the SDK's docstrings", () => {
  it("link to what there is", () => {
    expect(reference.warnings).toEqual([]);
  });

  it("describe every export and every method, with an example of what a program calls", () => {
    const missing = gaps.filter((gap) => !isExcused(gap)).map(line);
    expect(missing.filter((each) => !PENDING.includes(each))).toEqual([]);
  });

  it("have no exception that is not needed any more", () => {
    const missing = gaps.map(line);
    expect(PENDING.filter((each) => !missing.includes(each))).toEqual([]);
    const lacking = gaps.filter(({ missing: what }) => what === "example").map(({ name }) => name);
    expect(WITHOUT_EXAMPLE.filter(([names]) => !lacking.some((name) => names.test(name)))).toEqual([]);
  });
});

describe("the SDK's reference", () => {
  it("has a page for each package and for each part of the core", () => {
    const pages = sheetsOf(reference.project).map(({ path }) => path);
    expect(pages).toEqual(expect.arrayContaining(["mlflow-tracing", "mlflow-tracing/classes", "mlflow-anthropic"]));
    expect(new Set(pages).size).toBe(pages.length);
  });

  it("has no anchor twice on a page, but for the accessors and overloads of one name", () => {
    for (const sheet of sheetsOf(reference.project)) {
      const anchors = new Map<string, unknown>();
      for (const { name, declaration } of placesOf(sheet)) {
        const isNamesake = sheet.sections.some(({ entries }) => entries.some((entry) => entry.name === name));
        if (!isNamesake) expect(anchors.get(name), `${sheet.path}#${name}`).toBeUndefined();
        anchors.set(name, declaration);
      }
    }
  });

  it("knows packages, functions, classes, methods and constants by name", () => {
    const names = namesOf(reference.project);
    expect(names["mlflow-tracing"]).toEqual({ address: "mlflow-tracing", callable: false });
    expect(names["mlflow-tracing.withSpan"]).toEqual({ address: "mlflow-tracing#withSpan", callable: true });
    expect(names["mlflow-tracing.MlflowClient"]).toEqual({
      address: "mlflow-tracing/classes#MlflowClient",
      callable: false,
    });
    expect(names["mlflow-tracing.MlflowClient.searchTraces"]).toEqual({
      address: "mlflow-tracing/classes#MlflowClient.searchTraces",
      callable: true,
    });
    expect(names["mlflow-tracing.SpanType.TOOL"]?.address).toBe("mlflow-tracing/types#SpanType.TOOL");
    expect(names["mlflow-anthropic.tracedAnthropic"]?.address).toBe("mlflow-anthropic#tracedAnthropic");
    expect(names).not.toHaveProperty(["mlflow-tracing.Span._span"]);
  });
});
