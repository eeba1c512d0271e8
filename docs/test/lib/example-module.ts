import ts from "typescript";
import type { Fence } from "./fences.js";
import { packages } from "./public-names.js";

/** A fence as a module: its imports and those of the names in scope on line 1, its code, line by line, from line 2. */
export interface ExampleModule {
  readonly fence: Fence;
  /** `export default async (check) => { ... }`; `check(line, value, text)` stands for `value; // => text`. */
  readonly text: string;
  /** Lines of the file that assert something. */
  readonly assertions: readonly number[];
}

/** @param names - what each package exports; a name of several packages is that of the fence's own, or of the lowest */
export function exampleModule(fence: Fence, names: ReadonlyMap<string, ReadonlySet<string>>): ExampleModule {
  const source = ts.createSourceFile("example.ts", fence.code, ts.ScriptTarget.ES2022, true);
  const imports = source.statements.filter(ts.isImportDeclaration);
  const { edits, lines } = assertionEdits(source, fence);
  // An import moves to line 1 and leaves its lines behind.
  for (const declaration of imports) {
    const blank = declaration.getText().replaceAll(/[^\n]/g, "");
    edits.push({ start: declaration.getStart(), end: declaration.end, text: blank });
  }
  const scope = scopeImports(source, imports, fence, names);
  const header = [
    ...imports.map((declaration) => declaration.getText().replaceAll("\n", " ")),
    ...scope,
  ].join(" ");
  const check = "check: (line: number, value: unknown, text: string) => void";
  return {
    fence,
    text: `${header} export default async (${check}): Promise<void> => { await undefined; void check;\n${apply(fence.code, edits)}\n};\n`,
    assertions: lines,
  };
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function apply(code: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, text: replacement }) => text.slice(0, start) + replacement + text.slice(end),
      code,
    );
}

/** `value; // => text` becomes `check(line, (value), "text");`, in blocks and functions too. */
function assertionEdits(source: ts.SourceFile, fence: Fence): { edits: Edit[]; lines: number[] } {
  const edits: Edit[] = [];
  const lines: number[] = [];
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (!ts.isExpressionStatement(node)) return;
    const comment = /^[ \t]*\/\/ => (.*)/.exec(source.text.slice(node.end));
    if (comment === null) return;
    const line = fence.line + source.getLineAndCharacterOfPosition(node.end).line;
    lines.push(line);
    edits.push(
      { start: node.getStart(), end: node.getStart(), text: `check(${String(line)}, (` },
      { start: node.expression.end, end: node.end, text: `), ${JSON.stringify(comment[1]!.trim())});` },
    );
  };
  visit(source);
  const written = source.text.match(/\/\/ ?=>/g)?.length ?? 0;
  if (written !== lines.length) {
    throw new Error(
      `${fence.file}:${String(fence.line)}: ${String(written)} comments "// =>", but ${String(lines.length)} of them ` +
        'stand behind an expression statement: write "expression; // => text"',
    );
  }
  return { edits, lines };
}

/** Imports of the public names that the code mentions and does not import itself. */
function scopeImports(
  source: ts.SourceFile,
  imports: readonly ts.ImportDeclaration[],
  fence: Fence,
  names: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const mentioned = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) mentioned.add(node.text);
    ts.forEachChild(node, visit);
  };
  for (const statement of source.statements) if (!ts.isImportDeclaration(statement)) visit(statement);
  const own = imports.flatMap(({ importClause }) => importedNames(importClause));
  for (const name of own) mentioned.delete(name);
  const home = /^packages\/([^/]+)\//.exec(fence.file)?.[1];
  const order = [...(home === undefined ? [] : [home]), ...packages];
  const byPackage = new Map<string, string[]>();
  for (const name of mentioned) {
    const from = order.find((candidate) => names.get(candidate)?.has(name) === true);
    if (from !== undefined) byPackage.set(from, [...(byPackage.get(from) ?? []), name]);
  }
  return [...byPackage].map(([from, list]) => `import { ${list.join(", ")} } from "@cotangent/${from}";`);
}

function importedNames(clause: ts.ImportClause | undefined): string[] {
  const names = clause?.name === undefined ? [] : [clause.name.text];
  const bindings = clause?.namedBindings;
  if (bindings === undefined) return names;
  if (ts.isNamespaceImport(bindings)) return [...names, bindings.name.text];
  return [...names, ...bindings.elements.map(({ name }) => name.text)];
}
