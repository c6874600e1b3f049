/** @throws Error that names the option when its value is no string */
export function requireText(option: string, value: unknown): asserts value is string {
  if (typeof value !== "string") throw new Error(`${option} must be a string, not ${typeof value}.`);
}
