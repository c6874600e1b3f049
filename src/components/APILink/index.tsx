import Link from "@docusaurus/Link";
import type { ReactNode } from "react";

interface APILinkProps {
  /**
   * A dotted name: of upstream's Python API, such as `mlflow.anthropic.autolog`, or of a TypeScript package, such as
   * `mlflow-tracing.MlflowClient.searchTraces`. A name we do not know stops the build.
   */
  fn: string;
  /** The link's text; the name as code without it. */
  children?: ReactNode;
  /** Found by `remarkApiLinks` while the page is compiled, like `label`; authors leave both out. */
  href?: string;
  label?: string;
}

/** A link to the API reference: upstream's for Python, ours for TypeScript. For pages written in MDX. */
export function APILink({ fn, children, href, label }: APILinkProps) {
  if (href === undefined) throw new Error(`APILink fn="${fn}" works in MDX alone: there its address is looked up.`);
  return <Link to={href}>{children ?? <code>{label}</code>}</Link>;
}
