import { initLogger, _exportsForTestingOnly as testing, wrapTraced } from "braintrust";
import type { Adapter } from "../adapter";

export async function createAdapter(): Promise<Adapter> {
  await testing.simulateLoginForTests();
  const background = testing.useTestBackgroundLogger();
  initLogger({ projectName: "bench", projectId: "bench", asyncFlush: true });
  let received = 0;
  return {
    received: () => received,
    async flush() {
      await background.flush();
      for (const row of await background.drain()) if (JSON.stringify(row)) received++;
    },
    wrap: (name, fn) => wrapTraced(fn as never, { name, asyncFlush: true } as never) as never,
  };
}
