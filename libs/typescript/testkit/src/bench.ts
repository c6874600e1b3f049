import { capture, type Recording } from "./capture.js";
import type { Call, CallOptions, Integration } from "./integration.js";
import type { Fault } from "./provider/fault.js";
import { PlayedProvider, type SeenRequest } from "./provider/played-provider.js";
import { Tape } from "./provider/tape.js";
import { type CallRun, type Consumer, runCall, takeAll } from "./run-call.js";

/** A key that looks like one and is found in no text by chance. */
export const TEST_API_KEY = "sk-testkit-7f3a9c51e0b84d26";

/** A call that neither succeeds nor fails. */
export class CallTimeout extends Error {}

export interface ObserveOptions extends CallOptions {
  readonly traced?: boolean;
  readonly fault?: Fault;
  readonly consume?: Consumer;
  /** Makes the request; a copy of the call's by default. */
  request?(): unknown;
  /** Runs the call within something, e.g. a span. */
  around?<T>(work: () => Promise<T>): Promise<T>;
  readonly initialised?: boolean;
  /** Makes the call a second time, by the same client, when the first is over. */
  readonly again?: boolean;
  readonly tape?: Tape;
}

/** One run of a call with all that could be seen of it. */
export interface Observation extends Recording {
  readonly run: CallRun;
  readonly requests: readonly SeenRequest[];
}

/** The same call without tracing and with it, against the same answers. */
export interface Pair {
  readonly untraced: Observation;
  readonly traced: Observation;
}

/** Runs the calls of an integration, for checks to look at. */
export class Bench<Client = unknown> {
  readonly integration: Integration<Client>;
  /** For one run of a call. */
  readonly timeoutMs: number;
  /** Of the run under way. */
  recording: Recording = { spans: [], ended: new Set(), traces: [], unhandled: [] };

  constructor(integration: Integration<Client>, timeoutMs: number) {
    this.integration = integration;
    this.timeoutMs = timeoutMs;
  }

  newTape(): Tape {
    return new Tape(this.integration.createFetch());
  }

  async client(traced: boolean, provider: { readonly fetch: typeof fetch }): Promise<Client> {
    const { integration } = this;
    const client = await integration.createClient({ fetch: provider.fetch, apiKey: TEST_API_KEY, traced });
    return traced && integration.wrap ? integration.wrap(client) : client;
  }

  /** Runs a call, by default traced and taking the whole answer. */
  async observe(call: Call<Client>, options: ObserveOptions = {}): Promise<Observation> {
    const provider = new PlayedProvider(options.tape ?? this.newTape(), options.fault);
    const work = async (): Promise<CallRun> => {
      const client = await this.client(options.traced ?? true, provider);
      const request = options.request ? options.request() : structuredClone(call.request);
      const signal = options.signal ? { signal: options.signal } : {};
      const once = (): Promise<CallRun> => runCall(call, client, request, signal, options.consume ?? takeAll(call));
      const run = await once();
      return options.again ? once() : run;
    };
    const { around, initialised } = options;
    const { result, recording } = await capture(
      (underWay) => {
        this.recording = underWay;
        return this.inTime(call, () => (around ? around(work) : work()));
      },
      initialised === undefined ? {} : { initialised },
    );
    const { spans, ended, traces, unhandled } = recording;
    return { spans, ended, traces, unhandled, run: result, requests: provider.requests };
  }

  /** What `work` gives, unless it takes too long. */
  async inTime<T>(call: Call<Client>, work: () => Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new CallTimeout(`${call.name} did not end`)), this.timeoutMs);
    });
    try {
      return await Promise.race([work(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Runs a call without tracing and then with it; `options` are made afresh, since signals and consumers have state. */
  async pair(call: Call<Client>, options: () => ObserveOptions = () => ({})): Promise<Pair> {
    const tape = this.newTape();
    const untraced = await this.observe(call, { ...options(), tape, traced: false, around: (work) => work() });
    const traced = await this.observe(call, { ...options(), tape, traced: true });
    return { untraced, traced };
  }

  comparable(value: unknown): unknown {
    return this.integration.comparable ? this.integration.comparable(value) : value;
  }

  /** A refusal in the provider's form. */
  refusal(status: number, message: string): Fault {
    const reply = (): Response =>
      this.integration.errorReply?.(status, message) ??
      new Response(JSON.stringify({ error: { type: "invalid_request_error", message } }), {
        status,
        headers: { "content-type": "application/json" },
      });
    return { kind: "refusal", reply };
  }
}
