import { readGitMetadata } from "./git-metadata.js";

let asked: Promise<Record<string, string>> | undefined;

/**
 * Git metadata of the process's working directory, asked for once: `{}` outside of a repository. Never
 * rejects; takes a second at most.
 *
 * @example Object.assign(info.traceMetadata, { ...(await getGitMetadata()), ...info.traceMetadata });
 */
export function getGitMetadata(): Promise<Readonly<Record<string, string>>> {
  asked ??= readGitMetadata();
  return asked;
}
