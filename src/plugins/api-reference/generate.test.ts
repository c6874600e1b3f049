import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { convertPackages } from "./convert";
import { referenceFingerprint } from "./fingerprint";
import { gapsOf } from "./gaps";
import { generateReference } from "./generate";
import { sdkPackages } from "./packages";

const CORE = `
import { Converter } from "elsewhere";
/** Holds {braces}, <tags>, a_b_c and \`<code>\`. */
export interface Options {
  /** In ms. */
  readonly timeoutMs?: number;
  readonly done?: (error: Error | null) => void;
}
/**
 * Starts, see {@link Client.find}.
 *
 * @param options how
 * @throws Error when it cannot
 * @example start({ timeoutMs: 5 });
 */
export function start({ timeoutMs }: Options = {}): Client { return new Client(String(timeoutMs)); }
export function bare(): void {}
/** Old and new. */
export const Mode = { OLD: "old", "new-one": "new" } as const;
/** Old and new. */
export type Mode = (typeof Mode)[keyof typeof Mode];
abstract class Base {
  /** Who. */
  readonly name = "x";
}
/**
 * Asks.
 * @example new Client("x").find("a");
 */
export class Client extends Base {
  constructor(readonly host: string) { super(); }
  /** For ourselves. */
  _internal(): void {}
  /** Finds some. */
  find(_query: string): Promise<readonly string[]> { return Promise.resolve([]); }
  /** Finds none. */
  lose(): void {}
}
`;
const INTEGRATION = `
import { Client } from "../../../core/src/index";
/** Like another, but more. */
export class Sub extends Client {
  /** Adds. */
  add(): void {}
}
`;

let site = "";
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(site, path)), { recursive: true });
  writeFileSync(join(site, path), text);
};
const page = (path: string) => readFileSync(join(site, "out/pages", path), "utf8");
const names = () => JSON.parse(readFileSync(join(site, "out/names.json"), "utf8"));

function addPackage(folder: string, name: string, source: string): void {
  write(`libs/typescript/${folder}/package.json`, JSON.stringify({ name, description: `About ${name}` }));
  write(`libs/typescript/${folder}/src/index.ts`, source);
}

beforeAll(async () => {
  site = mkdtempSync(join(tmpdir(), "reference-"));
  write(
    "tsconfig.base.json",
    '{ "compilerOptions": { "strict": true, "module": "ESNext", "moduleResolution": "Bundler" } }',
  );
  write("package-lock.json", "{}");
  addPackage("core", "mlflow-tracing", CORE);
  addPackage("integrations/one", "mlflow-one", INTEGRATION);
  addPackage("integrations/empty", "mlflow-empty", "// nothing yet\n");
  addPackage("testkit", "mlflow-testkit", "/** A check. */\nexport type Check = () => void;\n");
  mkdirSync(join(site, "src/plugins/api-reference"), { recursive: true });
  await generateReference(site, join(site, "out"));
}, 60_000);
afterAll(() => rmSync(site, { recursive: true, force: true }));

describe("generateReference", () => {
  it("writes a page for each package that exports something, and says where everything is", () => {
    expect(Object.keys(names())).toEqual(
      expect.arrayContaining([
        "mlflow-tracing.start",
        "mlflow-tracing.Client.find",
        "mlflow-one.Sub.find",
        "mlflow-testkit",
      ]),
    );
    expect(names()["mlflow-one.Sub.find"]).toEqual({ address: "mlflow-tracing#Client.find", callable: true });
    expect(JSON.stringify(names())).not.toContain("mlflow-empty");
    expect(page("index.md")).toContain('<a href="/api/mlflow-one#Sub">Sub</a>');
  });

  it("gives every name that can be linked to an anchor on its page", () => {
    for (const { address } of Object.values<{ address: string }>(names())) {
      const [path, anchor] = address.split("#");
      if (anchor) expect(page(`${path}.md`)).toMatch(new RegExp(`<!-- #${anchor} -->|<li id="${anchor}">`));
    }
  });

  it("writes signatures with links, and with names that a caller understands", () => {
    const text = page("mlflow-tracing.md");
    const options = '<a href="/api/mlflow-tracing#Options">Options</a>';
    const client = '<a href="/api/mlflow-tracing#Client">Client</a>';
    expect(text).toContain(`function <b>start</b>(options?&#58; ${options})&#58; ${client}</div>`);
    expect(text).toContain("<b>find</b>(query&#58; string)&#58; Promise&#60;readonly string&#91;&#93;&#62;</div>");
    expect(text).toContain("**Throws** Error when it cannot");
    expect(text).not.toContain("__namedParameters");
  });

  it("escapes what Markdown would take for HTML, and links what it documents", () => {
    const text = page("mlflow-tracing.md");
    expect(text).toContain("Holds {braces}, &lt;tags>, a_b_c and `<code>`.");
    expect(text).toContain("see [Client.find](/api/mlflow-tracing#Client.find)");
    expect(text).toContain("(error&#58; Error &#124; null) =&#62; void");
  });

  it("shows a constant and its type as one, members of an unexported base as its heir's, and nothing internal", () => {
    const text = page("mlflow-tracing.md");
    expect(text.match(/### `Mode`/g)).toHaveLength(1);
    expect(text).toContain("**As a type** Any one of these values.");
    expect(text).toContain('<li id="Client.name">');
    expect(text).not.toMatch(/_internal|Extends <span class="api-type">Base/);
  });

  it("tells no path of the machine", () => {
    for (const path of ["index.md", "mlflow-tracing.md", "mlflow-one.md"]) expect(page(path)).not.toContain(site);
  });

  it("refuses a link that leads nowhere, by name", async () => {
    const broken = "/** See {@link Nowhere}. */\nexport const x = 1;\n";
    addPackage("testkit", "mlflow-testkit", broken);
    await expect(generateReference(site, join(site, "broken"))).rejects.toThrow(/Nowhere.*mlflow-testkit\.x/);
  }, 30_000);
});

describe("gapsOf", () => {
  it("names what has no description and what is called and has no example", async () => {
    const { project } = await convertPackages(site, sdkPackages(site));
    const found = gapsOf(project).map(({ name, missing }) => `${name}: ${missing}`);
    expect(found.sort()).toEqual([
      "mlflow-one.Sub.add: example",
      "mlflow-one.Sub: example",
      "mlflow-tracing.Client.lose: example",
      "mlflow-tracing.bare: description",
      "mlflow-tracing.bare: example",
    ]);
  }, 30_000);
});

describe("referenceFingerprint", () => {
  it("changes with sources and descriptions, and not with tests", () => {
    const before = referenceFingerprint(site);
    write("libs/typescript/core/src/index.test.ts", "// a test");
    expect(referenceFingerprint(site)).toBe(before);
    write("libs/typescript/core/src/more.ts", "export {};");
    const after = referenceFingerprint(site);
    expect(after).not.toBe(before);
    addPackage("integrations/one", "mlflow-one", `${INTEGRATION}\n`);
    expect(referenceFingerprint(site)).not.toBe(after);
  });
});
