import {
  createMockFetch,
  createTrackingServer,
  type Exchange,
  installSimulatedTime,
  type MockService,
} from "@tracebook/mock-providers";
import { type ErrorEvent, type HttpEvent, RUN_LIMITS } from "../contract";
import type { WarmUp } from "../warm-up/warm-up";
import { type Activity, trackActivity } from "./activity";
import type { Budget } from "./budget";
import { captureConsole } from "./console";
import type { Registry } from "./registry";
import { observeSpans } from "./spans";

/** What the realm that runs the program must offer; a worker and a child process differ in nothing else. */
export interface Realm {
  /** Evaluates the text of a script in the global scope. Syntax errors are thrown. */
  evaluate(script: string, path: string): void;
  /** Reports errors and rejections that nobody caught. */
  onUncaught(listener: (thrown: unknown, kind: ErrorEvent["kind"]) => void): void;
  /** Resolves after a turn of the event loop, in real time. */
  turn(): Promise<void>;
}

/** What is sent to the realm to be run: lowered files and how the mocked services answer. */
export interface RunRequest {
  readonly entry: string;
  /** Lowered code by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly services: readonly string[];
  readonly scripts: Readonly<Record<string, unknown>>;
  readonly latency: "simulated" | "off";
  /** What the program finds in `process.env`. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * What a waiting worker can be told: files that may be run soon, which are only defined, or the program to run.
 * A worker runs one program.
 */
export type RealmMessage =
  | { readonly type: "prepare"; readonly files: RunRequest["files"] }
  | { readonly type: "run"; readonly request: RunRequest };

/** A bundle `service:<name>` of the runtime: makes one mocked service. */
export interface ServiceModule {
  createService(options: { script?: unknown; latency: "simulated" | "off" }): MockService;
  warmUp: WarmUp;
}

/** Time and activity, installed before any bundle is evaluated, so that nothing can keep an unpatched timer. */
export function prepareRealm(): { clock: ReturnType<typeof installSimulatedTime>["clock"]; activity: Activity } {
  const { clock } = installSimulatedTime();
  const activity = trackActivity();
  return { clock: activity.trackClock(clock), activity };
}

/** Connects the program to its mocked world: console, `fetch`, spans. Returns the tracking server that receives its traces. */
export function connectProgram(
  registry: Registry,
  request: RunRequest,
  prepared: ReturnType<typeof prepareRealm>,
  { emit, emitLazily }: Budget,
) {
  const trackingServer = createTrackingServer();
  const services = request.services.map((name) => {
    const { createService } = registry.require(`service:${name}`) as ServiceModule;
    return createService({ script: request.scripts[name], latency: request.latency });
  });
  const fetch = createMockFetch({
    services: [...services, trackingServer],
    clock: prepared.clock,
    onExchange: (exchange) => emit(httpEvent(exchange)),
  });
  globalThis.fetch = prepared.activity.trackFetch(fetch);
  Object.assign(process.env, request.env);
  captureConsole(emitLazily);
  observeSpans(registry, emit);
  return trackingServer;
}

function httpEvent(exchange: Exchange): HttpEvent {
  const { id, service, method, url, status, requestHeaders, responseHeaders, startTimeMs, durationMs, error } =
    exchange;
  return {
    type: "http",
    id,
    service,
    method,
    url,
    status,
    requestHeaders: { ...requestHeaders },
    requestBody: exchange.requestBody === null ? null : cut(exchange.requestBody),
    responseHeaders: { ...responseHeaders },
    responseBody: cut(exchange.responseBody),
    startTimeMs: Math.max(0, startTimeMs),
    durationMs: Math.max(0, durationMs),
    ...(error === undefined ? {} : { error }),
  };
}

function cut(body: string): string {
  const limit = RUN_LIMITS.bodyBytes;
  return body.length <= limit ? body : `${body.slice(0, limit)}… (${body.length - limit} more characters)`;
}
