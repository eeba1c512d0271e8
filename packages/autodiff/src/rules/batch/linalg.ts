import { primitives as p } from "../rule.js";
import { leadingAxes, solveColumns } from "./families.js";

/** Factorisations and solves. */
export const linalgBatch = {
  triangularSolve: solveColumns(p.triangularSolve),
  cholesky: leadingAxes(p.cholesky),
  lu: leadingAxes(p.lu),
  luSolve: solveColumns(p.luSolve),
  qr: leadingAxes(p.qr),
  eigh: leadingAxes(p.eigh),
  svd: leadingAxes(p.svd),
  svdSolve: leadingAxes(p.svdSolve),
  tridiagonalSolve: solveColumns(p.tridiagonalSolve),
};
