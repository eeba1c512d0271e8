import { WORK } from "./products/gemm";

/** Bytes of work space. */
export function triangleWork(): usize {
  return WORK + 32 * 8;
}

export { solveTriangle as solveTriangle64 } from "./factors/triangular";
export { solveVector as solveVector64 } from "./factors/triangular-vector";
