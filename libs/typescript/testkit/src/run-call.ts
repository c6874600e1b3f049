import type { Call, CallOptions } from "./integration.js";

/** How a run of a call went, as its caller saw it. */
export interface CallRun {
  /** What `start` returned. */
  returned: unknown;
  /** The awaited value, the list of parts, or what a consumer of the answer gave. */
  result: unknown;
  /** Whatever was thrown, at once or later. */
  error: unknown;
  failed: "no" | "at once" | "later";
}

/** Takes the answer of a call. */
export type Consumer = (returned: unknown, run: CallRun) => Promise<unknown>;

/** Starts a call and takes its answer; what is thrown becomes part of the result. */
export async function runCall<Client>(
  call: Call<Client>,
  client: Client,
  request: unknown,
  options: CallOptions,
  consume: Consumer,
): Promise<CallRun> {
  const run: CallRun = { returned: undefined, result: undefined, error: undefined, failed: "no" };
  try {
    run.returned = call.start(client, request, options);
  } catch (error) {
    return Object.assign(run, { error, failed: "at once" });
  }
  try {
    run.result = await consume(run.returned, run);
  } catch (error) {
    Object.assign(run, { error, failed: "later" });
  }
  return run;
}

/** Takes the whole answer in the usual way; the parts of a stream are there up to where it fails. */
export function takeAll<Client>(call: Call<Client>): Consumer {
  if (call.kind === "plain") return async (returned) => returned;
  return async (returned, run) => {
    const parts: unknown[] = [];
    run.result = parts;
    for await (const part of await streamOf(call, returned)) parts.push(part);
    return parts;
  };
}

/** Takes the first parts of a stream and leaves it, as `break` does. */
export function takeFirst<Client>(call: Call<Client>, count: number): Consumer {
  return async (returned, run) => {
    const parts: unknown[] = [];
    run.result = parts;
    for await (const part of await streamOf(call, returned)) {
      parts.push(part);
      if (parts.length >= count) break;
    }
    return parts;
  };
}

export async function streamOf<Client>(call: Call<Client>, returned: unknown): Promise<AsyncIterable<unknown>> {
  return (await (call.read ? call.read(returned) : returned)) as AsyncIterable<unknown>;
}
