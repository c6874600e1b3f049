export { createApp } from "./app";
export { createMockFetch, type MockFetchOptions } from "./mock-fetch";
