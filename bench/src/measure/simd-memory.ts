import asc from "assemblyscript/asc";
import type { Candidate } from "./candidate.js";
import { inProcess } from "./in-process.js";

/** 64 bytes at a time, as hand-written loops move them; four sums, so that no addition waits for another. */
const source = `
export function copy(to: usize, from: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 64) {
    v128.store(to + i, v128.load(from + i));
    v128.store(to + i, v128.load(from + i, 16), 16);
    v128.store(to + i, v128.load(from + i, 32), 32);
    v128.store(to + i, v128.load(from + i, 48), 48);
  }
}

export function sum(from: usize, bytes: usize): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (const end = from + bytes; from < end; from += 64) {
    s0 = f64x2.add(s0, v128.load(from));
    s1 = f64x2.add(s1, v128.load(from, 16));
    s2 = f64x2.add(s2, v128.load(from, 32));
    s3 = f64x2.add(s3, v128.load(from, 48));
  }
  s0 = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  return f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
}`;

const PAGE = 2 ** 16;

interface Exports {
  readonly copy: (to: number, from: number, bytes: number) => void;
  readonly sum: (from: number, bytes: number) => number;
}

/** A copy in WebAssembly SIMD that reads and writes so many bytes together: how fast memory is. */
export function simdCopy(bytes: number): Candidate {
  const half = Math.ceil(bytes / 2 / PAGE) * PAGE;
  return candidate("SIMD copy", bytes, ({ copy }) => copy(0, half, bytes / 2));
}

/** A sum in WebAssembly SIMD over so many bytes: the most that can be read. */
export function simdRead(bytes: number): Candidate {
  return candidate("SIMD read", bytes, ({ sum }) => sum(0, bytes));
}

/** Compiled when it is first measured. */
function candidate(name: string, bytes: number, body: (exports: Exports) => unknown): Candidate {
  let inner: Candidate | undefined;
  return {
    name,
    sample: async (budget) => {
      if (inner === undefined) {
        const exports = await compiled(bytes + 2 * PAGE);
        inner = inProcess(name, () => body(exports));
      }
      return inner.sample(budget);
    },
  };
}

/** The functions, over a memory of so many bytes at least. */
async function compiled(bytes: number): Promise<Exports> {
  let binary: Uint8Array | undefined;
  const { error } = await asc.main(
    [
      "memory.ts",
      "-O3",
      "--enable",
      "simd",
      "--runtime",
      "stub",
      "--importMemory",
      "--outFile",
      "memory.wasm",
    ],
    {
      readFile: (file) => (file === "memory.ts" ? source : null),
      writeFile: (_, contents) => {
        binary = contents as Uint8Array;
      },
      listFiles: () => [],
    },
  );
  if (error !== null) throw error;
  if (binary === undefined) throw new Error("The compiler of the SIMD loops wrote nothing.");
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
  new Float64Array(memory.buffer).fill(1);
  const module = await WebAssembly.compile(binary as Uint8Array<ArrayBuffer>);
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return exports as unknown as Exports;
}
