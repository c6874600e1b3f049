import type { ReactNode } from "react";
import { formatDuration } from "../format/duration";
import { formatCost, formatCount, plural } from "../format/number";
import { nounFor } from "../format/span-type";
import type { TraceModel } from "../model/build-trace-model";
import type { TokenUsage } from "../model/usage";

/** A run in one line. What is not known is not mentioned. */
export function TraceSummary({ model }: { readonly model: TraceModel }) {
  const { totals, overlap } = model;
  return (
    <div className="tv-summary">
      {totals.traceCount > 1 && <Fact value={formatCount(totals.traceCount)}>traces</Fact>}
      <Fact value={formatCount(totals.spanCount)}>{plural(totals.spanCount, "span")}</Fact>
      <Fact value={formatDuration(totals.durationMs)} />
      {totals.openCount > 0 && <Fact value={formatCount(totals.openCount)}>open</Fact>}
      {totals.usage && (
        <Fact value={formatCount(totals.usage.totalTokens)} title={usageTitle(totals.usage)}>
          {plural(totals.usage.totalTokens, "token")}
        </Fact>
      )}
      {totals.cost !== null && <Fact value={formatCost(totals.cost)} title="Cost as the trace reports it" />}
      {totals.errorCount > 0 && (
        <span className="tv-summary-error">
          <b>{formatCount(totals.errorCount)}</b> {plural(totals.errorCount, "error")}
        </span>
      )}
      {overlap && (
        <span>
          {formatCount(overlap.count)} {nounFor(overlap.type)} overlap
        </span>
      )}
    </div>
  );
}

interface FactProps {
  readonly value: string;
  readonly title?: string;
  readonly children?: ReactNode;
}

function Fact({ value, title, children }: FactProps) {
  return (
    <span title={title}>
      <b>{value}</b>
      {children && <> {children}</>}
    </span>
  );
}

function usageTitle(usage: TokenUsage): string {
  return `${formatCount(usage.inputTokens)} input → ${formatCount(usage.outputTokens)} output, ${formatCount(usage.totalTokens)} in total`;
}
