import type { DeclarationReflection, ProjectReflection } from "typedoc";
import { inheritedMembersOf, membersOf, type Section, sectionsOf } from "./entries";

/** A package with more exports than this has a page for each kind of them. */
const MOST_EXPORTS_ON_A_PAGE = 60;

/** One page of the reference: a package, or a part of a large one. */
export interface Sheet {
  /** Below the reference's route and without extension, e.g. `mlflow-tracing/classes`. */
  readonly path: string;
  /** Name of the package. */
  readonly package: string;
  readonly module: DeclarationReflection;
  /** What the page holds of a divided package, e.g. `Classes`. */
  readonly part: string | undefined;
  readonly sections: readonly Section[];
}

/** How a large package is divided; the first part has the package's own address. */
const PARTS: readonly [part: string, segment: string, sections: readonly string[]][] = [
  ["Functions", "", ["Functions"]],
  ["Classes", "/classes", ["Classes"]],
  ["Types and constants", "/types", ["Constants", "Types", "From other packages"]],
];

/** The pages of all packages. */
export function sheetsOf(project: ProjectReflection): Sheet[] {
  return (project.children ?? []).flatMap((module): Sheet[] => {
    const { name } = module;
    const sections = sectionsOf(module);
    const count = sections.reduce((sum, { entries }) => sum + entries.length, 0);
    if (count <= MOST_EXPORTS_ON_A_PAGE) return [{ path: name, package: name, module, part: undefined, sections }];
    return PARTS.map(([part, segment, titles]) => {
      const own = sections.filter(({ title }) => titles.includes(title));
      return { path: `${name}${segment}`, package: name, module, part, sections: own };
    });
  });
}

/** A place in the reference: an export of a package or a member of one. */
export interface Place {
  readonly declaration: DeclarationReflection;
  /** Dotted and without the package, e.g. `MlflowClient.searchTraces`; also the anchor on the page. */
  readonly name: string;
  /** The page and the anchor, e.g. `mlflow-tracing/classes#MlflowClient.searchTraces`. */
  readonly address: string;
}

/** Everything on a page that can be linked to, each declaration by its own name. */
export function placesOf({ path, sections }: Sheet): Place[] {
  const place = (declaration: DeclarationReflection, name: string) => ({
    declaration,
    name,
    address: `${path}#${name}`,
  });
  return sections
    .flatMap(({ entries }) => entries)
    .flatMap(({ name, declarations }) =>
      declarations.flatMap((declaration) => [
        place(declaration, name),
        ...membersOf(declaration).map((member) => place(member, `${name}.${member.name}`)),
      ]),
    );
}

/** Names of members that a class or an interface has from another one, each with the declaration it comes from. */
export function inheritedNamesOf({ sections }: Sheet): [name: string, origin: DeclarationReflection][] {
  return sections
    .flatMap(({ entries }) => entries)
    .flatMap(({ name, declarations }) =>
      declarations
        .flatMap(inheritedMembersOf)
        .map(([member, origin]): [string, DeclarationReflection] => [`${name}.${member.name}`, origin]),
    );
}
