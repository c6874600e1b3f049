import type { Problems } from "../problems.js";

/** Members that code can reach: those of the object and of its classes, by name, with what kind of thing they are. */
function membersOf(value: object): Map<string, string> {
  const members = new Map<string, string>();
  for (let owner: object | null = value; owner && owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
    for (const key of Reflect.ownKeys(owner)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(owner, key);
      if (!members.has(String(key))) members.set(String(key), descriptor?.get ? "accessor" : typeof descriptor?.value);
    }
  }
  return members;
}

/** What code can do with a value, before and after: its class and members are to be the same. */
export function compareMembers(before: unknown, after: unknown, what: string, problems: Problems): void {
  if (typeof before !== "object" || before === null || typeof after !== "object" || after === null) {
    problems.same(`kind of ${what}`, typeof before, typeof after);
    return;
  }
  const [left, right] = [Object.getPrototypeOf(before), Object.getPrototypeOf(after)];
  problems.holds(
    `class of ${what}`,
    left === right,
    left?.constructor?.name ?? "none",
    right?.constructor?.name ?? "none",
  );
  const [wanted, found] = [membersOf(before), membersOf(after)];
  for (const [key, kind] of wanted) {
    const seen = found.get(key) ?? "missing";
    // A plain property may be shown by an accessor and the other way round.
    const fits = seen === kind || (seen !== "missing" && (kind === "accessor" || seen === "accessor"));
    problems.holds(`member ${key} of ${what}`, fits, kind, seen);
  }
}

/** Functions of an object, of its classes and of the objects in it, by their path. */
export function functionsOf(
  value: unknown,
  path = "",
  depth = 0,
  found = new Map<string, unknown>(),
): Map<string, unknown> {
  if (typeof value !== "object" || value === null || depth > 3) return found;
  for (let owner: object | null = value; owner && owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
    for (const [key, { value: member }] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
      const place = `${path}.${key}`;
      if (found.has(place)) continue;
      if (typeof member === "function") found.set(place, member);
      else if (owner === value) functionsOf(member, place, depth + 1, found);
    }
  }
  return found;
}
