import type { StreamAccumulator } from "mlflow-tracing";
import { addPart, type Part, sizeOf } from "./joined-parts.js";

interface Content {
  role?: string;
  parts?: Part[] | null;
}

interface Candidate {
  index?: number;
  content?: Content | null;
  [field: string]: unknown;
}

/** What one stream may have: far more than a model answers. What goes beyond it is counted and left out. */
const MAX_PARTS = 10_000;
const MAX_CHARACTERS = 16 * 1024 * 1024;

/**
 * Puts the responses of a stream together to the one that they stand for: parts joined, of all else the latest. In a stream
 * in which the client ran tools, the rounds before the last are its `automaticFunctionCallingHistory`.
 */
export class ResponseAccumulator implements StreamAccumulator {
  #fields: Record<string, unknown> | undefined;
  readonly #candidates = new Map<number, Candidate>();
  readonly #history: Content[] = [];
  #parts = 0;
  #characters = 0;
  readonly #dropped = { parts: 0, characters: 0 };

  add(response: unknown): void {
    if (typeof response !== "object" || response === null) return;
    const {
      candidates,
      sdkHttpResponse: _,
      ...fields
    } = response as { candidates?: unknown; sdkHttpResponse?: unknown };
    this.#fields = { ...this.#fields, ...present(fields) };
    for (const candidate of Array.isArray(candidates) ? (candidates as Candidate[]) : []) this.#addCandidate(candidate);
  }

  /** The response so far; `undefined` before its start. `truncated` says how much a limit has left out. */
  snapshot(): unknown {
    if (!this.#fields) return undefined;
    const candidates = [...this.#candidates.values()];
    return {
      ...(candidates.length > 0 ? { candidates } : {}),
      ...this.#fields,
      ...(this.#history.length > 0 ? { automaticFunctionCallingHistory: this.#history } : {}),
      ...(this.#dropped.parts > 0 ? { truncated: this.#dropped } : {}),
    };
  }

  #addCandidate({ content, ...fields }: Candidate): void {
    if (content?.role === "user") {
      this.#endRound(content);
      return;
    }
    const index = typeof fields.index === "number" ? fields.index : 0;
    const known = this.#candidates.get(index);
    if (!known && !this.#accept(0)) return;
    const candidate = { ...known, ...present(fields) };
    if (content) candidate.content = this.#joined(known?.content, content);
    this.#candidates.set(index, candidate);
  }

  #joined(known: Content | null | undefined, { parts, ...fields }: Content): Content {
    const joined = known?.parts ?? [];
    for (const part of parts ?? []) if (this.#accept(sizeOf(part))) addPart(joined, part);
    return { ...known, ...present(fields), parts: joined };
  }

  /** The client itself adds the results of tools to its streams, in the user's name. */
  #endRound(results: Content): void {
    const asked = this.#candidates.get(0)?.content;
    if (asked) this.#history.push(asked);
    if (this.#accept(0)) this.#history.push(results);
    this.#candidates.clear();
  }

  #accept(characters: number): boolean {
    if (this.#parts < MAX_PARTS && this.#characters + characters <= MAX_CHARACTERS) {
      this.#parts++;
      this.#characters += characters;
      return true;
    }
    this.#dropped.parts++;
    this.#dropped.characters += characters;
    return false;
  }
}

function present(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
