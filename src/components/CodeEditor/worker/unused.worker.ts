// Stands where Monaco's language service would bundle a TypeScript worker of its own; it is never started.
export {};
