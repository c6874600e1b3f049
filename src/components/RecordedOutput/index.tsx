import CodeBlock from "@theme/CodeBlock";
import type { ReactNode } from "react";
import type { PlaygroundExample } from "../Playground";

/** What an example printed when it was recorded. */
export function RecordedOutput({
  example,
  title = "Output",
}: {
  example: PlaygroundExample;
  title?: string;
}): ReactNode {
  return (
    <CodeBlock language="text" title={title}>
      {example.recording.console.map((line) => line.text).join("\n")}
    </CodeBlock>
  );
}
