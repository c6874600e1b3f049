/** A browser of which we know how to find, install and drive it. */
export interface Browser {
  readonly name: string;
  /** The command that installs it on a Debian-like system. */
  readonly install: string;
  /** @returns what `launch` needs, or `undefined` where the browser is not installed */
  find(): Promise<string | undefined>;
  /** Starts the browser that was found, without a window of its own on the user's screen. */
  launch(path: string): Promise<BrowserSession>;
}

/** A browser that runs. */
export interface BrowserSession {
  readonly version: string;
  /** Errors and warnings of the console; none where the browser does not tell them to those who drive it. */
  readonly problems?: string[];
  /** Whether a page's requests end with it, but for those with `keepalive`; else they may still finish. */
  readonly cutsRequestsOff: boolean;
  /** Shows an address in the one tab there is; resolves when it is loaded. */
  open(url: string): Promise<void>;
  /** Ends the browser and all its processes. Never rejects. */
  close(): Promise<void>;
}
