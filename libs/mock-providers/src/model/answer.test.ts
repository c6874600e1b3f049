import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answer, type Conversation, countTokens, type Tool, tokenize } from "./index";
import { violations } from "./schema-check";

const ASKED: Conversation = {
  model: "m",
  system: "",
  userText: "Hello",
  turn: 1,
  toolResults: [],
  tools: [],
  toolChoice: "auto",
  parallelTools: true,
};

function tool(name: string, properties: object, required: string[] = Object.keys(properties), description = ""): Tool {
  return { name, description, schema: { type: "object", properties, required } };
}

const text = { type: "string" };
const number = { type: "number" };
const WEATHER = tool(
  "get_weather",
  { city: text, unit: { enum: ["celsius", "fahrenheit"] } },
  ["city"],
  "The weather in a city",
);
const TIME = tool("get_time", { city: text }, ["city"], "The local time in a city");
const CALCULATOR = tool("calculate", { expression: text }, ["expression"], "Evaluates an arithmetic expression");
const MAIL = tool("send_email", { to: text, subject: text }, ["to", "subject"], "Sends an email");
const CONVERT = tool("convert_currency", { amount: number, from: text, to: text }, undefined, "Converts money");
const FORECAST = tool("forecast", { city: text, days: { type: "integer", maximum: 14 } }, ["city"], "Weather forecast");
const TOOLS = [WEATHER, TIME, CALCULATOR, MAIL, CONVERT];

const ask = (userText: string, tools = TOOLS, more: Partial<Conversation> = {}) =>
  answer({ ...ASKED, userText, tools, ...more });

describe("which tool is called, and how", () => {
  it.each([
    ["What is the weather in Oslo?", "get_weather", { city: "Oslo" }],
    ["what's the weather like in New York, in Fahrenheit?", "get_weather", { city: "New York", unit: "fahrenheit" }],
    ["Hur är väder i Tromsø? weather please", "get_weather", { city: "Tromsø" }],
    ["Tell me the time in São Paulo.", "get_time", { city: "São Paulo" }],
    ["Calculate 27 * (453 + 1)", "calculate", { expression: "27 * (453 + 1)" }],
    [
      'Send an email to ada@example.org with the subject "Minutes"',
      "send_email",
      { to: "ada@example.org", subject: "Minutes" },
    ],
    ["Convert 120.50 from USD to NOK", "convert_currency", { amount: 120.5, from: "USD", to: "NOK" }],
  ])("%s", (prompt, name, input) => {
    expect(ask(prompt).toolCalls).toEqual([{ name, input }]);
  });

  it("fills optional numbers that the prompt mentions, within their limits", () => {
    expect(ask("Forecast for Oslo for the next 5 days", [FORECAST]).toolCalls[0]?.input).toEqual({
      city: "Oslo",
      days: 5,
    });
    expect(ask("Forecast for Oslo for the next 50 days", [FORECAST]).toolCalls[0]?.input).toEqual({
      city: "Oslo",
      days: 1,
    });
    expect(ask("Forecast for Oslo", [FORECAST]).toolCalls[0]?.input).toEqual({ city: "Oslo" });
  });

  it.each(["Hello!", "Thanks, that is all.", ""])("none for %j", (prompt) => {
    expect(ask(prompt)).toMatchObject({ toolCalls: [], text: expect.stringMatching(/.+/) });
  });

  it("one call for each of several names, at most four", () => {
    const cities = (prompt: string) => ask(prompt).toolCalls.map(({ input }) => input.city);
    expect(cities("Weather in Oslo and Bergen?")).toEqual(["Oslo", "Bergen"]);
    expect(cities("Weather in Oslo, Rome, Paris, Lima, and Quito?")).toHaveLength(4);
    expect(cities("Is the weather in Oslo good, says Ada?")).toEqual(["Oslo"]);
  });

  it("the next tool once the first has answered, and then none", () => {
    const prompt = "What are the weather and the time in Oslo?";
    const first = { name: "get_weather", input: { city: "Oslo" }, text: "rain", isError: false };
    const second = { name: "get_time", input: { city: "Oslo" }, text: "12:00", isError: false };
    expect(ask(prompt, TOOLS, { toolResults: [first] }).toolCalls).toEqual([
      { name: "get_time", input: { city: "Oslo" } },
    ]);
    expect(ask(prompt, TOOLS, { toolResults: [first, second] })).toEqual({
      text: "The weather in Oslo: rain. The time in Oslo: 12:00.",
      toolCalls: [],
    });
  });
});

describe("what is said", () => {
  const after = (result: object) =>
    ask("Weather in Oslo?", [WEATHER], {
      toolResults: [{ name: "get_weather", input: { city: "Oslo" }, text: "", isError: false, ...result }],
    }).text;

  it("passes results on in words", () => {
    expect(after({ text: '{"temperature_c": 4, "sky": ["rain", "wind"]}' })).toBe(
      "The weather in Oslo: temperature c 4, sky rain, wind.",
    );
    expect(after({ text: "" })).toBe("The weather in Oslo: nothing came back.");
    expect(after({ text: "no such city", isError: true })).toBe("I could not get the weather in Oslo: no such city.");
  });

  it("does sums and refers to the prompt", () => {
    expect(ask("What is 27 * 453?", []).text).toBe("27 * 453 = 12231.");
    expect(ask("What is MLflow?", []).text).toContain("What is MLflow?");
  });

  it("follows a schema for the output", () => {
    const outputSchema = tool("", { name: text, born: { type: "integer" } }).schema;
    expect(JSON.parse(ask("Ada Lovelace, born 1815", [], { outputSchema }).text)).toEqual({
      name: "Ada Lovelace",
      born: 1815,
    });
  });
});

const bounds = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 40 }));
const leaf = fc.oneof(
  fc.record({ type: fc.constant("string"), maxLength: fc.integer({ min: 0, max: 30 }) }, { requiredKeys: ["type"] }),
  fc.record({ type: fc.constant("string"), minLength: fc.integer({ min: 0, max: 30 }) }),
  fc.constantFrom({ type: "boolean" }, { type: "null" }, { type: ["string", "null"] }, { const: 5 }, {}),
  fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 4 }).map((values) => ({ enum: values })),
  bounds.map(([minimum, span]) => ({ type: "integer", minimum, maximum: minimum + span })),
  bounds.map(([minimum, span]) => ({ type: "number", exclusiveMinimum: minimum, maximum: minimum + span + 1 })),
  fc.integer({ min: 1, max: 9 }).map((multipleOf) => ({ type: "integer", multipleOf, minimum: 3 })),
);
const { schema: anySchema } = fc.letrec((tie) => ({
  schema: fc.oneof({ maxDepth: 3 }, leaf, tie("array"), tie("object"), tie("union")),
  array: fc.record({
    type: fc.constant("array"),
    items: tie("schema"),
    minItems: fc.integer({ min: 0, max: 3 }),
    maxItems: fc.integer({ min: 3, max: 5 }),
  }),
  object: fc
    .dictionary(fc.string(), tie("schema"), { maxKeys: 4 })
    .chain((properties) =>
      fc.subarray(Object.keys(properties)).map((required) => ({ type: "object", properties, required })),
    ),
  union: fc.record({ anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }) }),
}));
const prompts = fc.oneof(
  fc.string(),
  fc.constantFrom(
    "Weather in Oslo, Bergen and 42 others for 7 days?",
    'Convert 3 USD to "NOK" on 2026-01-01',
    "true false null",
  ),
);

describe("for any schema and prompt", () => {
  const objects = fc.dictionary(fc.string({ minLength: 1 }), anySchema, { maxKeys: 4 });
  const forced = (schema: unknown, userText: string) =>
    ask(userText, [{ name: "t", description: "", schema }], { toolChoice: { name: "t" } });

  it("the arguments satisfy the schema, and are the same each time", () => {
    fc.assert(
      fc.property(objects, prompts, (properties, prompt) => {
        const schema = { type: "object", properties, required: Object.keys(properties) };
        const { toolCalls } = forced(schema, prompt);
        expect(toolCalls.length).toBeGreaterThan(0);
        for (const { input } of toolCalls) expect(violations(schema, input)).toEqual([]);
        expect(forced(schema, prompt).toolCalls).toEqual(toolCalls);
      }),
      { numRuns: 500 },
    );
  });

  it("structured output satisfies the schema", () => {
    fc.assert(
      fc.property(anySchema, prompts, (schema, prompt) => {
        const said = ask(prompt, [], { outputSchema: schema });
        expect(violations(schema, JSON.parse(said.text))).toEqual([]);
      }),
    );
  });

  it("the check itself finds what is wrong", () => {
    expect(violations({ type: "integer", minimum: 3 }, 2)).not.toEqual([]);
    expect(violations({ type: "object", required: ["a"] }, {})).not.toEqual([]);
    expect(violations({ anyOf: [{ type: "string" }, { const: 1 }] }, 2)).not.toEqual([]);
    expect(violations({ type: "array", items: { enum: ["x"] } }, ["x", "y"])).not.toEqual([]);
  });

  it("a schema of any form, and one that contains itself, come to an end", () => {
    fc.assert(fc.property(fc.anything(), prompts, (schema, prompt) => void JSON.stringify(forced(schema, prompt))));
    const tree = {
      $ref: "#/$defs/n",
      $defs: { n: { type: "object", properties: { next: { $ref: "#/$defs/n" } }, required: ["next"] } },
    };
    expect(JSON.stringify(forced(tree, "x")).length).toBeLessThan(1000);
    const loop = { $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/a" } } };
    expect(forced(loop, "x").toolCalls).toHaveLength(1);
  });

  it("resolves references", () => {
    const schema = {
      type: "object",
      properties: { place: { $ref: "#/$defs/Place" } },
      required: ["place"],
      $defs: { Place: tool("", { city: text }).schema },
    };
    expect(forced(schema, "Weather in Oslo?").toolCalls[0]?.input).toEqual({ place: { city: "Oslo" } });
  });
});

describe("tokens", () => {
  it("joined are the text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (value) => void expect(tokenize(value).join("")).toBe(value)));
  });

  it("are counted by the documented rule", () => {
    expect(tokenize("Internationalization costs 12345 €!")).toEqual([
      "Internat",
      "ionaliza",
      "tion",
      " costs",
      " 123",
      "45",
      " €",
      "!",
    ]);
    expect(countTokens("")).toBe(0);
  });
});
