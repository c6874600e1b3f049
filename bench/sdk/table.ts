import type { Round, RoundKind } from "./child";

/** The rounds of one SDK. */
export interface SdkRounds {
  readonly name: string;
  readonly rounds: readonly Round[];
}

/** The SDK that all others are compared with. */
const PEER = "opentelemetry";

/** Median of a figure over the rounds of one kind; `NaN` without any. */
export function medianOf(sdk: SdkRounds, kind: RoundKind, read: (round: Round) => number | undefined): number {
  const values = sdk.rounds.filter((round) => round.kind === kind).flatMap((round) => read(round) ?? []);
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Medians per span, with each figure's ratio to OpenTelemetry's SDK in brackets. */
export function formatTable(sdks: readonly SdkRounds[]): string {
  const peer = sdks.find(({ name }) => name === PEER);
  const columns: [string, RoundKind, (round: Round) => number | undefined, number][] = [
    ["sync µs", "sync", (round) => round.callMicroseconds, 1],
    ["async µs", "async", (round) => round.callMicroseconds, 1],
    ["CPU µs (sync)", "sync", (round) => round.cpuMicroseconds, 1],
    ["CPU µs (async)", "async", (round) => round.cpuMicroseconds, 1],
    ["heap B", "heap", (round) => round.heapBytes, 0],
  ];
  const cell = (sdk: SdkRounds, [, kind, read, digits]: (typeof columns)[number]): string => {
    const value = medianOf(sdk, kind, read);
    const ratio = peer ? value / medianOf(peer, kind, read) : Number.NaN;
    return `${value.toFixed(digits)} (${ratio.toFixed(2)})`;
  };
  const header = ["SDK", ...columns.map(([title]) => title), "spans received"];
  const rows = sdks.map((sdk) => [
    sdk.name,
    ...columns.map((column) => cell(sdk, column)),
    String(sdk.rounds.at(-1)?.received ?? "–"),
  ]);
  return alignColumns([header, ...rows]);
}

function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((text, at) => text.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
