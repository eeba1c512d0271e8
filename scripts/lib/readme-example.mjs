import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

const fence = /^```ts\n(.*?)^```$/ms;
const assertion = /^(\S.*); \/\/ => (.*)$/gm;

/** What `// => text` stands for: a tensor's own text in one line, anything else as JSON. */
const show = `(value: unknown): string =>
  value instanceof Object && "dtype" in value ? String(value).replaceAll("\\n", "\\\\n") : JSON.stringify(value)`;

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
  const module = `const shown: object[] = [];\nObject.assign(globalThis, { shown });\nconst show = ${show};\n${body}`;
  return { module, assertions };
}
