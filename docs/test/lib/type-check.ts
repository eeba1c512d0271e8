import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ExampleModule } from "./example-module.js";

/** Type errors of examples, by their position in the list, each with its place in the document. One run of tsc. */
export function typeErrors(
  root: string,
  examples: readonly ExampleModule[],
): ReadonlyMap<number, readonly string[]> {
  const folder = join(root, "node_modules/.cache/doc-examples");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  examples.forEach(({ text }, i) => writeFileSync(join(folder, `example-${String(i)}.ts`), text));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(configuration(root), null, 2));
  const tsc = spawnSync(
    process.execPath,
    [join(root, "node_modules/typescript-7/bin/tsc"), "-p", folder, "--pretty", "false"],
    {
      encoding: "utf8",
    },
  );
  const errors = new Map<number, string[]>();
  const found = tsc.stdout.matchAll(/example-(\d+)\.ts\((\d+),\d+\): (error .*)/g);
  for (const [, index, line, message] of found) {
    const { file, line: first } = examples[Number(index)]!.fence;
    const place = `${file}:${String(first + Number(line) - 2)}: ${message!}`;
    errors.set(Number(index), [...(errors.get(Number(index)) ?? []), place]);
  }
  if (tsc.status !== 0 && errors.size === 0) throw new Error(`tsc failed: ${tsc.stdout}${tsc.stderr}`);
  return errors;
}

function configuration(root: string): object {
  return {
    extends: join(root, "tsconfig.base.json"),
    compilerOptions: {
      composite: false,
      noEmit: true,
      emitDeclarationOnly: false,
      declarationMap: false,
      rootDir: root,
      outDir: null,
      tsBuildInfoFile: null,
      // Names come into scope by import, types among them.
      verbatimModuleSyntax: false,
      isolatedModules: false,
      types: ["node"],
      typeRoots: [join(root, "node_modules/@types")],
    },
    include: ["*.ts"],
  };
}
