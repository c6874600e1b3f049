import { execFile } from "node:child_process";
import { TraceMetadataKey } from "../constants.js";

const TIMEOUT_MS = 1_000;
/** Characters; the server cuts longer values. */
const MAX_VALUE = 250;
const QUESTIONS: readonly (readonly [string, readonly string[]])[] = [
  [TraceMetadataKey.GIT_COMMIT, ["rev-parse", "HEAD"]],
  [TraceMetadataKey.GIT_BRANCH, ["rev-parse", "--abbrev-ref", "HEAD"]],
  [TraceMetadataKey.GIT_REPO_URL, ["config", "--get", "remote.origin.url"]],
];

/** Runs git in a folder; resolves to what it prints, `undefined` when it fails or takes too long. */
export type GitRunner = (args: readonly string[], folder: string) => Promise<string | undefined>;

/**
 * Commit, branch and repository of a folder, by three `git` processes that run at the same time and may take 1 s each. What
 * git cannot tell is left out. `MLFLOW_DISABLE_GIT_METADATA=true` (or `1`) asks nothing. Never rejects.
 *
 * @returns trace metadata, e.g. `{"mlflow.source.git.branch": "main", …}`
 */
export async function readGitMetadata(folder?: string, run: GitRunner = runGit): Promise<Record<string, string>> {
  try {
    if (/^(1|true)$/i.test(process.env.MLFLOW_DISABLE_GIT_METADATA ?? "")) return {};
    const place = folder ?? process.cwd();
    const answers = await Promise.all(
      QUESTIONS.map(async ([key, args]) => [key, clean(await run(args, place))] as const),
    );
    return Object.fromEntries(
      answers.filter((answer): answer is [(typeof answer)[0], string] => answer[1] !== undefined),
    );
  } catch {
    return {};
  }
}

/** One line without credentials; `undefined` when there is none, or it is none to keep. */
function clean(answer: string | undefined): string | undefined {
  const line = answer?.trim();
  // On a detached HEAD the name of the branch is "HEAD".
  if (!line || line === "HEAD" || /[\r\n]/.test(line)) return undefined;
  return withoutCredentials(line)?.slice(0, MAX_VALUE);
}

/** A repository's URL without user, password and query; the scp-like form (`git@host:path`) has no password and stays. */
function withoutCredentials(text: string): string | undefined {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  try {
    const url = new URL(text);
    const isHttp = url.protocol === "http:" || url.protocol === "https:";
    url.password = "";
    if (!isHttp) return url.href;
    url.username = "";
    // Some hosts take a token as a query.
    url.search = "";
    url.hash = "";
    return url.href;
  } catch {
    // What cannot be read may hide a password.
    return undefined;
  }
}

function runGit(args: readonly string[], folder: string): Promise<string | undefined> {
  const env = { ...process.env, GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0" };
  const options = {
    cwd: folder,
    env,
    timeout: TIMEOUT_MS,
    killSignal: "SIGKILL",
    maxBuffer: 65_536,
    windowsHide: true,
  } as const;
  return new Promise((resolve) => {
    execFile("git", [...args], options, (error, stdout) => resolve(error ? undefined : stdout)).on("error", () => {});
  });
}
