import { AsyncLocalStorage } from "node:async_hooks";
import type { Adapter } from "../adapter";

interface PlainSpan {
  name: string;
  parent: PlainSpan | undefined;
  start: number;
  end: number;
  input: string;
  output: string;
}

/** The least that a tracer can do: AsyncLocalStorage, a plain object, JSON of input and output. */
export function createAdapter(): Adapter {
  const storage = new AsyncLocalStorage<PlainSpan>();
  let finished: PlainSpan[] = [];
  let received = 0;
  return {
    received: () => received,
    async flush() {
      for (const { parent, ...span } of finished) if (JSON.stringify({ ...span, parent: parent?.name })) received++;
      finished = [];
    },
    wrap: (name, fn) => (input) => {
      const parent = storage.getStore();
      const span: PlainSpan = {
        name,
        parent,
        start: performance.now(),
        end: 0,
        input: JSON.stringify(input),
        output: "",
      };
      const done = <T>(output: T): T => {
        span.output = JSON.stringify(output);
        span.end = performance.now();
        finished.push(span);
        return output;
      };
      const result = storage.run(span, () => fn(input));
      return (result instanceof Promise ? result.then(done) : done(result)) as ReturnType<typeof fn>;
    },
  };
}
