import { formatCount } from "../format/number";
import type { TokenUsage } from "../model/usage";

/** Tokens of one call by kind. */
export function UsageTable({ usage }: { readonly usage: TokenUsage }) {
  const counts: readonly (readonly [string, number])[] = [
    ["input", usage.inputTokens],
    ["output", usage.outputTokens],
    ["total", usage.totalTokens],
    ...Object.entries(usage.details),
  ];
  return (
    <table className="tv-usage">
      <caption>Tokens</caption>
      <tbody>
        {counts.map(([name, count]) => (
          <tr key={name}>
            <th scope="row">{wordsOf(name)}</th>
            <td>{formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `cache_read_input_tokens` → `cache read input`. */
function wordsOf(key: string): string {
  return key.replace(/_tokens/g, "").replaceAll("_", " ");
}
