import { type DeclarationReflection, ReflectionKind, ReflectionType, type SignatureReflection } from "typedoc";

/** What a package exports under one name: a constant and a type may share it. */
export interface Entry {
  readonly name: string;
  readonly declarations: readonly [DeclarationReflection, ...DeclarationReflection[]];
}

/** The exports of one kind, by name. */
export interface Section {
  readonly title: string;
  readonly entries: readonly Entry[];
}

const SECTIONS: readonly [title: string, kinds: ReflectionKind][] = [
  ["Functions", ReflectionKind.Function],
  ["Classes", ReflectionKind.Class],
  ["Constants", ReflectionKind.Variable | ReflectionKind.Enum],
  ["Types", ReflectionKind.Interface | ReflectionKind.TypeAlias],
  ["From other packages", ReflectionKind.Reference],
];

/** The exports of a package by kind; a type of the same name as a constant stands with the constant. */
export function sectionsOf(module: DeclarationReflection): Section[] {
  const taken = new Set<string>();
  return SECTIONS.map(([title, kinds]) => {
    const found = (module.children ?? [])
      .filter((child) => child.kindOf(kinds) && !taken.has(child.name))
      .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
    const entries = found.map((first): Entry => {
      taken.add(first.name);
      const others = (module.children ?? []).filter((child) => child !== first && child.name === first.name);
      return { name: first.name, declarations: [first, ...others] };
    });
    return { title, entries };
  }).filter(({ entries }) => entries.length > 0);
}

/**
 * The members of a class, an interface or the type of an object, without those that it has from another documented one.
 */
export function membersOf(declaration: DeclarationReflection): DeclarationReflection[] {
  return allMembersOf(declaration).filter((member) => !originOf(declaration, member) && !isPlainConstructor(member));
}

/** A constructor that takes nothing and of which nothing is said. */
function isPlainConstructor(member: DeclarationReflection): boolean {
  if (!member.kindOf(ReflectionKind.Constructor)) return false;
  return !signaturesOf(member).some(({ parameters, comment }) => parameters?.length || comment);
}

/** Those that it has from a documented class or interface, each with the declaration it comes from. */
export function inheritedMembersOf(
  declaration: DeclarationReflection,
): [DeclarationReflection, DeclarationReflection][] {
  return allMembersOf(declaration).flatMap((member): [DeclarationReflection, DeclarationReflection][] => {
    const origin = originOf(declaration, member);
    return origin ? [[member, origin]] : [];
  });
}

/** TypeDoc's own answer may be a sister class, where both inherit from one that is not exported. */
function originOf(owner: DeclarationReflection, member: DeclarationReflection): DeclarationReflection | undefined {
  if (!member.inheritedFrom) return undefined;
  for (const base of supertypesOf(owner)) {
    const found = base.children?.find(({ name }) => name === member.name);
    if (found) return originOf(base, found) ?? found;
  }
  return undefined;
}

/** The documented classes and interfaces that it extends or implements, also as `Partial<…>` or `Omit<…>` of one. */
function supertypesOf({ extendedTypes = [], implementedTypes = [] }: DeclarationReflection): DeclarationReflection[] {
  const references = [...extendedTypes, ...implementedTypes].filter((type) => type.type === "reference");
  return references
    .flatMap((type) => [type, ...(type.typeArguments ?? [])])
    .flatMap((type) => (type.type === "reference" && type.reflection?.isDeclaration() ? [type.reflection] : []));
}

function allMembersOf(declaration: DeclarationReflection): DeclarationReflection[] {
  const type = declaration.type;
  const holder = type instanceof ReflectionType ? type.declaration : declaration;
  return holder.children ?? [];
}

/** The signatures to call it by; of a constructor those of `new`. */
export function signaturesOf(declaration: DeclarationReflection): SignatureReflection[] {
  return declaration.signatures ?? [];
}

/** Whether it is shown as a heading with signatures, not as one line of a list. */
export function isCallable(declaration: DeclarationReflection): boolean {
  return (
    signaturesOf(declaration).length > 0 &&
    declaration.kindOf(ReflectionKind.FunctionOrMethod | ReflectionKind.Constructor)
  );
}
