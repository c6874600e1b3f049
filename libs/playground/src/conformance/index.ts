export { type CaseRun, type ConformanceCase, runCase } from "./case";
export { CONFORMANCE_CASES } from "./cases";
