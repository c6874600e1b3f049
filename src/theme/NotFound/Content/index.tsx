import Link from "@docusaurus/Link";
import { guides } from "@site/src/data/integrations";
import { integrationHref } from "@site/src/data/integrations/links";
import Heading from "@theme/Heading";
import styles from "./styles.module.css";

/** The page for an address that is not there: it says so and offers where to go on. */
export default function NotFoundContent() {
  return (
    <main className={styles.page}>
      <p className={styles.code}>404</p>
      <Heading as="h1">There is no page at this address</Heading>
      <p>The link may be old, or the guide may not be written yet. From here you can go to:</p>
      <ul>
        <li>
          <Link to="/genai/tracing/integrations">All integrations</Link>, with a link to MLflow's own page where we have
          no guide
        </li>
        {guides.map((guide) => (
          <li key={guide.id}>
            <Link to={integrationHref(guide)}>Tracing {guide.name}</Link>
          </li>
        ))}
        <li>
          <Link to="/">The start page</Link>
        </li>
      </ul>
    </main>
  );
}
