import { DIFFERENCES as anthropicDifferences } from "./anthropic/differences";
import { PROGRAMS as anthropicPrograms } from "./anthropic/programs";
import type { Difference } from "./differences";

/** A library whose recorded traces are compared with those of its TypeScript counterpart. */
export interface GoldenLibrary {
  /** Folder of the cases. */
  readonly name: string;
  /** Hosts of the recorded provider. */
  readonly hosts: readonly string[];
  /** Counterparts by the name of their case. */
  readonly programs: Readonly<Record<string, () => Promise<void>>>;
  /** Every intended difference, in the order in which they are applied. */
  readonly differences: readonly Difference[];
}

export const LIBRARIES: readonly GoldenLibrary[] = [
  {
    name: "anthropic",
    hosts: ["api.anthropic.com"],
    programs: anthropicPrograms,
    differences: anthropicDifferences,
  },
];
