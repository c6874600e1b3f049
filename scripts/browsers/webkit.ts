import type { Browser, BrowserSession } from "./browser";
import { retryUntil, within } from "./deadline";
import { findProgram } from "./find-program";
import { freePort } from "./free-port";
import { endGroup, startGroup } from "./processes";
import { startVirtualDisplay, type VirtualDisplay } from "./virtual-display";
import { isReady, startSession } from "./webdriver";

/** The driver starts its own MiniBrowser when it is not told of another one. */
const CAPABILITIES = { "webkitgtk:browserOptions": { args: ["--automation"] } };

/**
 * WebKitGTK's MiniBrowser, the engine of Safari on Linux, on a display of its own. Its driver does not tell what the
 * console says: a page has to look for that itself.
 */
export const webkit: Browser = {
  name: "WebKit",
  install: "apt-get install webkit2gtk-driver xvfb",
  // Both are needed, and the driver knows where its browser is.
  find: async () => findProgram(["Xvfb"]) && findProgram(["WebKitWebDriver"]),
  async launch(driver) {
    const display = await startVirtualDisplay(findProgram(["Xvfb"]) ?? "Xvfb");
    try {
      return await launchOn(display, driver);
    } catch (error) {
      display.close();
      throw error;
    }
  },
};

async function launchOn(display: VirtualDisplay, driver: string): Promise<BrowserSession> {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const env = { ...process.env, DISPLAY: display.name, GDK_BACKEND: "x11", LIBGL_ALWAYS_SOFTWARE: "1" };
  const child = startGroup(driver, [`--port=${port}`], { env, stdio: "ignore" });
  try {
    await retryUntil(20_000, "The start of WebKitWebDriver", async () => (await isReady(base)) || undefined);
    const session = await startSession(base, CAPABILITIES);
    return {
      version: session.browserVersion,
      cutsRequestsOff: true,
      open: (url) => session.navigate(url),
      async close() {
        await within(10_000, "The end of WebKit", session.end()).catch(() => {});
        endGroup(child.pid);
        display.close();
      },
    };
  } catch (error) {
    endGroup(child.pid);
    throw error;
  }
}
