import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { documentedExports } from "./lib/documented-exports.js";

const root = dirname(dirname(import.meta.dirname));
const exported = documentedExports(root, ["core-tensor", "autodiff"]);

/** Namespaces of values that are not called by users, one like the other: a table says more than an example of each. */
const tables = new Set(["core-tensor: primitives"]);

/** What throws an error shows it, and docs/guides/errors.md has them all. */
const isError = ({ name, kind }: (typeof exported)[number]) =>
  kind === ts.SyntaxKind.ClassDeclaration && name.endsWith("Error");

describe("public names", () => {
  test("there are many", () => {
    expect(exported.length).toBeGreaterThan(200);
  });

  test("all have a docstring", () => {
    const without = exported.filter(({ documented, module }) => !documented && !tables.has(module));
    expect(without.map(({ module, name }) => `${module}.${name}`)).toEqual([]);
  });

  test("all functions and classes have an example, which is run", () => {
    const without = exported.filter(
      (one) => one.isValue && !one.hasExample && !tables.has(one.module) && !isError(one),
    );
    expect(without.map(({ module, name }) => `${module}.${name}`)).toEqual([]);
  });
});

test("the search notices what is missing", () => {
  const folder = mkdtempSync(join(tmpdir(), "cotangent-exports-"));
  try {
    const sources = join(folder, "packages/fixture/src");
    mkdirSync(sources, { recursive: true });
    const example = "@example\n * ```ts\n * shown; // => 2\n * ```";
    writeFileSync(
      join(sources, "index.ts"),
      `export const bare = 0;\n/** One. */\nexport const described = 1;\n/**\n * Two.\n * ${example}\n */\nexport const shown = 2;\n`,
    );
    const found = documentedExports(folder, ["fixture"]);
    expect(found.map(({ name, documented, hasExample }) => [name, documented, hasExample])).toEqual([
      ["bare", false, false],
      ["described", true, false],
      ["shown", true, true],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
