import Link from "@docusaurus/Link";
import styles from "./styles.module.css";

/** The same quiet lines under every page: what is real, what is mocked, and the licence. */
export default function Footer() {
  return (
    <footer className={styles.footer}>
      <p>
        Examples run in your browser, with the providers' own client libraries. The model providers and the MLflow
        server are mocked: replies, token counts and latencies are simulated.
      </p>
      <p>
        Tracebook is documentation for <Link href="https://mlflow.org">MLflow</Link> Tracing. Text and code:{" "}
        <Link href="https://www.apache.org/licenses/LICENSE-2.0">Apache License 2.0</Link>.
      </p>
    </footer>
  );
}
