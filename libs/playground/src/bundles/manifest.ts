import { MODULE_ALIASES, MODULE_TABLE } from "./table";

/** One file that an engine loads. */
export interface BundleAsset {
  /** URL (browser) or path (Node.js) of the script. */
  readonly url: string;
  /** Size in bytes before compression. */
  readonly bytes: number;
}

/** Every bundle that was built for one platform. */
export interface BundleManifest {
  readonly runtime: BundleAsset;
  readonly modules: Readonly<Record<string, BundleAsset>>;
  readonly services: Readonly<Record<string, BundleAsset>>;
}

/** What a run needs besides its own files. */
export interface Requirements {
  /** Bundled modules in an order in which each comes after what it requires. */
  readonly modules: readonly string[];
  /** Mocked services. */
  readonly services: readonly string[];
}

/**
 * The bundles for a program that imports `imported`. Packages that are not bundled are left out: the program's own
 * `require` then says what is available.
 */
export function requirements(imported: readonly string[], extraServices: readonly string[] = []): Requirements {
  const modules: string[] = [];
  const services = new Set(extraServices);
  const visit = (name: string) => {
    const entry = MODULE_TABLE[name];
    if (!entry || modules.includes(name)) return;
    for (const required of entry.requires) visit(required);
    modules.push(name);
    for (const service of entry.services) services.add(service);
  };
  for (const name of imported) visit(MODULE_ALIASES[name] ?? name);
  return { modules, services: [...services] };
}

/** The scripts to load, in order: the runtime, the modules, the services. */
export function bundleAssets(manifest: BundleManifest, needs: Requirements): BundleAsset[] {
  const found = [
    manifest.runtime,
    ...needs.modules.map((name) => manifest.modules[name]),
    ...needs.services.map((name) => manifest.services[name]),
  ];
  return found.filter((asset): asset is BundleAsset => asset !== undefined);
}
