import { CONTEXT_CHECKS } from "./context.js";
import { ERROR_CHECKS } from "./errors.js";
import { OFF_CHECKS } from "./off.js";
import { PAYLOAD_CHECKS } from "./payload.js";
import { SHAPE_CHECKS } from "./shape.js";
import { STREAM_CHECKS } from "./streams.js";
import { TIME_CHECKS } from "./time.js";
import { TRANSPARENCY_CHECKS } from "./transparency.js";

/** All checks, in the order in which they are run. */
export const CHECKS = [
  ...SHAPE_CHECKS,
  ...PAYLOAD_CHECKS,
  ...TRANSPARENCY_CHECKS,
  ...ERROR_CHECKS,
  ...STREAM_CHECKS,
  ...CONTEXT_CHECKS,
  ...OFF_CHECKS,
  ...TIME_CHECKS,
] as const;

/** The id of a check, e.g. `error-is-recorded`. */
export type CheckId = (typeof CHECKS)[number]["id"];
