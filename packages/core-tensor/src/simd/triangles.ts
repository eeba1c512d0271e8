import { triangles as code } from "./generated/triangles.js";
import { kernelModule } from "./module.js";

/**
 * The kernels of assembly/triangles.ts, in float64. Offsets and distances in bytes; `work` is that of `triangleWork()` bytes.
 * A module of its own: derivatives of many functions solve with triangles, few programs factor.
 */
interface Triangles {
  readonly triangleWork: () => number;
  readonly solveTriangle64: (
    n: number,
    m: number,
    t: number,
    row: number,
    column: number,
    lower: boolean,
    unit: boolean,
    x: number,
    work: number,
  ) => void;
  readonly solveVector64: (
    n: number,
    t: number,
    row: number,
    column: number,
    lower: boolean,
    unit: boolean,
    x: number,
  ) => void;
}

export const triangles = kernelModule<Triangles>(code);
