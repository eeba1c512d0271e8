import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { kinksPage } from "./reference/kinks-page.js";
import { primitivesPage } from "./reference/primitives-page.js";

const folder = join(dirname(dirname(dirname(import.meta.dirname))), "docs", "reference");

test.each([
  ["kinks.md", kinksPage],
  ["primitives.md", primitivesPage],
])("docs/reference/%s is what the rules are; COTANGENT_UPDATE_DOCS=1 writes it anew", (file, page) => {
  const path = join(folder, file);
  if (process.env["COTANGENT_UPDATE_DOCS"] === "1") writeFileSync(path, page());
  expect(readFileSync(path, "utf8")).toBe(page());
});
