// @ts-check
import { createServer } from "node:net";
import { StepFailure } from "../setup/steps.mjs";

/** @typedef {import("node:net").Server} NetServer */
/**
 * @typedef {object} Wish
 * @property {string} [host] default: this machine only, by IPv4 and, where there is one, IPv6
 * @property {number} port 0 for any
 * @property {boolean} [strict] fail instead of taking the next free port
 * @property {(line: string) => void} log
 */

const DEFAULT_PORT = 3000;
const LAST_PORT = 65_535;
const ATTEMPTS = 50;
const LOOPBACK = ["127.0.0.1", "::1"];

/**
 * The port that an environment variable asks for.
 * @param {string | undefined} text
 * @returns {number}
 */
export function portFromEnvironment(text) {
  if (text === undefined || text === "") return DEFAULT_PORT;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= LAST_PORT) return port;
  throw new StepFailure(`PORT must be a number from 0 to ${LAST_PORT}, not ${JSON.stringify(text)}.`);
}

/** @param {unknown} error */
function errorCode(error) {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/**
 * @param {NetServer} server @param {string} host @param {number} port
 * @returns {Promise<number>} the port it listens at
 */
function open(server, host, port) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

/** @param {readonly NetServer[]} servers */
function closeAll(servers) {
  return Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
}

/**
 * Opens one server per address, all at the same port.
 * @param {() => NetServer} create @param {readonly string[]} hosts @param {number} wanted
 * @returns {Promise<{ port: number, servers: NetServer[] } | undefined>} undefined when the port is taken
 */
async function openAll(create, hosts, wanted) {
  /** @type {NetServer[]} */
  const servers = [];
  let port = wanted;
  for (const host of hosts) {
    const server = create();
    try {
      port = await open(server, host, port);
      servers.push(server);
    } catch (error) {
      // A machine without IPv6 has no ::1; IPv4 is enough.
      if (servers.length > 0 && errorCode(error) !== "EADDRINUSE") continue;
      await closeAll(servers);
      if (errorCode(error) === "EADDRINUSE") return undefined;
      throw new StepFailure(`Cannot listen at ${host}:${port}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return { port, servers };
}

/**
 * Opens servers at the port wished for or the next free one.
 * @param {() => NetServer} create
 * @param {Wish} wish
 * @returns {Promise<{ port: number, servers: NetServer[] }>}
 * @throws {StepFailure} when no port can be had
 */
async function openNear(create, { host, port, strict = false, log }) {
  const hosts = host === undefined || host === "localhost" ? LOOPBACK : [host];
  for (let at = port; at <= Math.min(port + ATTEMPTS, LAST_PORT); at += 1) {
    const opened = await openAll(create, hosts, at);
    if (opened !== undefined) return opened;
    if (strict) break;
    log(`Port ${at} is taken by another program; trying ${at + 1}.`);
  }
  throw new StepFailure(`Port ${port} is taken by another program. Set PORT to a free one.`);
}

/**
 * A port that nobody listens at now.
 * @param {Wish} wish
 */
export async function freePort(wish) {
  const { port, servers } = await openNear(() => createServer(), wish);
  await closeAll(servers);
  return port;
}

/**
 * Starts a web server.
 * @param {() => import("node:http").Server} create makes one server for each address
 * @param {Wish} wish
 * @returns {Promise<{ port: number, close: () => Promise<unknown> }>} `close` ends open connections too
 */
export async function listen(create, wish) {
  /** @type {import("node:http").Server[]} */
  const made = [];
  const { port, servers } = await openNear(() => {
    const server = create();
    made.push(server);
    return server;
  }, wish);
  const close = () => {
    for (const server of made) server.closeAllConnections();
    return closeAll(servers);
  };
  return { port, close };
}
