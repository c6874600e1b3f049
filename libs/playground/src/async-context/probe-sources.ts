/** Resolves after `ms` milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** A server that answers with three chunks, in one piece or one after the other, or not at all. */
export function network(path: "text" | "stream" | "failure"): Promise<Response> {
  return new Promise((resolve, reject) => {
    setTimeout(() => {
      if (path === "failure") reject(new TypeError("no connection"));
      else resolve(new Response(slowBody(path === "stream" ? 2 : 0)));
    }, 3);
  });
}

function slowBody(delay: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async start(controller) {
      for (const word of ["one", "two", "three"]) {
        await pause(delay);
        controller.enqueue(encoder.encode(word));
      }
      controller.close();
    },
  });
}

/** A promise of its own class that starts to work when somebody waits for it, as the clients of LLM providers have. */
class LazyPromise<T> extends Promise<T> {
  readonly #start: () => Promise<T>;
  #work: Promise<T> | undefined;

  constructor(start: () => Promise<T>) {
    super((resolve) => resolve(undefined as T));
    this.#start = start;
  }

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  // biome-ignore lint/suspicious/noThenProperty: a promise whose work begins with its first reaction
  override then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#work ??= this.#start();
    return this.#work.then(onFulfilled, onRejected);
  }
}

export function lazily<T>(start: () => Promise<T>): Promise<T> {
  return new LazyPromise(start);
}

/** Something that can be waited for and is no promise, as query builders are. */
export function thenable<T>(start: () => Promise<T>): PromiseLike<T> {
  return {
    // biome-ignore lint/suspicious/noThenProperty: being a thenable is its purpose
    then: (onFulfilled, onRejected) => start().then(onFulfilled, onRejected),
  };
}
