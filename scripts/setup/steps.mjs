// @ts-check

/** A step that failed in a way the reader has been told about; its message is all there is to say. */
export class StepFailure extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "StepFailure";
  }
}

/**
 * Milliseconds for people: `0.4 s`, `12.3 s`, `2 min 5 s`.
 * @param {number} ms
 */
export function formatDuration(ms) {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Announces a step, does it and says how long it took.
 * @template T
 * @param {string} name
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const started = performance.now();
  console.log(`\n▸ ${name}`);
  try {
    const result = await work();
    console.log(`✓ ${name} (${formatDuration(performance.now() - started)})`);
    return result;
  } catch (error) {
    console.error(`✗ ${name} (${formatDuration(performance.now() - started)})`);
    throw error;
  }
}

/**
 * Awaits an exit code and turns anything but 0 into a failure.
 * @param {Promise<number>} exit
 * @param {string} advice what failed and what to do about it
 */
export async function expectSuccess(exit, advice) {
  const code = await exit;
  if (code !== 0) throw new StepFailure(`${advice} (exit code ${code})`);
}

/**
 * Runs a command's body. A failed step is told in one line, anything unforeseen with its stack; both end with exit code 1.
 * @param {() => Promise<void>} body
 */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof StepFailure ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
