import { Awaited, type ResumeKind } from "./awaited";

interface Request {
  readonly kind: ResumeKind;
  readonly value: unknown;
  readonly resolve: (result: IteratorResult<unknown>) => void;
  readonly reject: (reason: unknown) => void;
}

type Body = Generator<unknown, unknown, unknown>;

/**
 * Runs a generator as the body of an async generator, with the request queue of the language specification: one request
 * at a time, in the order of the calls. The body yields an `Awaited` to wait, anything else to hand out a value.
 */
export class AsyncGeneratorRun {
  readonly #body: Body;
  readonly #queue: Request[] = [];
  #state: "start" | "running" | "yielded" | "done" = "start";

  constructor(body: Body) {
    this.#body = body;
  }

  request(kind: ResumeKind, value: unknown): Promise<IteratorResult<unknown>> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ kind, value, resolve, reject });
      if (this.#state !== "running") this.#serve();
    });
  }

  /** Serves requests until one has to wait or none is left. */
  #serve(): void {
    for (let head = this.#queue[0]; head && this.#state !== "running"; head = this.#queue[0]) {
      if (this.#state === "start" && head.kind !== "next") this.#state = "done";
      if (this.#state === "done") this.#serveFinished(head);
      else this.#wake(head);
    }
  }

  #serveFinished({ kind, value }: Request): void {
    if (kind === "next") this.#settle({ value: undefined, done: true });
    else if (kind === "throw") this.#fail(value);
    else
      this.#wait(
        value,
        (result) => this.#finish(result),
        (reason) => this.#finishFailed(reason),
      );
  }

  #wake({ kind, value }: Request): void {
    if (kind !== "return") this.#resume(kind, value);
    else
      this.#wait(
        value,
        (result) => this.#resume("return", result),
        (reason) => this.#resume("throw", reason),
      );
  }

  /** Waits as `await` does; nothing else is served meanwhile. */
  #wait(value: unknown, onFulfilled: (result: unknown) => void, onRejected: (reason: unknown) => void): void {
    this.#state = "running";
    let promise: Promise<unknown>;
    try {
      promise = Promise.resolve(value);
    } catch (error) {
      onRejected(error);
      return;
    }
    promise.then(
      (result) => {
        onFulfilled(result);
        this.#serve();
      },
      (reason) => {
        onRejected(reason);
        this.#serve();
      },
    );
  }

  #resume(kind: ResumeKind, value: unknown): void {
    this.#state = "running";
    let result: IteratorResult<unknown, unknown>;
    try {
      result = this.#body[kind](value);
    } catch (error) {
      this.#finishFailed(error);
      return;
    }
    if (result.done) this.#finish(result.value);
    else if (result.value instanceof Awaited) this.#await(result.value);
    else this.#yield(result.value);
  }

  #await({ value, resumeWith }: Awaited): void {
    this.#wait(
      value,
      (result) => this.#resume(resumeWith, result),
      (reason) => this.#resume("throw", reason),
    );
  }

  #yield(value: unknown): void {
    this.#state = "yielded";
    this.#settle({ value, done: false });
  }

  #finish(value: unknown): void {
    this.#state = "done";
    this.#settle({ value, done: true });
  }

  #finishFailed(reason: unknown): void {
    this.#state = "done";
    this.#fail(reason);
  }

  #settle(result: IteratorResult<unknown>): void {
    this.#queue.shift()?.resolve(result);
  }

  #fail(reason: unknown): void {
    this.#queue.shift()?.reject(reason);
  }
}
