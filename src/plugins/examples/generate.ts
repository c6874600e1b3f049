import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { compileExample, type Example } from "./load";

/**
 * Writes two files per example for the bundler: `<id>.js` with what a page shows at once (source, recording), and
 * `<id>.compiled.json`, a chunk of its own that is loaded when a reader is about to run.
 */
export function generateExamples(examples: readonly Example[], outDir: string): void {
  rmSync(outDir, { recursive: true, force: true });
  for (const example of examples) {
    const file = join(outDir, example.id);
    mkdirSync(dirname(file), { recursive: true });
    const { id, title, program, recording } = example;
    const name = id.split("/").at(-1);
    writeFileSync(`${file}.json`, JSON.stringify({ id, title, program, recording }));
    writeFileSync(`${file}.compiled.json`, JSON.stringify(compileExample(example)));
    writeFileSync(
      `${file}.js`,
      `import example from "./${name}.json";
export default { ...example, loadCompiled: () => import("./${name}.compiled.json").then((module) => module.default) };
`,
    );
  }
}
