import type { HttpEvent } from "@tracebook/playground/contract";
import clsx from "clsx";
import type { ReactNode } from "react";
import styles from "./Playground.module.css";

/** Every exchange of the program with the mocked services; each opens to its headers and bodies. */
export function RequestsPane({ requests, ran }: { requests: readonly HttpEvent[]; ran: boolean }): ReactNode {
  if (requests.length === 0) {
    return (
      <p className={styles.empty}>
        {ran ? "The program has sent no request." : "Run the program to see its requests."}
      </p>
    );
  }
  return (
    <div className={styles.requests}>
      {requests.map((request) => (
        <Exchange key={request.id} request={request} />
      ))}
    </div>
  );
}

function Exchange({ request }: { request: HttpEvent }): ReactNode {
  const { method, url, status, service, durationMs, error } = request;
  const failed = status === 0 || status >= 400;
  return (
    <details>
      <summary>
        <span className={styles.method}>{method}</span>
        <span className={styles.url}>{shortUrl(url)}</span>
        <span className={styles.service}>{service ?? "refused"}</span>
        <span className={styles.duration}>{Math.round(durationMs)} ms</span>
        <span className={clsx(styles.code, failed && styles.failed)}>{status || "–"}</span>
      </summary>
      <div className={styles.exchange}>
        {error && <p className={styles.failed}>{error}</p>}
        <Body label="Request" headers={request.requestHeaders} body={request.requestBody ?? ""} />
        <Body label="Response" headers={request.responseHeaders} body={request.responseBody} />
      </div>
    </details>
  );
}

function Body({
  label,
  headers,
  body,
}: {
  label: string;
  headers: HttpEvent["requestHeaders"];
  body: string;
}): ReactNode {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return (
    <section aria-label={label}>
      <strong>{label}</strong>
      {lines.length > 0 && <pre className={styles.headers}>{lines.join("\n")}</pre>}
      {body && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling block must be reachable by keyboard
        <pre tabIndex={0}>{prettyJson(body)}</pre>
      )}
    </section>
  );
}

function shortUrl(url: string): string {
  return url.replace(/^https?:\/\//, "");
}

function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
