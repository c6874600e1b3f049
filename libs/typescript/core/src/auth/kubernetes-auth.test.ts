import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createKubernetesAuth, type KubeConfigLike, type KubeRequestOptions } from "./kubernetes-auth.js";

let mount = "";
let now = 0;
beforeEach(() => {
  mount = mkdtempSync(join(tmpdir(), "service-account-"));
  now = 0;
});
afterEach(() => rmSync(mount, { recursive: true, force: true }));

/** A kubeconfig that counts how often it is read. */
function kubeConfig(header: unknown, namespace?: string, method = "applyToHTTPSOptions") {
  const calls = { count: 0 };
  const newKubeConfig = async () => {
    calls.count++;
    return {
      loadFromDefault: () => {},
      getCurrentContext: () => "here",
      getContextObject: (name: string) => (name === "here" ? { namespace } : null),
      [method]: async ({ headers }: KubeRequestOptions) => {
        headers.Authorization = header;
      },
    } as KubeConfigLike;
  };
  return { calls, newKubeConfig };
}

const auth = (newKubeConfig?: () => Promise<KubeConfigLike>) =>
  createKubernetesAuth({ mount, now: () => now, ...(newKubeConfig && { newKubeConfig }) });

describe("createKubernetesAuth", () => {
  it("reads the service account first, and again after a minute", async () => {
    writeFileSync(join(mount, "token"), " first\n");
    writeFileSync(join(mount, "namespace"), "team-a\n");
    const { calls, newKubeConfig } = kubeConfig("Bearer other", "other");
    const kubernetes = auth(newKubeConfig);
    expect(await kubernetes.authorization()).toBe("Bearer first");
    expect(await kubernetes.namespace()).toBe("team-a");
    writeFileSync(join(mount, "token"), "second");
    now = 59_999;
    expect(await kubernetes.authorization()).toBe("Bearer first");
    now = 60_000;
    expect(await kubernetes.authorization()).toBe("Bearer second");
    expect(calls.count).toBe(0);
  });

  it.each(["applyToHTTPSOptions", "applytoHTTPSOptions"])(
    "reads a kubeconfig by %s, once for many callers",
    async (method) => {
      const { calls, newKubeConfig } = kubeConfig("Bearer from-config", " team-b ", method);
      const kubernetes = auth(newKubeConfig);
      const tokens = await Promise.all(Array.from({ length: 20 }, kubernetes.authorization));
      expect(new Set(tokens)).toEqual(new Set(["Bearer from-config"]));
      expect(calls.count).toBe(1);
      expect(await kubernetes.namespace()).toBe("team-b");
    },
  );

  it.each([
    ["another scheme", "Basic dXNlcjpwYXNz"],
    ["nothing", undefined],
    ["a scheme without a token", "Bearer "],
    ["a line break", "Bearer a\r\nx-admin: 1"],
    ["another type", 5],
  ])("refuses %s as a token", async (_case, header) => {
    await expect(auth(kubeConfig(header).newKubeConfig).authorization()).rejects.toThrow("No Kubernetes token found");
  });

  it("refuses to guess a namespace", async () => {
    await expect(auth(kubeConfig("Bearer a", " ").newKubeConfig).namespace()).rejects.toThrow(
      "No Kubernetes namespace",
    );
  });

  it("does not keep a failure", async () => {
    const kubernetes = auth(kubeConfig(undefined).newKubeConfig);
    await expect(kubernetes.authorization()).rejects.toThrow("No Kubernetes token");
    writeFileSync(join(mount, "token"), "arrived");
    expect(await kubernetes.authorization()).toBe("Bearer arrived");
  });

  it("says what to install when there is neither a service account nor the library for a kubeconfig", async () => {
    await expect(auth().authorization()).rejects.toThrow("npm install @kubernetes/client-node");
  });

  it("passes on why a kubeconfig cannot be read", async () => {
    const broken = async (): Promise<KubeConfigLike> => ({
      ...(await kubeConfig("x").newKubeConfig()),
      loadFromDefault: () => {
        throw new Error("bad yaml");
      },
    });
    await expect(auth(broken).authorization()).rejects.toThrow("bad yaml");
  });
});
