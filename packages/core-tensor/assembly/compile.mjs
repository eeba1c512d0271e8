// Compiles the AssemblyScript modules of this folder into src/simd/generated, as hexadecimal digits in TypeScript, which
// compress better than base64: no file is fetched or read at run time. What it writes is committed (docs/decisions/0037),
// and a test compiles again and compares.
//   node packages/core-tensor/assembly/compile.mjs            after a change of a kernel
//   node packages/core-tensor/assembly/compile.mjs --check    is what is committed up to date?
import { Buffer } from "node:buffer";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import asc from "assemblyscript/asc";

const modules = ["products", "functions", "factors", "triangles", "rows"];

const options = [
  "-O3",
  "--enable",
  "simd",
  "--runtime",
  "stub",
  "--importMemory",
  "--noAssert",
  "--noColors",
];

const generated = (name) => join(import.meta.dirname, "..", "src", "simd", "generated", `${name}.ts`);

async function compile(name) {
  let binary;
  const writeFile = (_, contents) => {
    binary = contents;
  };
  const source = [`${name}.ts`, "--baseDir", import.meta.dirname];
  const { error, stderr } = await asc.main([...source, ...options, "--outFile", `${name}.wasm`], {
    writeFile,
  });
  if (error) throw new Error(`${name}.ts does not compile:\n${stderr.toString()}`);
  return binary;
}

const text = (name, binary) => `// Made from assembly/${name}.ts by assembly/compile.mjs: do not edit.
export const ${name} =
  "${Buffer.from(binary).toString("hex")}";
`;

const check = process.argv.includes("--check");
for (const name of modules) {
  const binary = await compile(name);
  if (!check) {
    writeFileSync(generated(name), text(name, binary));
    console.log(`${name}: ${binary.length} bytes`);
  } else if (readFileSync(generated(name), "utf8") !== text(name, binary)) {
    console.error(`${generated(name)} is not what assembly/${name}.ts compiles to: run assembly/compile.mjs`);
    process.exitCode = 1;
  }
}
