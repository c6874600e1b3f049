export * from "./anthropic";
export * from "./clock";
export type * from "./contract";
export * from "./http";
export { countTokens } from "./model";
export { SERVICES, type ServiceFactory, type ServiceOptions } from "./services";
export * from "./tracking-server";
