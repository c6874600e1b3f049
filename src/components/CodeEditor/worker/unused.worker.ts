// Stands for a TypeScript worker where none is ever started: in Monaco's language service, which would bundle one of its own
// beside ours, and in the bundle that renders pages on the server.
export {};
