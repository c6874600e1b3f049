import { ApiFailure } from "../error";
import { type AnyValue, type KeyValue, writePythonJson } from "./any-value";

const LONGEST_NAME = 250;
const NAME_CHARACTERS = /^[\p{L}\p{N}_\-. :/]+$/u;
const NOT_TAKEN = /^(telemetry\.sdk|mlflow)\./;

/** Whether the server makes a tag of the name; others it leaves out without an error. */
export function isTagName(name: string): boolean {
  const isPath = name.split("/").every((part) => part !== "" && part !== "." && part !== "..");
  return name.length <= LONGEST_NAME && NAME_CHARACTERS.test(name) && isPath;
}

/** The tags that attributes of a resource become: strings as they are, anything else as JSON in ASCII. */
export function resourceTags(attributes: readonly KeyValue[]): Map<string, string> {
  const tags = attributes
    .filter(({ key }) => !NOT_TAKEN.test(key))
    .map(({ key, value }) => [key, tagText(value)] as const);
  return new Map(tags.filter(([key]) => isTagName(key)));
}

function tagText(value: AnyValue): string {
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) {
    throw new ApiFailure("INTERNAL_ERROR", "Object of type bytes is not JSON serializable");
  }
  return writePythonJson(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
