import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

const fence = /^```ts\n(.*?)^```$/ms;
const assertion = /^(\S.*); \/\/ => (.*)$/gm;

/**
 * The first example of README.md as a module for a page: each line `expression; // => text` pushes the line, the text
 * and what the expression really gives to `globalThis.shown`.
 */
export function readmeExample() {
  const code = fence.exec(readFileSync(join(root, "README.md"), "utf8"))?.[1];
  if (code === undefined) throw new Error("README.md has no ```ts example.");
  let assertions = 0;
  const body = code.replaceAll(assertion, (line, expression, text) => {
    assertions += 1;
    const quoted = `line: ${JSON.stringify(line)}, text: ${JSON.stringify(text)}`;
    return `shown.push({ ${quoted}, got: show(${expression}) });`;
  });
  // Every arrow must have been understood: one that was not is an assertion that silently does not run.
  const arrows = code.split("// =>").length - 1;
  if (assertions === 0 || assertions !== arrows) {
    throw new Error(
      `README.md: ${arrows} assertions, of which ${assertions} are one line of the outermost level, "expression; // => text".`,
    );
  }
  // The text of a value is made by what checks the examples of the documents in Node.
  const head = `import { show } from "./test/lib/show.js";
const shown: object[] = [];
Object.assign(globalThis, { shown });`;
  const module = `${head}\n${body}`;
  return { module, assertions };
}
