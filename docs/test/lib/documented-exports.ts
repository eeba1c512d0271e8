import { join } from "node:path";
import ts from "typescript";

/** A name that a package exports, or a namespace that it exports. */
export interface DocumentedExport {
  /** `package`, or `package: namespace`. */
  readonly module: string;
  readonly name: string;
  readonly kind: ts.SyntaxKind;
  /** Not a type alone. */
  readonly isValue: boolean;
  readonly documented: boolean;
  /** With a ```ts fence, which `doc-examples.test.ts` runs. */
  readonly hasExample: boolean;
}

/** What the indexes of packages export, with what their docstrings have. */
export function documentedExports(root: string, packages: readonly string[]): DocumentedExport[] {
  const sources = (module: string) => join(root, "packages", module.split(":")[0]!, "src/");
  const files = packages.map((name) => join(sources(name), "index.ts"));
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    noLib: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  return files.flatMap((file, i) =>
    exportsOf(packages[i]!, checker.getSymbolAtLocation(program.getSourceFile(file)!)),
  );

  function exportsOf(module: string, symbol: ts.Symbol | undefined): DocumentedExport[] {
    if (symbol === undefined) throw new Error(`${module} is not a module`);
    return checker.getExportsOfModule(symbol).flatMap((entry) => {
      const target = entry.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(entry) : entry;
      if (target.flags & ts.SymbolFlags.ValueModule) return exportsOf(`${module}: ${entry.name}`, target);
      // What is exported again from another package is described there.
      const declaration = target.declarations?.[0];
      if (declaration?.getSourceFile().fileName.startsWith(sources(module)) !== true) return [];
      const examples = target.getJsDocTags(checker).filter(({ name }) => name === "example");
      return [
        {
          module,
          name: entry.name,
          kind: declaration.kind,
          isValue:
            (target.flags & ts.SymbolFlags.Value) !== 0 &&
            entry.declarations?.some(ts.isTypeOnlyExportDeclaration) !== true,
          documented: target.getDocumentationComment(checker).length > 0,
          hasExample: examples.some(({ text }) => ts.displayPartsToString(text).includes("```ts\n")),
        },
      ];
    });
  }
}
