import { dirname } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { tensor } from "@cotangent/core-tensor";
import { exampleModule } from "./lib/example-module.js";
import { fencesOf, findFences } from "./lib/fences.js";
import { publicNames } from "./lib/public-names.js";
import { runExample } from "./lib/run-example.js";
import { show } from "./lib/show.js";
import { typeErrors } from "./lib/type-check.js";

const root = dirname(dirname(import.meta.dirname));
const names = publicNames(root);
describe("the example at", () => {
  const examples = findFences(root).map((fence) => exampleModule(fence, names));
  let errors: ReadonlyMap<number, readonly string[]> = new Map();
  beforeAll(() => {
    errors = typeErrors(root, examples);
  }, 60_000);

  const table = examples.map((example, i) => {
    const { file, line, run } = example.fence;
    return { title: `${file}:${String(line)}${run ? "" : " (types only)"}`, example, i };
  });
  test.each(table)(
    "$title",
    async ({ example, i }) => {
      expect(errors.get(i) ?? []).toEqual([]);
      if (example.fence.run) expect(await runExample(example)).toEqual([]);
    },
    60_000,
  );
});

describe("the runner of examples", () => {
  const module = (code: string) => exampleModule({ file: "README.md", line: 10, code, run: true }, names);
  const run = (code: string) => runExample(module(code));

  test("finds fences in documents and in comments", () => {
    const document =
      "text\n```ts\nf();\n```\n- item\n  ```ts no-run\n  if (x) {\n    g();\n  }\n  ```\n```sh\nls\n```\n";
    expect(fencesOf("a.md", document)).toEqual([
      { file: "a.md", line: 3, code: "f();", run: true },
      { file: "a.md", line: 7, code: "if (x) {\n  g();\n}", run: false },
    ]);
    const source = "/**\n * @example\n * ```ts\n * f(\n *\n *   1);\n * ```\n */\nconst x = `\n```ts\n`;";
    expect(fencesOf("a.ts", source)).toEqual([{ file: "a.ts", line: 4, code: "f(\n\n  1);", run: true }]);
    expect(fencesOf("a.md", "```ts\na;\nb;\n```\ntext\n```ts continued\nc;\n```")).toEqual([
      { file: "a.md", line: 2, code: "a;\nb;\n\n\n\nc;", run: true },
    ]);
    expect(() => fencesOf("a.md", "```ts continued\nf();\n```")).toThrow(
      "a.md:1: there is no example before",
    );
    expect(() => fencesOf("a.md", "```ts\nf();")).toThrow("a.md:1: this code fence is not closed");
  });

  test("accepts what is right", async () => {
    expect(
      await run("const x = tensor([[1, 2], [3, 4]]);\nx\n  .mul(2)\n  .T; // => [[2, 6],\\n [4, 8]]"),
    ).toEqual([]);
    expect(
      await run('import { grad as g } from "@cotangent/autodiff";\ng((x: Tensor) => x.sin())(0); // => 1'),
    ).toEqual([]);
    expect(
      await run("await Promise.resolve([1, { a: 'b', c: true }]); // => [1, { a: \"b\", c: true }]"),
    ).toEqual([]);
    expect(await run("const tensor = 1 / 3;\ntensor; // => 0.33333333")).toEqual([]);
  });

  test("does not look at layout", async () => {
    expect(await run("[[1, 2], 'a b']; // => [[1,2],\\n \"a b\"]")).toEqual([]);
    expect(await run("'a b'; // => \"ab\"")).toMatchObject([{ got: '"a b"' }]);
  });

  test("refuses wrong values, and names their lines", async () => {
    expect(await run("let x = 1;\nx; // => 1\nx + 1; // => 3")).toEqual([
      { line: 12, written: "3", got: "2" },
    ]);
  });

  test("refuses lines that are never reached", async () => {
    expect(await run("const f = () => {\n  1; // => 1\n};")).toMatchObject([
      { line: 11, got: "never reached" },
    ]);
  });

  test("refuses comments that assert nothing", () => {
    expect(() => module("const x = 1; // => 1")).toThrow('README.md:10: 1 comments "// =>", but 0');
  });

  test("fails when an example throws, or imports what it may not", async () => {
    await expect(run("throw new Error('boom');")).rejects.toThrow("boom");
    await expect(run("tensor([1], { shape: [2] });")).rejects.toThrow("do not fill");
    await expect(run('import { x } from "elsewhere";\nx;')).rejects.toThrow('cannot import "elsewhere"');
  });

  test("finds type errors, and their lines", () => {
    const wrong = module("const a: number = 1;\nconst b: string = a;");
    expect(typeErrors(root, [module("1 + 1; // => 2"), wrong]).get(1)).toEqual([
      "README.md:11: error TS2322: Type 'number' is not assignable to type 'string'.",
    ]);
  }, 60_000);

  test("shows tensors and other values", () => {
    expect([1 / 3, NaN, "a", null, undefined, [1, [2]], {}, new Float64Array(2)].map(show)).toEqual([
      "0.33333333",
      "NaN",
      '"a"',
      "null",
      "undefined",
      "[1, [2]]",
      "{}",
      "[0, 0]",
    ]);
    expect(show(tensor([[1], [2]]))).toBe("[[1],\\n [2]]");
  });
});
