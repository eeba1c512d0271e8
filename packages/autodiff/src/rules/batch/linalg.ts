import { leadingAxes, solveColumns } from "./families.js";

/** Factorisations and solves. */
export const linalgBatch = {
  triangularSolve: solveColumns,
  cholesky: leadingAxes,
  lu: leadingAxes,
  completePivoting: leadingAxes,
  luSolve: solveColumns,
  qr: leadingAxes,
  eigh: leadingAxes,
  svd: leadingAxes,
  svdSolve: leadingAxes,
  tridiagonalSolve: solveColumns,
};
