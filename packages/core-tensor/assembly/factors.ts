import { WORK } from "./products/gemm";

/** Bytes of work space of each kernel. */
export function factorWork(): usize {
  return WORK + 32 * 8;
}

export { cholesky as cholesky64 } from "./factors/cholesky";
export { lu as lu64 } from "./factors/lu";
export { solveTriangle as solveTriangle64 } from "./factors/triangular";
