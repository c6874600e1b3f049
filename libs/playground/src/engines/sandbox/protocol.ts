import * as v from "valibot";

/** What the page asks of the frame. `spawn` comes with the worker's end of a message channel. */
export type FrameCommand =
  | { readonly type: "bundle"; readonly name: string; readonly text: string }
  | { readonly type: "spawn"; readonly id: number; readonly bundles: readonly string[] }
  | { readonly type: "kill"; readonly id: number };

/** What the frame tells the page. Everything a program says comes over its own port instead. */
export const FrameMessageSchema = v.variant("type", [
  v.object({ type: v.literal("ready") }),
  v.object({ type: v.literal("killed"), id: v.number() }),
  v.object({ type: v.literal("failed"), id: v.number(), message: v.pipe(v.string(), v.maxLength(1_000)) }),
]);
export type FrameMessage = v.InferOutput<typeof FrameMessageSchema>;
