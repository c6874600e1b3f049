import type { CreateLiveEditor } from "./live-editor-contract";

let loading: Promise<CreateLiveEditor> | null = null;

/** Loads Monaco, once for the page. After a failure, e.g. offline, the next call tries again. */
export function loadLiveEditor(): Promise<CreateLiveEditor> {
  loading ??= import(/* webpackChunkName: "monaco-editor" */ "./monaco/live-editor").then(
    (module) => module.createLiveEditor,
  );
  loading.catch(() => {
    loading = null;
  });
  return loading;
}
