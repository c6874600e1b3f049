import {
  type Comment,
  type DeclarationReflection,
  type ProjectReflection,
  ReferenceReflection,
  ReflectionKind,
} from "typedoc";
import { isCallable, membersOf, signaturesOf } from "./entries";
import { sheetsOf } from "./sheets";

/** Something that a docstring lacks. */
export interface Gap {
  /** Dotted, with the package: `mlflow-tracing.MlflowClient.searchTraces`. */
  readonly name: string;
  readonly missing: "description" | "example";
}

/**
 * What the docstrings of the packages lack: the description of an export or a method, the example of what a program calls.
 * The example of a class counts for the methods that are called in it; an interface is implemented, not called.
 */
export function gapsOf(project: ProjectReflection): Gap[] {
  return sheetsOf(project).flatMap((sheet) =>
    sheet.sections
      .flatMap(({ entries }) => entries)
      .flatMap(({ name, declarations: [declaration] }) => gapsOfExport(`${sheet.package}.${name}`, declaration)),
  );
}

function gapsOfExport(name: string, declaration: DeclarationReflection): Gap[] {
  if (declaration instanceof ReferenceReflection) return [];
  const isClass = declaration.kindOf(ReflectionKind.Class);
  const ofClass = examplesIn(declaration);
  const methods = membersOf(declaration).filter(
    (member) => isCallable(member) && !member.kindOf(ReflectionKind.Constructor),
  );
  return [
    ...gap(name, "description", hasDescription(declaration)),
    ...gap(name, "example", !(isClass || isCallable(declaration)) || ofClass !== ""),
    ...methods.flatMap((method) => [
      ...gap(`${name}.${method.name}`, "description", hasDescription(method)),
      ...gap(`${name}.${method.name}`, "example", !isClass || isShown(method, ofClass)),
    ]),
  ];
}

function gap(name: string, missing: Gap["missing"], isThere: boolean): Gap[] {
  return isThere ? [] : [{ name, missing }];
}

/** By an example of its own, of its class, or of the documented method that it overrides. */
function isShown(method: DeclarationReflection, ofClass: string): boolean {
  return ofClass.includes(`.${method.name}(`) || overrides(method) || examplesIn(method) !== "";
}

function overrides(method: DeclarationReflection): boolean {
  return [method, ...signaturesOf(method)].some(({ overwrites }) => overwrites?.reflection !== undefined);
}

function hasDescription(declaration: DeclarationReflection): boolean {
  return commentsOf(declaration).some(({ summary }) => summary.some(({ text }) => text.trim() !== ""));
}

/** The text of all examples of a declaration and, of a class, of its constructor. */
function examplesIn(declaration: DeclarationReflection): string {
  const constructors = (declaration.children ?? []).filter((child) => child.kindOf(ReflectionKind.Constructor));
  return [declaration, ...constructors]
    .flatMap(commentsOf)
    .flatMap((comment) => comment.getTags("@example"))
    .flatMap(({ content }) => content.map(({ text }) => text))
    .join("\n");
}

function commentsOf(declaration: DeclarationReflection): Comment[] {
  return [declaration, ...signaturesOf(declaration)].flatMap(({ comment }) => comment ?? []);
}
