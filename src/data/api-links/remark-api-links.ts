import { apiLink, UnknownApiError } from ".";
import { readApiNames } from "./names";

/** The little of an MDX syntax tree that this plugin reads and writes. */
interface Node {
  type: string;
  name?: string | null;
  attributes?: { type: string; name?: string; value?: unknown }[];
  children?: Node[];
  position?: { start: { line: number } };
}

/**
 * Gives each `<APILink fn="mlflow-tracing.withSpan" />` its `href` and `label` while the page is compiled, so that no page
 * carries the table of names. An unknown name fails the build with file and line.
 *
 * @param options.names file with the names of the TypeScript reference
 */
export function remarkApiLinks({ names }: { names: string }) {
  return (tree: Node, file: { path: string }): void => {
    visit(tree, (node) => {
      if (node.name !== "APILink") return;
      const where = `${file.path}:${node.position?.start.line ?? 1}`;
      const fn = node.attributes?.find((attribute) => attribute.name === "fn")?.value;
      if (typeof fn !== "string") throw new Error(`${where} APILink needs fn="…" with a name.`);
      try {
        const { href, label } = apiLink(fn, () => readApiNames(names));
        node.attributes?.push(attribute("href", href), attribute("label", label));
      } catch (error) {
        throw error instanceof UnknownApiError ? new UnknownApiError(`${where} ${error.message}`) : error;
      }
    });
  };
}

const attribute = (name: string, value: string) => ({ type: "mdxJsxAttribute", name, value });

function visit(node: Node, visitor: (node: Node) => void): void {
  visitor(node);
  for (const child of node.children ?? []) visit(child, visitor);
}
