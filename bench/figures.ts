/** Figures of one measurement, all in the unit of its samples. */
export interface Figures {
  readonly runs: number;
  readonly min: number;
  readonly median: number;
  readonly p90: number;
}

/** Minimum, median and 90th percentile. Throws on no samples. */
export function summarise(samples: readonly number[]): Figures {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const [min] = sorted;
  const median = at(0.5);
  const p90 = at(0.9);
  if (min === undefined || median === undefined || p90 === undefined) throw new Error("No samples were taken.");
  return { runs: sorted.length, min, median, p90 };
}

/** One line of a report, in milliseconds. */
export function formatFigures(name: string, { runs, min, median, p90 }: Figures): string {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return `${name.padEnd(34)} median ${ms(median).padStart(8)}   min ${ms(min).padStart(8)}   p90 ${ms(p90).padStart(8)}   (${runs} runs)`;
}
