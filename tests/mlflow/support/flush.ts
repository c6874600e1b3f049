import { flushTraces } from "mlflow-tracing";

/** What a flush waits at most, less a bit. */
const ALMOST_GIVEN_UP_MS = 29_000;

/** Waits until everything is sent: a flush gives up after 30 s, which is not always enough on a busy machine. */
export async function flushAll(): Promise<void> {
  let tookMs = 0;
  do {
    const started = performance.now();
    await flushTraces();
    tookMs = performance.now() - started;
  } while (tookMs > ALMOST_GIVEN_UP_MS);
}
