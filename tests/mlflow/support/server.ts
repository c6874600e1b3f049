import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import * as launcher from "../../../scripts/mlflow/server.mjs";
import { testEnvironment } from "./environment";

/** A tracking server of a test's own. */
export interface TrackingServer {
  readonly uri: string;
  /** Path of its SQLite database. */
  readonly database: string;
  /** Ends all its processes at once, by SIGKILL. */
  kill(): Promise<void>;
}

/** Where a server keeps everything; another server that is started there goes on with it. */
export interface ServerPlace {
  readonly port: number;
  readonly folder: string;
}

export async function newPlace(name: string): Promise<ServerPlace> {
  const folder = join(testEnvironment().folder, name);
  mkdirSync(folder);
  return { folder, port: await freePort() };
}

/** Starts a server; resolves when it answers. */
export function startServer(place: ServerPlace): Promise<TrackingServer> {
  return launcher.startServer({ python: testEnvironment().python, workers: 1, ...place });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
