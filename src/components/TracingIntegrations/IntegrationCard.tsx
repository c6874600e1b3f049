import { integrationHref } from "../../data/integrations/links";
import type { Integration, Language } from "../../data/integrations/schema";
import { Card } from "../Card";
import { IntegrationMark } from "../IntegrationMark";
import styles from "./styles.module.css";

const languageNames: Record<Language, string> = {
  any: "Any language",
  python: "Python",
  typescript: "TypeScript",
  java: "Java",
  kotlin: "Kotlin",
  cli: "Command line",
  config: "Configuration",
  "no-code": "No code",
};

interface IntegrationCardProps {
  integration: Integration;
  isSmall: boolean;
  /** Its guide has examples that run in the page. */
  runsHere: boolean;
}

/** One integration: what it is called, and whether the guide behind it is ours. A wide card also names the languages. */
export function IntegrationCard({ integration, isSmall, runsHere }: IntegrationCardProps) {
  const { name, languages, guide } = integration;
  return (
    <Card href={integrationHref(integration)} title={name} mark={<IntegrationMark name={name} />}>
      {!isSmall && `${languages.map((language) => languageNames[language]).join(", ")} · `}
      {guide === undefined ? <Upstream /> : <span className={styles.ours}>{runsHere ? "▸ Runs here" : "Guide"}</span>}
    </Card>
  );
}

function Upstream() {
  return (
    <>
      MLflow docs <span aria-hidden="true">↗</span>
    </>
  );
}
