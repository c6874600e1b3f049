import { existsSync } from "node:fs";
import { join } from "node:path";

/** The little of an MDX syntax tree that this plugin reads and writes. */
interface Node {
  type: string;
  name?: string | null;
  attributes?: { type: string; name?: string; value?: unknown }[];
  children?: Node[];
  value?: string;
  data?: unknown;
  position?: { start: { line: number } };
}

/** Components that show an example. */
const COMPONENTS: ReadonlySet<unknown> = new Set(["Playground", "RecordedOutput"]);

/**
 * Turns `<Playground example="anthropic/basic" />` into an import of that example and `example={…}`, so that a page carries
 * the examples it shows and no other. An unknown example fails the build with file and line.
 */
export function remarkPlayground({ examplesDir }: { examplesDir: string }) {
  return (tree: Node, file: { path: string }): void => {
    const imports = new Map<string, string>();
    visit(tree, (node) => {
      if (!COMPONENTS.has(node.name)) return;
      const attribute = node.attributes?.find((candidate) => candidate.name === "example");
      if (typeof attribute?.value !== "string") return;
      const id = attribute.value;
      if (!existsSync(join(examplesDir, id, "example.json"))) {
        throw new Error(`${file.path}:${node.position?.start.line ?? 1} There is no example "${id}" in examples/.`);
      }
      const variable = imports.get(id) ?? `example${imports.size}`;
      imports.set(id, variable);
      attribute.value = expression(variable);
    });
    tree.children?.unshift(...[...imports].map(([id, variable]) => importNode(id, variable)));
  };
}

function visit(node: Node, visitor: (node: Node) => void): void {
  visitor(node);
  for (const child of node.children ?? []) visit(child, visitor);
}

const identifier = (name: string) => ({ type: "Identifier", name });

function expression(variable: string) {
  const body = [{ type: "ExpressionStatement", expression: identifier(variable) }];
  return {
    type: "mdxJsxAttributeValueExpression",
    value: variable,
    data: { estree: { type: "Program", sourceType: "module", comments: [], body } },
  };
}

function importNode(id: string, variable: string): Node {
  const source = `@examples/${id}`;
  const declaration = {
    type: "ImportDeclaration",
    specifiers: [{ type: "ImportDefaultSpecifier", local: identifier(variable) }],
    source: { type: "Literal", value: source, raw: JSON.stringify(source) },
    attributes: [],
  };
  return {
    type: "mdxjsEsm",
    value: `import ${variable} from ${JSON.stringify(source)};`,
    data: { estree: { type: "Program", sourceType: "module", comments: [], body: [declaration] } },
  };
}
