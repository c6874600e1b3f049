import type { MockClock } from "../contract";
import { abortReason } from "./sleep";

/** No latency at all: sleeps end in the next microtask, in the order in which they began, and `now` is real time. */
export const instantClock: MockClock = {
  now: () => Date.now(),
  async sleep(_ms, signal) {
    if (signal?.aborted) throw abortReason(signal);
  },
};
