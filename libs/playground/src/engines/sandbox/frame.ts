import * as v from "valibot";
import { FRAME_DOCUMENT } from "./frame-document";
import { type FrameCommand, type FrameMessage, FrameMessageSchema } from "./protocol";

/** How long a frame may take to answer that it is there, or that a worker is gone. In ms; a busy machine needs some of it. */
const FRAME_TIMEOUT_MS = 10_000;
const KILL_TIMEOUT_MS = 2_000;

/** A running worker, as the page holds it. */
export interface SandboxWorker {
  readonly id: number;
  readonly port: MessagePort;
  /** Called when the worker's own script fails, or when the frame is removed with it. */
  onFailure: ((message: string) => void) | null;
}

/**
 * The one hidden, opaque-origin frame of a page and the workers in it.
 * A frame that stops answering is removed with everything in it; the next use makes a new one.
 */
export class SandboxFrame {
  #element: HTMLIFrameElement | null = null;
  #ready: Promise<Window> | null = null;
  #sent = new Set<string>();
  #workers = new Map<number, SandboxWorker>();
  #killed = new Map<number, () => void>();
  #ids = 0;

  /** Loads the frame if there is none. Rejects when it does not answer. */
  async load(): Promise<Window> {
    this.#ready ??= this.#create();
    return this.#ready;
  }

  /** Starts a worker that evaluates the scripts in order. `texts` is asked only for scripts the frame has not seen. */
  async spawn(names: readonly string[], texts: (name: string) => Promise<string>): Promise<SandboxWorker> {
    const window = await this.load();
    const missing = names.filter((name) => !this.#sent.has(name));
    const loaded = await Promise.all(missing.map(async (name) => ({ name, text: await texts(name) })));
    for (const { name, text } of loaded) {
      if (this.#sent.has(name)) continue;
      this.#sent.add(name);
      this.#post(window, { type: "bundle", name, text });
    }
    const { port1, port2 } = new MessageChannel();
    const worker: SandboxWorker = { id: ++this.#ids, port: port1, onFailure: null };
    this.#workers.set(worker.id, worker);
    this.#post(window, { type: "spawn", id: worker.id, bundles: names }, port2);
    return worker;
  }

  /** Whether the worker has neither been ended nor lost with its frame. */
  has(worker: SandboxWorker): boolean {
    return this.#workers.has(worker.id);
  }

  /**
   * Ends a worker at once. Resolves when it is gone. A frame that does not confirm is removed, unless others live in it: no
   * program can keep the frame itself from answering, so it is the machine that is slow.
   */
  async kill(worker: SandboxWorker): Promise<void> {
    worker.port.close();
    const window = this.#element?.contentWindow;
    if (!this.#workers.delete(worker.id) || !window) return;
    const gone = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), KILL_TIMEOUT_MS);
      this.#killed.set(worker.id, () => {
        clearTimeout(timer);
        resolve(true);
      });
    });
    this.#post(window, { type: "kill", id: worker.id });
    const confirmed = await gone;
    this.#killed.delete(worker.id);
    if (!confirmed && this.#workers.size === 0) this.remove();
  }

  /** Removes the frame and every worker in it. */
  remove(): void {
    globalThis.removeEventListener?.("message", this.#receive);
    this.#element?.remove();
    this.#element = null;
    this.#ready = null;
    this.#sent.clear();
    for (const worker of this.#workers.values()) {
      worker.port.close();
      worker.onFailure?.("The sandbox was removed.");
    }
    this.#workers.clear();
  }

  #create(): Promise<Window> {
    const element = document.createElement("iframe");
    element.setAttribute("sandbox", "allow-scripts");
    element.setAttribute("aria-hidden", "true");
    element.tabIndex = -1;
    element.title = "Sandbox";
    element.style.display = "none";
    element.srcdoc = FRAME_DOCUMENT;
    this.#element = element;
    globalThis.addEventListener("message", this.#receive);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.remove();
        reject(new Error("The sandbox frame did not start. An extension or a policy may block it."));
      }, FRAME_TIMEOUT_MS);
      this.#onReady = (window) => {
        clearTimeout(timer);
        resolve(window);
      };
      document.body.append(element);
    });
  }

  #onReady: (window: Window) => void = () => {};

  /** Trusts a message only from our own frame, whose origin is opaque. */
  #receive = (event: MessageEvent): void => {
    const window = this.#element?.contentWindow;
    if (!window || event.source !== window || event.origin !== "null") return;
    const message = v.safeParse(FrameMessageSchema, event.data);
    if (message.success) this.#handle(message.output, window);
  };

  #handle(message: FrameMessage, window: Window): void {
    if (message.type === "ready") this.#onReady(window);
    else if (message.type === "killed") this.#killed.get(message.id)?.();
    else this.#workers.get(message.id)?.onFailure?.(message.message);
  }

  #post(window: Window, command: FrameCommand, port?: MessagePort): void {
    // The frame's origin is opaque, so there is no name for it but "*"; nothing secret is sent.
    window.postMessage(command, "*", port ? [port] : []);
  }
}
