import toolAgent from "@examples/anthropic/tool-agent";
import { Playground } from "@site/src/components/Playground";
import { TracingIntegrations } from "@site/src/components/TracingIntegrations";
import { guides, integrations } from "@site/src/data/integrations";
import Heading from "@theme/Heading";
import Layout from "@theme/Layout";
import styles from "./index.module.css";

const DESCRIPTION =
  "Guides to MLflow Tracing whose examples run in the page, against mocked providers, and show the trace they leave.";

/** The start page: one sentence, one playground, then every integration. */
export default function Home() {
  return (
    <Layout title="MLflow Tracing guides that run" description={DESCRIPTION}>
      <main className={styles.page}>
        <Heading as="h1" className={styles.sentence}>
          Run an MLflow Tracing example in the page, and read the trace it leaves.
        </Heading>
        <Playground example={toolAgent} />
        <Heading as="h2" id="integrations">
          Integrations
        </Heading>
        <p className={styles.counts}>
          MLflow traces {integrations.length} libraries, frameworks and tools. {guideCount()} here; the other cards lead
          to MLflow's documentation.
        </p>
        <TracingIntegrations cardGroupProps={{ isSmall: true }} categorized={true} />
      </main>
    </Layout>
  );
}

function guideCount(): string {
  return guides.length === 1 ? "One has its guide" : `${guides.length} have their guide`;
}
