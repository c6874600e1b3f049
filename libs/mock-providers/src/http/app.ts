import { Hono } from "hono";
import type { MockClock, MockService } from "../contract";
import { sendReply, withoutBodyForHead } from "./reply";
import { parseRequest } from "./request";

/**
 * A web-standard app around a mocked service: `app.fetch(request)` answers as the service does, after its latency.
 * Rejects with the reason of the request's signal when that aborts before the answer.
 *
 * @example
 * const app = createApp(createAnthropic(), realClock);
 * const response = await app.fetch(new Request("https://api.anthropic.com/v1/messages", { method: "POST", … }));
 */
export function createApp(service: MockService, clock: MockClock): Hono {
  const app = new Hono();
  app.all("*", async ({ req: { raw } }) => {
    const request = await parseRequest(raw);
    return sendReply(withoutBodyForHead(service.handle(request), request.method), {
      clock,
      signal: raw.signal,
      onEnd: () => {},
    });
  });
  // Hono would answer 500 to an abort.
  app.onError((error) => {
    throw error;
  });
  return app;
}
