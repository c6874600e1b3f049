import { createHash } from "node:crypto";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_AGE_MS = 14 * 24 * 60 * 60_000;
/** After this, whoever claimed a file has forgotten it, even if a process of that number runs. */
const MAX_CLAIM_MS = 60 * 60_000;
const CLAIMED = /^(.+\.json)\.claimed-(\d+)-(\d+)$/;

/** What {@link SpillDirectory.list} finds. */
export interface SpillListing {
  /** Names of files that nobody has claimed, oldest first. */
  readonly names: string[];
  /** Files that were deleted for their age. */
  readonly expired: number;
}

/**
 * Files with unsent traces for one tracking server, one a trace, readable for this user only and 64 MiB together at most.
 * Everything is synchronous, because a process that exits cannot wait. Methods throw what the file system throws.
 */
export class SpillDirectory {
  readonly path: string;
  readonly #maxBytes: number;
  #written = 0;

  /** @param root directory for all servers; `MLFLOW_TRACE_SPILL_DIR`, else one of this user's among the temporary files */
  constructor(root: string, trackingUri: string, maxBytes = MAX_BYTES) {
    this.#maxBytes = maxBytes;
    this.path = resolve(root, createHash("sha256").update(trackingUri).digest("hex").slice(0, 16));
  }

  /** The directory that the environment asks for; `undefined` when it asks for none. */
  static fromEnvironment(trackingUri: string): SpillDirectory | undefined {
    const root =
      process.env.MLFLOW_TRACE_SPILL_DIR ??
      join(tmpdir(), `mlflow-traces-${process.getuid?.() ?? userInfo().username}`);
    return root === "" ? undefined : new SpillDirectory(root, trackingUri);
  }

  /** @returns `false` when there is no more room */
  write(traceId: string, text: string): boolean {
    this.#prepare();
    if (this.#usedBytes() + Buffer.byteLength(text) > this.#maxBytes) return false;
    const name = `${process.pid}-${Date.now()}-${this.#written++}-${traceId.replaceAll(/[^\w-]/g, "_")}.json`;
    const temporary = join(this.path, `${name}.tmp`);
    // Written under another name first: whoever reads sees all of it or nothing.
    writeFileSync(temporary, text, { mode: 0o600, flag: "wx" });
    renameSync(temporary, join(this.path, name));
    return true;
  }

  /** Looks through the directory; deletes what is too old, and takes back what a dead process has claimed. */
  list(): SpillListing {
    const names: string[] = [];
    let expired = 0;
    for (const name of this.#names()) {
      const claim = CLAIMED.exec(name);
      if (Date.now() - this.#stat(name).mtimeMs > MAX_AGE_MS) {
        this.delete(name);
        expired++;
      } else if (claim?.[1] !== undefined && isForgotten(Number(claim[2]), Number(claim[3]))) {
        if (this.#rename(name, claim[1])) names.push(claim[1]);
      } else if (name.endsWith(".json")) names.push(name);
    }
    return { names: names.sort(), expired };
  }

  /** @returns the name under which the file is now this process's alone, or `undefined` when another was faster */
  claim(name: string): string | undefined {
    const claimed = `${name}.claimed-${process.pid}-${Date.now()}`;
    return this.#rename(name, claimed) ? claimed : undefined;
  }

  /** Leaves a claimed file to the next one. */
  release(claimed: string): void {
    this.#rename(claimed, claimed.replace(CLAIMED, "$1"));
  }

  /** Puts a claimed file that cannot be read where a person can look at it. */
  setAside(claimed: string): void {
    this.#rename(claimed, claimed.replace(CLAIMED, "$1.damaged"));
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), "utf8");
  }

  delete(name: string): void {
    rmSync(join(this.path, name), { force: true });
  }

  #names(): string[] {
    try {
      this.#assertOwn();
      return readdirSync(this.path);
    } catch (error) {
      if (hasCode(error, "ENOENT")) return [];
      throw error;
    }
  }

  #prepare(): void {
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    this.#assertOwn();
    chmodSync(this.path, 0o700);
  }

  /** The place for temporary files is everybody's: a directory that somebody else made there is not trusted. */
  #assertOwn(): void {
    const stat = lstatSync(this.path);
    const isOurs = process.getuid === undefined || stat.uid === process.getuid();
    if (!stat.isDirectory() || !isOurs) throw new Error(`${this.path} is not a directory of this user`);
  }

  #usedBytes(): number {
    return readdirSync(this.path).reduce((sum, name) => sum + this.#stat(name).size, 0);
  }

  /** A file that another process has taken meanwhile has no size and is not old. */
  #stat(name: string): { mtimeMs: number; size: number } {
    return statSync(join(this.path, name), { throwIfNoEntry: false }) ?? { mtimeMs: Date.now(), size: 0 };
  }

  /** @returns whether the file was still there */
  #rename(from: string, to: string): boolean {
    try {
      renameSync(join(this.path, from), join(this.path, to));
      return true;
    } catch (error) {
      if (hasCode(error, "ENOENT")) return false;
      throw error;
    }
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && Reflect.get(error, "code") === code;
}

function isForgotten(pid: number, claimedAt: number): boolean {
  return Date.now() - claimedAt > MAX_CLAIM_MS || !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}
