/**
 * The script of the sandbox frame, as text: it starts and ends workers and does nothing else. No code of a reader ever runs
 * in the frame, only in its workers (a frame could navigate itself, and in some browsers freeze the page).
 *
 * It is a constant because its hash is part of the page's Content-Security-Policy, which the frame inherits.
 */
export const FRAME_SCRIPT = `"use strict";
(() => {
  const page = parent;
  const urls = new Map();
  const workers = new Map();
  const tell = (message) => page.postMessage(message, "*");
  const script = (text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const commands = {
    bundle: ({ name, text }) => urls.set(name, script(text)),
    spawn: ({ id, bundles }, port) => {
      const boot = script("importScripts(" + bundles.map((name) => JSON.stringify(urls.get(name))).join(",") + ")");
      const worker = new Worker(boot);
      let told = false;
      worker.onerror = (event) => {
        event.preventDefault();
        if (told) return;
        told = true;
        tell({ type: "failed", id, message: String(event.message || "The worker could not start.").slice(0, 1000) });
      };
      workers.set(id, { worker, boot });
      worker.postMessage(null, [port]);
    },
    kill: ({ id }) => {
      const entry = workers.get(id);
      if (entry) {
        entry.worker.terminate();
        URL.revokeObjectURL(entry.boot);
        workers.delete(id);
      }
      tell({ type: "killed", id });
    },
  };
  addEventListener("message", (event) => {
    if (event.source === page) commands[event.data.type](event.data, event.ports[0]);
  });
  tell({ type: "ready" });
})();`;

/** Nothing loads, nothing connects: scripts come from blob URLs that the frame itself has made. */
export const FRAME_POLICY =
  "default-src 'none'; script-src 'unsafe-inline' blob:; worker-src blob:; connect-src 'none'; form-action 'none'; base-uri 'none'";

/** The frame's whole document. */
export const FRAME_DOCUMENT = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${FRAME_POLICY}"><title>Sandbox</title><script>${FRAME_SCRIPT}</script>`;
