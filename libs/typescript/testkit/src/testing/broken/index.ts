import { CONTEXT_MISTAKES } from "./context.js";
import type { Mistake } from "./mistake.js";
import { SHAPE_MISTAKES } from "./shape.js";
import { STREAM_MISTAKES } from "./streams.js";
import { TRANSPARENCY_MISTAKES } from "./transparency.js";

export const MISTAKES: readonly Mistake[] = [
  ...SHAPE_MISTAKES,
  ...TRANSPARENCY_MISTAKES,
  ...STREAM_MISTAKES,
  ...CONTEXT_MISTAKES,
];
