import {
  type DeclarationReflection,
  type MappedType,
  type ParameterReflection,
  type PredicateType,
  type ReferenceType,
  ReflectionKind,
  type SignatureReflection,
  type SomeType,
  TypeContext,
  type TypeParameterReflection,
} from "typedoc";
import type { MarkdownThemeContext } from "typedoc-plugin-markdown";
import type { Code, Group } from "./layout";
import { parameterName } from "./parameter-name";

const list = (open: string, items: readonly Code[], close: string): Group => ({ open, items, close, separator: "," });

/** Types as code, with links to what the reference documents. */
export class TypeWriter {
  constructor(private readonly context: Pick<MarkdownThemeContext, "router" | "urlTo">) {}

  /** @param where what the type stands in, which decides whether it needs parentheses */
  type(type: SomeType | undefined, where: TypeContext = TypeContext.none): Code {
    if (!type) return "any";
    const code = this.bare(type);
    return type.needsParenthesis(where) ? ["(", code, ")"] : code;
  }

  /** `(a: number, b?: string): boolean`, with `=> boolean` instead for the type of a function. */
  signature(model: SignatureReflection, arrow: ": " | " => "): Code {
    const { typeParameters = [], parameters = [], type } = model;
    const result = model.kindOf(ReflectionKind.ConstructorSignature) ? [] : [arrow, this.type(type)];
    const items = parameters.map((each) => this.parameter(each));
    return [this.typeParameters(typeParameters), { ...list("(", items, ")"), first: true }, ...result];
  }

  typeParameters(found: readonly TypeParameterReflection[]): Code {
    if (found.length === 0) return "";
    const items = found.map(
      ({ name, type, default: fallback }): Code => [
        name,
        ...(type ? [" extends ", this.type(type)] : []),
        ...(fallback ? [" = ", this.type(fallback)] : []),
      ],
    );
    return list("<", items, ">");
  }

  /** A member of an object's type, without the mark that ends it. */
  member(model: DeclarationReflection): Code {
    const name = `${model.flags.isReadonly ? "readonly " : ""}${propertyName(model.name)}${model.flags.isOptional ? "?" : ""}`;
    const [signature] = model.kindOf(ReflectionKind.Method) ? (model.signatures ?? []) : [];
    return signature ? [name, this.signature(signature, ": ")] : [name, ": ", this.type(model.type)];
  }

  private parameter(model: ParameterReflection): Code {
    return [`${model.flags.isRest ? "..." : ""}${parameterName(model)}`, ": ", this.type(model.type)];
  }

  private bare(type: SomeType): Code {
    switch (type.type) {
      case "reference":
        return this.reference(type);
      case "reflection":
        return this.object(type.declaration);
      case "array":
        return [this.type(type.elementType, TypeContext.arrayElement), "[]"];
      case "union":
        return { open: "", close: "", separator: "|", items: this.all(type.types, TypeContext.unionElement) };
      case "intersection":
        return this.all(type.types, TypeContext.intersectionElement).flatMap((code, at) =>
          at ? [" & ", code] : [code],
        );
      case "tuple":
        return list("[", this.all(type.elements, TypeContext.tupleElement), "]");
      case "namedTupleMember":
        return [`${type.name}${type.isOptional ? "?" : ""}: `, this.type(type.element)];
      case "typeOperator":
        return [`${type.operator} `, this.type(type.target, TypeContext.typeOperatorTarget)];
      case "query":
        return ["typeof ", this.type(type.queryType)];
      case "indexedAccess":
        return [this.type(type.objectType, TypeContext.indexedObject), "[", this.type(type.indexType), "]"];
      case "predicate":
        return this.predicate(type);
      case "mapped":
        return this.mapped(type);
      default:
        return type.toString();
    }
  }

  private all(types: readonly SomeType[], where: TypeContext): Code[] {
    return types.map((type) => this.type(type, where));
  }

  private reference(type: ReferenceType): Code {
    const { reflection, name, typeArguments = [] } = type;
    const isLinked = reflection && !type.refersToTypeParameter && this.context.router.hasUrl(reflection);
    const head: Code = isLinked ? { text: reflection.name, href: this.context.urlTo(reflection) } : name;
    return typeArguments.length > 0
      ? [head, list("<", this.all(typeArguments, TypeContext.referenceTypeArgument), ">")]
      : head;
  }

  private object(declaration: DeclarationReflection): Code {
    const { children = [], signatures = [], indexSignatures = [] } = declaration;
    const [only] = signatures;
    if (only && signatures.length === 1 && children.length === 0) {
      const isConstructor = only.kindOf(ReflectionKind.ConstructorSignature);
      return [isConstructor ? "new " : "", this.signature(only, " => ")];
    }
    const items: Code[] = [
      ...signatures.map((each) => this.signature(each, ": ")),
      ...indexSignatures.map((each) => this.indexSignature(each)),
      ...children.map((child) => this.member(child)),
    ];
    return { open: "{", pad: " ", items, close: "}", separator: ";" };
  }

  private indexSignature({ parameters: [key] = [], type, flags }: SignatureReflection): Code {
    return [
      `${flags.isReadonly ? "readonly " : ""}[${key?.name ?? "key"}: `,
      this.type(key?.type),
      "]: ",
      this.type(type),
    ];
  }

  private predicate({ asserts, name, targetType }: PredicateType): Code {
    return [`${asserts ? "asserts " : ""}${name}`, ...(targetType ? [" is ", this.type(targetType)] : [])];
  }

  private mapped(type: MappedType): Code {
    const modifier = (sign: "+" | "-" | undefined, word: string) => (sign ? `${sign === "-" ? "-" : ""}${word}` : "");
    const key = [`[${type.parameter} in `, this.type(type.parameterType), "]"];
    const readonly = modifier(type.readonlyModifier, "readonly ");
    return ["{ ", readonly, ...key, `${modifier(type.optionalModifier, "?")}: `, this.type(type.templateType), " }"];
  }
}

function propertyName(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
}
