/** One session of the classic WebDriver protocol: JSON over HTTP. */
export interface WebDriverSession {
  readonly browserVersion: string;
  navigate(url: string): Promise<void>;
  end(): Promise<void>;
}

const REQUEST_MS = 60_000;

/** Sends one command. @throws Error with the code and the message of the driver */
async function command(method: string, url: string, body?: object): Promise<Record<string, unknown>> {
  const signal = AbortSignal.timeout(REQUEST_MS);
  const response = await fetch(url, { method, signal, ...(body ? { body: JSON.stringify(body) } : {}) });
  const { value } = (await response.json()) as { value: Record<string, unknown> | null };
  if (!response.ok) throw new Error(`WebDriver: ${value?.error}: ${value?.message}`);
  return value ?? {};
}

/** Whether the driver at `base` takes a new session. */
export async function isReady(base: string): Promise<boolean> {
  return (await command("GET", `${base}/status`)).ready === true;
}

/** Starts a browser with the given capabilities. */
export async function startSession(base: string, alwaysMatch: object): Promise<WebDriverSession> {
  const started = await command("POST", `${base}/session`, { capabilities: { alwaysMatch } });
  const session = `${base}/session/${started.sessionId}`;
  const { browserVersion } = started.capabilities as { browserVersion?: string };
  await command("POST", `${session}/timeouts`, { pageLoad: REQUEST_MS / 2 });
  return {
    browserVersion: browserVersion ?? "unknown version",
    navigate: async (url) => void (await command("POST", `${session}/url`, { url })),
    end: async () => void (await command("DELETE", session)),
  };
}
