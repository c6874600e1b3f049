import Layout from "@theme/Layout";
import { useState } from "react";
import { CodeEditor, StaticCode } from "../components/CodeEditor";

const CODE = `import Anthropic from "@anthropic-ai/sdk";
import { tracedAnthropic } from "mlflow-anthropic";
import * as mlflow from "mlflow-tracing";

mlflow.init({ trackingUri: "http://localhost:5000", experimentId: "0" });

const client = tracedAnthropic(new Anthropic());
const { AGENT, TOOL } = mlflow.SpanType;

// A tool is a span too.
const getWeather = mlflow.trace(
  (city: string) => {
    if (city === "Tokyo") return "sunny";
    return \`unknown \${city.length + 1.5}\`;
  },
  { name: "get_weather", spanType: TOOL },
);

const tools: Anthropic.Tool[] = [
  {
    name: "get_weather",
    description: "Get the current weather in a city, a rather long line that goes past the end of the visible part",
    input_schema: {
      type: "object",
      properties: { city: { type: "string", description: "Name of the city" } },
    },
  },
];

await new Promise((resolve) => setTimeout(resolve, 10));
console.log(getWeather("Tokyo") !== undefined, tools.length >= 1, AGENT, client);
`;
const SHORT = `import * as mlflow from "mlflow-tracing";\n\nconst name = "b";\nconst r = await fetch("https://x.test");\nconsole.log(name, r.status, mlflow.SpanType.LLM);`;

export default function EditorTrial() {
  const [a, setA] = useState(CODE);
  const [b, setB] = useState(SHORT);
  const [runs, setRuns] = useState(0);
  return (
    <Layout title="Trial">
      <main style={{ maxWidth: 700, margin: "20px auto", padding: "0 10px" }}>
        <h1>Trial</h1>
        <button type="button">before</button>
        <output>{runs}</output>
        <div id="a" style={{ border: "1px solid var(--line)" }}>
          <CodeEditor path="anthropic/a/main.ts" value={a} onChange={setA} label="Code: first" onRun={() => setRuns((n) => n + 1)} />
        </div>
        <button type="button" onClick={() => setA(CODE)}>after</button>
        <div id="b">
          <CodeEditor path="b/main.ts" value={b} onChange={setB} label="second" errorLine={{ line: 3, message: "boom" }} onRun={() => setRuns((n) => n + 1)} />
        </div>
        <h2>Static</h2>
        <StaticCode code={SHORT} label="main.ts" errorLine={{ line: 4, message: "No." }} />
        <pre id="compiled" />
        <button type="button" onClick={async () => {
          const { compileInWorker } = await import("../components/CodeEditor/compile");
          const t = performance.now();
          const r = await compileInWorker("main.ts", CODE, true);
          const el = document.getElementById("compiled");
          if (el) el.textContent = JSON.stringify({ ms: Math.round(performance.now() - t), r });
        }}>compile</button>
      </main>
    </Layout>
  );
}
