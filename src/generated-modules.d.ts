/** Modules that the plugins in `src/plugins` generate. */
declare module "@examples/*" {
  const example: import("./components/Playground/example").PlaygroundExample;
  export default example;
}

declare module "@bundles/manifest.json" {
  const manifest: import("@tracebook/playground").BundleManifest;
  export default manifest;
}
