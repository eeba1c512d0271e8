import asc from "assemblyscript/asc";
import type { Candidate } from "./candidate.js";
import { inProcess } from "./in-process.js";

/** 64 bytes at a time, as a hand-written loop moves them. */
const source = `
export function copy(to: usize, from: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 64) {
    v128.store(to + i, v128.load(from + i));
    v128.store(to + i, v128.load(from + i, 16), 16);
    v128.store(to + i, v128.load(from + i, 32), 32);
    v128.store(to + i, v128.load(from + i, 48), 48);
  }
}`;

const PAGE = 2 ** 16;

/** A copy in WebAssembly SIMD that reads and writes so many bytes together: how fast memory is. */
export function simdCopy(name: string, bytes: number): Candidate {
  let copy: Candidate | undefined;
  return {
    name,
    sample: async (budget) => {
      copy ??= inProcess(name, await compiledCopy(bytes / 2));
      return copy.sample(budget);
    },
  };
}

/** Copies from the second half of a memory to the first. */
async function compiledCopy(bytes: number): Promise<() => void> {
  let binary: Uint8Array | undefined;
  const { error } = await asc.main(
    ["copy.ts", "-O3", "--enable", "simd", "--runtime", "stub", "--importMemory", "--outFile", "copy.wasm"],
    {
      readFile: (file) => (file === "copy.ts" ? source : null),
      writeFile: (_, contents) => {
        binary = contents as Uint8Array;
      },
      listFiles: () => [],
    },
  );
  if (error !== null) throw error;
  if (binary === undefined) throw new Error("The compiler of the SIMD copy wrote nothing.");
  const half = Math.ceil(bytes / PAGE) * PAGE;
  const memory = new WebAssembly.Memory({ initial: (2 * half) / PAGE });
  const module = await WebAssembly.compile(binary as Uint8Array<ArrayBuffer>);
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const { copy } = exports as { copy: (to: number, from: number, bytes: number) => void };
  return () => copy(0, half, bytes);
}
