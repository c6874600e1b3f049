import type { ProjectReflection } from "typedoc";
import type { ApiNames } from "../../data/api-links/names";
import { isCallable } from "./entries";
import { inheritedNamesOf, placesOf, sheetsOf } from "./sheets";

/** The names of the reference, taken from the very pages that are written. */
export function namesOf(project: ProjectReflection): ApiNames {
  const names: ApiNames = {};
  const sheets = sheetsOf(project);
  const addresses = new Map<unknown, ApiNames[string]>();
  for (const sheet of sheets) {
    names[sheet.package] ??= { address: sheet.path, callable: false };
    for (const { declaration, name, address } of placesOf(sheet)) {
      const entry = { address, callable: isCallable(declaration) };
      addresses.set(declaration, entry);
      names[`${sheet.package}.${name}`] ??= entry;
    }
  }
  for (const sheet of sheets) {
    for (const [name, origin] of inheritedNamesOf(sheet)) {
      const known = addresses.get(origin);
      if (known) names[`${sheet.package}.${name}`] ??= known;
    }
  }
  return names;
}
