import type { MockRequest } from "../contract";

type Content = string | Uint8Array;

/** One entry of a directory. `path` is relative to the directory. */
export interface ArtifactEntry {
  readonly path: string;
  readonly is_dir: boolean;
  readonly file_size?: number;
}

/** The files behind the artifact proxy, by path. Over `limitBytes` the oldest go first. */
export class ArtifactStore {
  readonly #files = new Map<string, Content>();
  readonly #limitBytes: number;
  readonly #onDrop: (bytes: number) => void;
  #bytes = 0;

  constructor(limitBytes: number, onDrop: (bytes: number) => void) {
    this.#limitBytes = limitBytes;
    this.#onDrop = onDrop;
  }

  /** Stores a file, over an earlier one of that path. */
  write(path: string, body: MockRequest["body"]): void {
    this.remove(path);
    const content = body ?? "";
    this.#files.set(path, content);
    this.#bytes += byteLength(content);
    for (const [oldest, old] of this.#files) {
      if (this.#bytes <= this.#limitBytes) return;
      this.remove(oldest);
      this.#onDrop(byteLength(old));
    }
  }

  read(path: string): Content | undefined {
    return this.#files.get(path);
  }

  isDirectory(path: string): boolean {
    return path === "" || [...this.#files.keys()].some((name) => name.startsWith(`${path}/`));
  }

  /** Removes a file, or everything in a directory. Returns the bytes removed. */
  remove(path: string): number {
    const names = [...this.#files.keys()].filter((name) => name === path || name.startsWith(`${path}/`));
    const before = this.#bytes;
    for (const name of names) {
      this.#bytes -= byteLength(this.#files.get(name) ?? "");
      this.#files.delete(name);
    }
    return before - this.#bytes;
  }

  /** What a directory holds, by name. */
  list(directory: string): ArtifactEntry[] {
    const prefix = directory === "" ? "" : `${directory}/`;
    const entries = new Map<string, ArtifactEntry>();
    for (const [name, content] of this.#files) {
      if (!name.startsWith(prefix)) continue;
      const [path = "", ...deeper] = name.slice(prefix.length).split("/");
      if (deeper.length > 0) entries.set(path, { path, is_dir: true });
      else entries.set(path, { path, is_dir: false, file_size: byteLength(content) });
    }
    return [...entries.values()].sort((left, right) => (left.path < right.path ? -1 : 1));
  }
}

/** Bytes of a content in UTF-8. */
export function byteLength(content: Content): number {
  return typeof content === "string" ? new TextEncoder().encode(content).byteLength : content.byteLength;
}
