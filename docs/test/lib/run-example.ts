import { transformSync } from "esbuild";
import type { ExampleModule } from "./example-module.js";
import { show } from "./show.js";

/** A line whose value is not what the example says. */
export interface Mismatch {
  readonly line: number;
  readonly written: string;
  readonly got: string;
}

type Check = (line: number, value: unknown, text: string) => void;

/**
 * Runs an example; what it throws is thrown.
 *
 * @returns the lines that are wrong; one that was never reached is one of them
 */
export async function runExample({ text, assertions }: ExampleModule): Promise<Mismatch[]> {
  const { code } = transformSync(text, { loader: "ts", format: "cjs", target: "node20" });
  const modules = new Map<string, unknown>();
  for (const [, name] of code.matchAll(/\brequire\("([^"]+)"\)/g)) modules.set(name!, await load(name!));
  const require = (name: string): unknown => modules.get(name);
  const exports: { default?: (check: Check) => Promise<void> } = {};
  const module = { exports };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- running the text of our documents is the purpose
  const body = new Function("module", "exports", "require", code) as (...scope: unknown[]) => void;
  body(module, exports, require);

  const reached = new Set<number>();
  const mismatches: Mismatch[] = [];
  await silently(() =>
    module.exports.default?.((line, value, written) => {
      reached.add(line);
      const got = show(value);
      if (layoutFree(got) !== layoutFree(written)) mismatches.push({ line, written, got });
    }),
  );
  for (const line of assertions) {
    if (!reached.has(line)) mismatches.push({ line, written: "a value", got: "never reached" });
  }
  return mismatches;
}

/** What examples print is not printed: `print` and `console.log` write nothing meanwhile. */
async function silently(body: () => Promise<void> | undefined): Promise<void> {
  const { log, error, warn, table } = console;
  const nothing = () => undefined;
  Object.assign(console, { log: nothing, error: nothing, warn: nothing, table: nothing });
  try {
    await body();
  } finally {
    Object.assign(console, { log, error, warn, table });
  }
}

async function load(name: string): Promise<unknown> {
  if (!/^(@cotangent\/.*|fast-check)$/.test(name)) throw new Error(`an example cannot import "${name}"`);
  return (await import(name)) as unknown;
}

/** Without white space and line ends outside of strings: how a tensor is laid out is not what an example is about. */
function layoutFree(text: string): string {
  return text.replaceAll(/("(?:[^"\\]|\\.)*")|\\n|\s+/g, (_, quoted: string | undefined) => quoted ?? "");
}
