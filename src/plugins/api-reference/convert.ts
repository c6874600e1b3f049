import { relative } from "node:path";
import {
  Application,
  type Context,
  Converter,
  Logger,
  LogLevel,
  type ProjectReflection,
  type Reflection,
  ReflectionKind,
  type TypeDocOptions,
} from "typedoc";
import { load as markdown, type PluginOptions } from "typedoc-plugin-markdown";
import ts from "typescript";
import type { SdkPackage } from "./packages";
import { ReferenceRouter } from "./router";
import { referenceTheme } from "./theme";

/** Where the site shows the reference. */
export const ROUTE = "/api";

/** The packages as TypeDoc sees them: one module for each, with the package's name. */
export interface Converted {
  readonly app: Application;
  readonly project: ProjectReflection;
  /** What TypeDoc complains of, such as a `{@link}` that leads nowhere; one line each. */
  readonly warnings: readonly string[];
}

const OPTIONS: Partial<TypeDocOptions> & PluginOptions = {
  plugin: [markdown],
  name: "TypeScript API",
  router: "reference",
  theme: "reference",
  publicPath: ROUTE,
  disableSources: true,
  excludePrivate: true,
  excludeProtected: true,
  excludeInternal: true,
  excludeExternals: true,
  skipErrorChecking: true,
  readme: "none",
  sort: ["static-first", "alphabetical"],
  // A type may well stay unnamed to the outside; the others are mistakes.
  validation: { invalidLink: true, notExported: false, rewrittenLink: true, unusedMergeModuleWith: true },
  useCodeBlocks: true,
  expandObjects: true,
  expandParameters: true,
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
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, leaveOutPrivate);
  const program = createProgram(siteDir, packages);
  const project = app.converter.convert(
    packages.map(({ name, entry }) => {
      const sourceFile = program.getSourceFile(entry);
      if (!sourceFile) throw new Error(`TypeScript cannot read ${relative(siteDir, entry)}.`);
      return { displayName: name, program, sourceFile };
    }),
  );
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

function leaveOutPrivate({ project }: Context): void {
  const isPrivate = (reflection: Reflection) => /^_[^_]/.test(reflection.name) && !reflection.kindOf(ReflectionKind.Parameter);
  for (const reflection of Object.values(project.reflections)) {
    if (isPrivate(reflection)) project.removeReflection(reflection);
  }
}
