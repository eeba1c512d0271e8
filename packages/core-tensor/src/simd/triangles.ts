import { triangles as code } from "./generated/triangles.js";
import { kernelModule } from "./module.js";
import { products } from "./products.js";

type SolveTriangle = (
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

type SolveVector = (
  n: number,
  t: number,
  row: number,
  column: number,
  lower: boolean,
  unit: boolean,
  x: number,
) => void;

/**
 * The kernels of assembly/triangles.ts. Offsets and distances in bytes; `work` is that of `triangleWork()` bytes.
 * A module of its own: derivatives of many functions solve with triangles, few programs factor.
 */
interface Triangles {
  readonly triangleWork: () => number;
  readonly solveTriangle64: SolveTriangle;
  readonly solveTriangle32: SolveTriangle;
  readonly solveVector64: SolveVector;
  readonly solveVector32: SolveVector;
}

export const triangles = kernelModule<Triangles>(code, products);
