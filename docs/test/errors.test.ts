import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";

const root = dirname(dirname(import.meta.dirname));

test("docs/guides/errors.md lists every error class with its code, and each says its name, which minifiers change", () => {
  const declaration =
    /class (\w+)(?:<.*?>)? extends CotangentError \{\n {2}override readonly name: string = "\1";.*?super\(\s*"([A-Z_]+)"/gs;
  const declared = readdirSync(join(root, "packages"))
    .flatMap((name) => {
      const source = join(root, "packages", name, "src");
      return readdirSync(source, { recursive: true, encoding: "utf8" }).map((path) => join(source, path));
    })
    .filter((path) => path.endsWith(".ts"))
    .flatMap((path) => [...readFileSync(path, "utf8").matchAll(declaration)])
    .map(([, name, code]) => `${code!} ${name!}`);
  const guide = readFileSync(join(root, "docs", "guides", "errors.md"), "utf8");
  const listed = [...guide.matchAll(/^\| `([A-Z_]+)`\s*\| `(\w+)`/gm)].map(
    ([, code, name]) => `${code!} ${name!}`,
  );
  expect(declared.length).toBeGreaterThan(10);
  expect(listed.sort()).toEqual(declared.sort());
});
