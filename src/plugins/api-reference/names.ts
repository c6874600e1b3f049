import type { ProjectReflection } from "typedoc";
import { isCallable } from "./entries";
import { inheritedNamesOf, placesOf, sheetsOf } from "./sheets";

/** What a link to a name of the reference needs to know. */
export interface ApiName {
  /** Page and anchor below the reference's route, e.g. `mlflow-tracing/classes#MlflowClient.searchTraces`. */
  readonly address: string;
  /** Functions and methods are, classes and types are not. */
  readonly callable: boolean;
}

/** Every package, export and member by its dotted name: `mlflow-tracing`, `mlflow-tracing.MlflowClient.searchTraces`. */
export type ApiNames = Readonly<Record<string, ApiName>>;

/** The names of the reference, taken from the very pages that are written. */
export function namesOf(project: ProjectReflection): ApiNames {
  const names: Record<string, ApiName> = {};
  const sheets = sheetsOf(project);
  const addresses = new Map<unknown, ApiName>();
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
