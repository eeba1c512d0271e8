import { REACH } from "../../host/functions/index.js";
import {
  functions,
  rows,
  sharedMemory,
  views,
  type RowOperation,
  type SimdFunction,
} from "../../simd/index.js";
import type { VectorLoop } from "./write-loop.js";

/** Goes through n elements, in rows of a length, in slots that begin at `base`. */
export type RunLoop = (n: number, base: number, rows: number, length: number) => void;

/** y[i] = f(x[i]) for n elements at different places. */
type Map64 = (n: number, x: number, y: number) => void;

/** Compiled modules by their bytes: a loop says nothing of lengths, so that many programs have the same. */
const known = new Map<string, RunLoop>();

/** So many are kept; the one used longest ago gives way. */
const MOST = 256;

/** Compiles a loop. Undefined where functions have no kernels (yet); throws where WebAssembly refuses. */
export function loopModule({ code, imports: names }: VectorLoop): RunLoop | undefined {
  const key = code.join();
  let run = known.get(key);
  if (run === undefined) {
    const imports: Record<string, WebAssembly.ImportValue> = { memory: sharedMemory().memory };
    for (const name of names) {
      const kernel = kernelOf(name);
      if (kernel === undefined) return undefined;
      imports[name] = kernel;
    }
    const instance = new WebAssembly.Instance(new WebAssembly.Module(code), { env: imports });
    run = instance.exports["run"] as RunLoop;
    const [oldest] = known.keys();
    if (known.size >= MOST && oldest !== undefined) known.delete(oldest);
  }
  known.delete(key);
  known.set(key, run);
  return run;
}

function kernelOf(name: SimdFunction | RowOperation): WebAssembly.ImportValue | undefined {
  return isAlongRows(name) ? rows.kernels()?.[name] : functionOf(name);
}

function isAlongRows(name: SimdFunction | RowOperation): name is RowOperation {
  return ["sum", "max", "min", "spread", "cumsum", "sort"].includes(name);
}

function functionOf(name: SimdFunction): Map64 | undefined {
  const kernels = functions.kernels();
  if (kernels === undefined) return undefined;
  const f = kernels[`${name}64`];
  if (name !== "sin" && name !== "cos") return f;
  const plain = name === "sin" ? (angle: number) => Math.sin(angle) : (angle: number) => Math.cos(angle);
  return (n, x, y) => {
    f(n, x, y);
    if (!(kernels.largest64(n, x) > REACH)) return;
    const { float64 } = views();
    // WebAssembly hands addresses over as signed numbers: beyond 2 GiB they are negative.
    const [from, to] = [x >>> 3, y >>> 3];
    for (let i = 0; i < n; i++) {
      const angle = float64[from + i]!;
      if (Math.abs(angle) > REACH) float64[to + i] = plain(angle);
    }
  };
}
