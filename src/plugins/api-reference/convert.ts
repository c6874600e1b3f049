import { relative } from "node:path";
import {
  Application,
  type Context,
  Converter,
  type DeclarationReflection,
  Logger,
  LogLevel,
  type ProjectReflection,
  type Reflection,
  ReflectionKind,
  type TypeDocOptions,
} from "typedoc";
import { load as markdown, type PluginOptions } from "typedoc-plugin-markdown";
import ts from "typescript";
import { API_ROUTE } from "../../data/api-links/names";
import type { SdkPackage } from "./packages";
import { ReferenceRouter } from "./router";
import { referenceTheme } from "./theme";

/** The packages as TypeDoc sees them: one module for each, with the package's name. */
export interface Converted {
  readonly app: Application;
  readonly project: ProjectReflection;
  /** What TypeDoc complains of, such as a `{@link}` that leads nowhere; one line each. */
  readonly warnings: readonly string[];
}

const OPTIONS: Partial<TypeDocOptions> & PluginOptions = {
  plugin: [markdown],
  logLevel: "Warn",
  name: "TypeScript API",
  router: "reference",
  theme: "reference",
  publicPath: API_ROUTE,
  disableSources: true,
  excludePrivate: true,
  excludeProtected: true,
  excludeInternal: true,
  excludeExternals: true,
  skipErrorChecking: true,
  readme: "none",
  sort: ["source-order"],
  // A type may well stay unnamed to the outside; the others are mistakes.
  validation: { invalidLink: true, notExported: false, rewrittenLink: true, unusedMergeModuleWith: true },
};

/** Keeps what TypeDoc says instead of printing it. */
class CollectingLogger extends Logger {
  readonly warnings: string[] = [];
  override log(message: string, level: LogLevel): void {
    if (level >= LogLevel.Warn) this.warnings.push(message);
  }
}

/** Reads the packages' sources and docstrings. Names that begin with `_` are for our own packages and left out. */
export async function convertPackages(siteDir: string, packages: readonly SdkPackage[]): Promise<Converted> {
  const app = await Application.bootstrapWithPlugins(OPTIONS, []);
  const logger = new CollectingLogger();
  app.logger = logger;
  app.renderer.defineRouter("reference", ReferenceRouter);
  app.renderer.defineTheme("reference", referenceTheme(packages));
  const documented = new Set<Reflection>();
  const note = (_context: Context, reflection: Reflection) => {
    if (reflection.comment && !reflection.comment.inheritedFromParentDeclaration) documented.add(reflection);
  };
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, note);
  app.converter.on(Converter.EVENT_CREATE_SIGNATURE, note);
  const program = createProgram(siteDir, packages);
  const project = app.converter.convert(
    packages.map(({ name, entry }) => {
      const sourceFile = program.getSourceFile(entry);
      if (!sourceFile) throw new Error(`TypeScript cannot read ${relative(siteDir, entry)}.`);
      return { displayName: name, program, sourceFile };
    }),
  );
  removeInternals(project, documented);
  app.validate(project);
  return { app, project, warnings: logger.warnings };
}

/** A program of the packages alone: the whole repository would take several times as long. */
function createProgram(siteDir: string, packages: readonly SdkPackage[]): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(`${siteDir}/tsconfig.base.json`, undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
    },
  });
  return ts.createProgram(
    packages.map(({ entry }) => entry),
    { ...config?.options, types: ["node"], configFilePath: undefined },
  );
}

/** Forgets what is not for the packages' users. */
function removeInternals(project: ProjectReflection, documented: ReadonlySet<Reflection>): void {
  for (const reflection of Object.values(project.reflections)) {
    if (reflection.isDeclaration() && (isPrivate(reflection) || isForeign(reflection, documented))) {
      project.removeReflection(reflection);
    }
  }
}

const isPrivate = ({ name }: DeclarationReflection) => /^_[^_]/.test(name);

/** A method that only another library calls, through a class or interface of its own; what it says of it is its own text. */
function isForeign(member: DeclarationReflection, documented: ReadonlySet<Reflection>): boolean {
  const origin = member.overwrites ?? member.implementationOf;
  if (!origin || origin.reflection || member.kindOf(ReflectionKind.Constructor)) return false;
  const owner = member.parent?.isDeclaration() ? member.parent : undefined;
  const bases = [...(owner?.extendedTypes ?? []), ...(owner?.implementedTypes ?? [])];
  const base = bases.find((type) => type.type === "reference" && type.name === origin.name.split(".")[0]);
  if (base?.type !== "reference" || base.package?.startsWith("mlflow-")) return false;
  return ![member, ...(member.signatures ?? [])].some((each) => documented.has(each));
}
