import { type BundleManifest, bundleAssets, type Requirements } from "../../bundles/manifest";
import type { RealmMessage } from "../../runtime/environment";
import type { Backend, Connection } from "../backend";
import { bundleTexts, type FetchText } from "./bundle-texts";
import { SandboxFrame, type SandboxWorker } from "./frame";

/** A worker that waits for a program, and what it has loaded. */
interface Spare {
  readonly key: string;
  readonly worker: Promise<SandboxWorker>;
}

/**
 * Workers inside an opaque-origin frame without network. A worker serves one run; one spare is kept ready for the packages
 * of the last program, so that a click usually finds a worker with the SDK already evaluated.
 */
export function sandboxBackend(manifest: BundleManifest, fetchText?: FetchText): Backend {
  const frame = new SandboxFrame();
  const texts = bundleTexts(fetchText);
  let spare: Spare | null = null;

  function start(needs: Requirements): Spare {
    const urls = bundleAssets(manifest, needs).map((asset) => asset.url);
    const key = urls.join(" ");
    if (spare?.key === key) return spare;
    discard();
    const made: Spare = { key, worker: frame.spawn(urls, texts) };
    spare = made;
    // A spare that has failed must not stand in the way of the next try.
    const forget = () => {
      if (spare === made) spare = null;
    };
    made.worker.then((worker) => {
      worker.onFailure = forget;
    }, forget);
    return made;
  }

  function discard(): void {
    spare?.worker.then(
      (worker) => frame.kill(worker),
      () => {},
    );
    spare = null;
  }

  return {
    name: "sandbox",
    label: "Sandbox",
    async connect(needs) {
      const { worker } = start(needs);
      spare = null;
      return connection(frame, await worker);
    },
    async warm(needs, files) {
      const worker = await start(needs).worker.catch(() => null);
      if (worker && files) worker.port.postMessage({ type: "prepare", files } satisfies RealmMessage);
    },
    dispose() {
      discard();
      frame.remove();
    },
  };
}

function connection(frame: SandboxFrame, worker: SandboxWorker): Connection {
  return {
    start(request, receive, failed) {
      if (!frame.has(worker)) return failed("The sandbox was removed before the program could start. Run it again.");
      worker.onFailure = failed;
      worker.port.onmessage = ({ data }) => receive(data);
      worker.port.postMessage({ type: "run", request } satisfies RealmMessage);
    },
    kill: () => void frame.kill(worker),
  };
}
