import type { CompiledFile, Program } from "@tracebook/playground/contract";
import type { Recording } from "../../plugins/examples/schema";

/** An example as a page imports it. */
export interface PlaygroundExample {
  /** e.g. `anthropic/tool-agent`. */
  readonly id: string;
  readonly title: string;
  readonly program: Program;
  /** What the example did when it was last recorded; the page shows it before the first run. */
  readonly recording: Recording;
  /** The program's compiled files, for as long as it is unedited. */
  loadCompiled(): Promise<Readonly<Record<string, CompiledFile>>>;
}
