import { TraceSchema } from "@tracebook/playground/contract";
import * as v from "valibot";

/** `example.json`: what an example is called and what its mocked services answer. */
export const ExampleFileSchema = v.strictObject({
  /** Names the playground, e.g. `Tool-calling agent`. */
  title: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
  /** Mocked services besides those that the imported packages imply. */
  services: v.optional(v.array(v.string())),
  /** Replies by service name, each in its service's own script format. */
  scripts: v.optional(v.record(v.string(), v.unknown())),
});
export type ExampleFile = v.InferOutput<typeof ExampleFileSchema>;

/** `trace.json`: what the program printed and the traces that the tracking server received when it was last recorded. */
export const RecordingSchema = v.strictObject({
  outcome: v.picklist(["completed", "failed"]),
  console: v.array(v.object({ level: v.picklist(["log", "info", "warn", "error", "debug"]), text: v.string() })),
  traces: v.array(TraceSchema),
});
export type Recording = v.InferOutput<typeof RecordingSchema>;
