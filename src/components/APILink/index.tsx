import Link from "@docusaurus/Link";
import type { ReactNode } from "react";
import { apiUrl, isApiModule } from "../../data/api-links";

interface APILinkProps {
  /** A dotted name of upstream's Python API, such as `mlflow.anthropic.autolog`. A name we do not know stops the build. */
  fn: string;
  /** The link's text; the name as code without it. */
  children?: ReactNode;
}

/** A link to upstream's API reference. */
export function APILink({ fn, children }: APILinkProps) {
  return <Link href={apiUrl(fn)}>{children ?? <code>{isApiModule(fn) ? fn : `${fn}()`}</code>}</Link>;
}
