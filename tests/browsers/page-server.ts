import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { within } from "../../scripts/browsers/deadline";
import type { ProgramReport } from "./programs/report";

const REPORT_MS = 45_000;

const HEAD = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">';

/** A page with a program in it, or with a worker that runs the program. */
function programPage(query: URLSearchParams): string {
  const script = query.get("script") ?? "";
  if (!/^\/scripts\/[\w.-]+$/.test(script)) return HEAD;
  if (query.get("scope") !== "worker") return `${HEAD}<title>Program</title><script src="${script}"></script>`;
  return `${HEAD}<title>Worker</title><script>
    const worker = new Worker("${script}" + location.search);
    const report = (message) => fetch("/report/" + new URLSearchParams(location.search).get("case"), {
      method: "POST",
      body: JSON.stringify({ failure: "the worker failed: " + message, problems: [] }),
    });
    // Later than the worker's own report, if it can make one.
    worker.onerror = ({ message }) => setTimeout(report, 2000, message);
  </script>`;
}

/** Serves programs on the loopback interface and takes their reports. */
export class PageServer {
  readonly #scripts: ReadonlyMap<string, string>;
  readonly #waiting = new Map<string, (report: ProgramReport) => void>();
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });

  constructor(scripts: ReadonlyMap<string, string>) {
    this.#scripts = scripts;
  }

  async listen(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What the program of a case will report. */
  report(id: string): Promise<ProgramReport> {
    const report = new Promise<ProgramReport>((resolve) => this.#waiting.set(id, resolve));
    return within(REPORT_MS, `The report of ${id}`, report).finally(() => this.#waiting.delete(id));
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", this.origin);
    const script = this.#scripts.get(pathname);
    if (script !== undefined) {
      response.setHeader("content-type", "text/javascript; charset=utf-8").end(script);
    } else if (request.method === "POST") {
      const report = JSON.parse(await text(request)) as ProgramReport;
      this.#waiting.get(pathname.replace("/report/", ""))?.(report);
      response.writeHead(204).end();
    } else {
      response.setHeader("content-type", "text/html; charset=utf-8").end(programPage(searchParams));
    }
  }
}
