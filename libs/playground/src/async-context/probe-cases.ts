import { lazily, network, pause, thenable } from "./probe-sources";

/** One span of the probe: what is recorded through it belongs to it by the text of the program. */
export interface ProbeScope {
  /** Records a span that starts and ends here. */
  mark(name: string): void;
  /** Records a span around `work`. */
  span(name: string, work: (scope: ProbeScope) => Promise<void>): Promise<void>;
}

type ProbeCase = (scope: ProbeScope) => Promise<void>;

async function* numbers(scope: ProbeScope): AsyncGenerator<number> {
  for (const value of [1, 2, 3]) {
    await pause(value);
    scope.mark(`inner ${value}`);
    yield value;
  }
}

async function* doubled(scope: ProbeScope): AsyncGenerator<number> {
  for await (const value of numbers(scope)) {
    scope.mark(`outer ${value}`);
    yield value * 2;
  }
}

async function* delegating(scope: ProbeScope): AsyncGenerator<number> {
  try {
    yield* [Promise.resolve(1), 2, 3];
  } finally {
    // Before the pause: esbuild's own async generators end at the first await of a `finally` that a `break` runs.
    scope.mark("closed");
    await pause(1);
  }
}

async function readAll(body: ReadableStream | null, onChunk: () => void): Promise<void> {
  const reader = body?.getReader();
  while (reader && !(await reader.read()).done) onChunk();
}

/** Each kind of asynchronous call, and how often it marks. */
export const PROBE_CASES: Readonly<Record<string, ProbeCase>> = {
  async nested(scope) {
    await pause(3);
    scope.mark("before");
    await scope.span("child", async (child) => {
      await null;
      child.mark("after nothing");
      await pause(2);
      child.mark("after a pause");
    });
    scope.mark("after");
  },
  async generators(scope) {
    for await (const value of doubled(scope)) {
      await pause(1);
      scope.mark(`loop ${value}`);
    }
  },
  async delegation(scope) {
    for await (const value of delegating(scope)) {
      scope.mark(`item ${value}`);
      if (value === 2) break;
    }
    scope.mark("after");
  },
  async response(scope) {
    const response = await network("text");
    scope.mark("headers");
    await response.text();
    scope.mark("text");
  },
  async stream(scope) {
    const response = await network("stream");
    await readAll(response.body, () => scope.mark("chunk"));
    scope.mark("end");
  },
  async pipe(scope) {
    const { body } = await network("stream");
    const through = body?.pipeThrough(new TransformStream({ transform: (chunk, out) => out.enqueue(chunk) }));
    await readAll(through ?? null, () => scope.mark("chunk"));
    scope.mark("end");
  },
  async failure(scope) {
    try {
      await network("failure");
    } catch {
      scope.mark("caught");
    } finally {
      await pause(1);
      scope.mark("finally");
    }
  },
  async lazy(scope) {
    await lazily(async () => {
      scope.mark("started");
      await pause(2);
      scope.mark("later");
    });
    scope.mark("after");
  },
  async thenable(scope) {
    await thenable(async () => {
      scope.mark("started");
      await pause(1);
      scope.mark("later");
    });
    scope.mark("after");
  },
  async combinators(scope) {
    const each = async (value: number) => {
      await pause(value);
      scope.mark(`all ${value}`);
    };
    await Promise.all([1, 2, 3].map(each));
    await Promise.race([pause(1), pause(20)]);
    scope.mark("race");
    await Promise.allSettled([pause(1), Promise.reject(new Error("expected"))]);
    scope.mark("allSettled");
    await Promise.any([Promise.reject(new Error("expected")), pause(1)]);
    scope.mark("any");
  },
  reactions(scope) {
    return pause(1)
      .then(() => scope.mark("then"))
      .then(() => Promise.reject(new Error("expected")))
      .catch(() => scope.mark("catch"))
      .finally(() => scope.mark("finally"));
  },
  async schedulers(scope) {
    await new Promise<void>((resolve) => {
      queueMicrotask(() => {
        scope.mark("microtask");
        resolve();
      });
    });
    await new Promise<void>((resolve) => {
      const interval = setInterval(() => {
        clearInterval(interval);
        scope.mark("interval");
        resolve();
      }, 1);
    });
  },
  async events(scope) {
    const controller = new AbortController();
    controller.signal.addEventListener("abort", () => scope.mark("abort"), { once: true });
    setTimeout(() => controller.abort(), 2);
    await pause(6);
    scope.mark("after");
  },
};
