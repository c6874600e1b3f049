import { files } from "#files";

let asked: Promise<Record<string, string>> | undefined;

/**
 * Git metadata of the process's working directory, asked for once: `{}` in browsers and outside of a repository. Never
 * rejects; takes a second at most.
 *
 * @example Object.assign(info.traceMetadata, { ...(await getGitMetadata()), ...info.traceMetadata });
 */
export function getGitMetadata(): Promise<Readonly<Record<string, string>>> {
  asked ??= files.readGitMetadata();
  return asked;
}
