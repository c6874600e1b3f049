import { isControlledStream } from "mlflow-tracing";
import type { ToyPart } from "../toy-client.js";
import { ToyAccumulator } from "../traced-toy.js";
import { type Mistake, readWith, recordWith } from "./mistake.js";

export const STREAM_MISTAKES: readonly Mistake[] = [
  {
    mistake: "reads the stream to its end before the program does",
    found: ["stream-not-held-back"],
    wrap: readWith(async function* (recorder, parts) {
      const all: ToyPart[] = [];
      const answer = new ToyAccumulator();
      for await (const part of parts) {
        all.push(part);
        answer.add(part);
      }
      recorder.finish(answer.snapshot());
      yield* all;
    }),
  },
  {
    mistake: "takes a stream for an answer",
    found: ["stream-is-covered", "outputs", "token-usage"],
    wrap: recordWith({}, (recorder, value) => recorder.finish(value)),
  },
  {
    mistake: "never ends the span of a stream",
    found: ["stream-is-covered", "stream-left-early", "stream-cut", "stream-aborted"],
    wrap: recordWith({}, (recorder, value) => {
      if (!isControlledStream(value)) recorder.finish(value);
    }),
  },
  {
    mistake: "ends the span of a stream only when it is exhausted",
    found: ["stream-left-early"],
    wrap: readWith(async function* (recorder, parts) {
      const answer = new ToyAccumulator();
      try {
        for await (const part of parts) {
          answer.add(part);
          yield part;
        }
        recorder.finish(answer.snapshot());
      } catch (error) {
        recorder.fail(error, answer.snapshot());
        throw error;
      }
    }),
  },
  {
    mistake: "does not close the stream that it reads for the program",
    found: ["stream-left-early"],
    wrap: readWith(async function* (recorder, parts) {
      const answer = new ToyAccumulator();
      const iterator = parts[Symbol.asyncIterator]();
      try {
        for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
          answer.add(step.value);
          yield step.value;
        }
      } finally {
        recorder.finish(answer.snapshot());
      }
    }),
  },
  {
    mistake: "takes a stream that breaks off for one that is complete",
    found: ["stream-cut"],
    wrap: readWith(async function* (recorder, parts) {
      const answer = new ToyAccumulator();
      try {
        for await (const part of parts) {
          answer.add(part);
          yield part;
        }
      } finally {
        recorder.finish(answer.snapshot());
      }
    }),
  },
  {
    mistake: "swallows the error of a stream",
    found: ["stream-cut"],
    wrap: readWith(async function* (recorder, parts) {
      try {
        for await (const part of parts) yield part;
      } catch (error) {
        recorder.fail(error);
      }
      recorder.finish({});
    }),
  },
  {
    mistake: "drops the parts without text",
    found: ["same-result"],
    wrap: readWith(async function* (recorder, parts) {
      for await (const part of parts) if (part.text) yield part;
      recorder.finish({});
    }),
  },
];
