import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";

/** Headings of the reference's sidebar, in their order. */
export const GROUPS = ["Core", "Integrations", "Testing"] as const;

/** A package of the SDK that has something to document. */
export interface SdkPackage {
  /** As in an import, e.g. `mlflow-anthropic`. */
  readonly name: string;
  /** One sentence without a full stop, from `package.json`. */
  readonly description: string;
  readonly group: (typeof GROUPS)[number];
  /** What a program needs beside the package, by name: ranges such as `>=5 <8`. */
  readonly peers: Readonly<Record<string, string>>;
  /** Absolute path of the folder. */
  readonly directory: string;
  /** Absolute path of the module whose exports are public. */
  readonly entry: string;
}

const ManifestSchema = v.object({
  name: v.string(),
  description: v.string(),
  peerDependencies: v.optional(v.record(v.string(), v.string()), {}),
});

/**
 * The packages below `libs/typescript` that export something, by group and then by name.
 *
 * @throws Error when a `package.json` has no name or no description
 */
export function sdkPackages(siteDir: string): SdkPackage[] {
  const root = join(siteDir, "libs/typescript");
  const integrations = readdirSync(join(root, "integrations")).sort();
  return [
    readPackage(join(root, "core"), "Core"),
    ...integrations.map((name) => readPackage(join(root, "integrations", name), "Integrations")),
    readPackage(join(root, "testkit"), "Testing"),
  ].filter((found) => found !== undefined);
}

function readPackage(directory: string, group: SdkPackage["group"]): SdkPackage | undefined {
  const entry = join(directory, "src/index.ts");
  if (!existsSync(entry) || !/^export /m.test(readFileSync(entry, "utf8"))) return undefined;
  const manifest: unknown = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  const { name, description, peerDependencies: peers } = v.parse(ManifestSchema, manifest);
  return { name, description, group, peers, directory, entry };
}
