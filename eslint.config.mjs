import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

// Globals that exist in browsers only or in Node only; a package runs in both.
const notEverywhere = ["window", "document", "navigator", "localStorage", "process", "Buffer", "require"];

export default defineConfig(
  // AssemblyScript looks like TypeScript and is not: its compiler checks it.
  { ignores: ["**/dist/", "**/node_modules/", "coverage/", "packages/core-tensor/assembly/**/*.ts"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A file is one concept; past this it is two. Blank lines and comments count: they are read as well.
      "max-lines": ["error", { max: 300, skipBlankLines: false, skipComments: false }],
      // Messages quote shapes and values, so numbers and booleans in templates are the normal case.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      // a[i]! is how a loop over a typed array reads under noUncheckedIndexedAccess: the bound is the loop's,
      // a check per element costs time, and `?? 0` would hide an index error instead of giving NaN.
      "@typescript-eslint/no-non-null-assertion": "off",
      // verbatimModuleSyntax keeps every value import in the output, so types must say that they are types.
      "@typescript-eslint/consistent-type-imports": "error",
      // `() => list.push(x)` as a callback that returns nothing is clear.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // A rule table's functions share one signature; what one does not use starts with an underscore.
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // A new status or kind must be met by every switch over it.
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ["packages/*/src/**/*.ts"],
    rules: { "no-restricted-globals": ["error", ...notEverywhere], "no-console": "error" },
  },
  {
    // An index.ts is a table of contents: it re-exports and holds no code.
    files: ["packages/*/src/**/index.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "Program > :not(ImportDeclaration):not(ExportAllDeclaration):not(ExportNamedDeclaration[declaration=null])",
          message: "An index.ts only re-exports; move the code to a file named after it.",
        },
      ],
    },
  },
  {
    // Plain-Node scripts and configuration files: no types, Node's globals.
    files: ["**/*.mjs"],
    languageOptions: {
      globals: { process: "readonly", console: "readonly", performance: "readonly", URL: "readonly" },
    },
  },
);
