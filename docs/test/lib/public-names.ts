import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** The packages in the order of their layers. */
export const packages = ["core-tensor", "autodiff", "linsolve", "implicit", "solvers"] as const;

/** For every package the names that its index exports, types included. */
export function publicNames(root: string): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(packages.map((name) => [name, exportsOf(join(root, "packages", name, "src/index.ts"))]));
}

function exportsOf(path: string): Set<string> {
  const names = new Set<string>();
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022);
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause, moduleSpecifier } = statement;
      if (exportClause === undefined) followAll(path, moduleSpecifier, names);
      else if (ts.isNamespaceExport(exportClause)) names.add(exportClause.name.text);
      else for (const { name } of exportClause.elements) names.add(name.text);
    } else if (ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(isExport) === true) {
      for (const name of declaredNames(statement)) names.add(name);
    }
  }
  return names;
}

const isExport = (modifier: ts.Modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword;

function followAll(path: string, specifier: ts.Expression | undefined, names: Set<string>): void {
  if (specifier === undefined || !ts.isStringLiteral(specifier)) return;
  const target = join(dirname(path), specifier.text.replace(/\.js$/, ".ts"));
  if (!existsSync(target)) throw new Error(`${path}: cannot follow export * from "${specifier.text}"`);
  for (const name of exportsOf(target)) names.add(name);
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? [name.text] : [],
    );
  }
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  ) {
    return statement.name === undefined ? [] : [statement.name.text];
  }
  return [];
}
