import type { MockClock } from "../contract";
import { abortable, abortReason } from "./sleep";

/** Simulated time is real time: a latency of 400 ms takes 400 ms. */
export const realClock: MockClock = {
  now: () => performance.timeOrigin + performance.now(),
  async sleep(ms, signal) {
    if (signal?.aborted) throw abortReason(signal);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const [promise, settle] = abortable(signal, () => clearTimeout(timer));
    timer = setTimeout(settle, Math.max(0, ms));
    await promise;
  },
};
