export * from "./anthropic";
export * from "./clock";
export type * from "./contract";
export * from "./gemini";
export * from "./http";
export { countTokens } from "./model";
export * from "./openai";
export { SERVICES, type ServiceFactory, type ServiceOptions } from "./services";
export * from "./tracking-server";
