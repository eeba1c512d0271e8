export { cholesky, lu, qr, solve, triangularSolve } from "../linalg.js";
export { det, slogdet } from "./determinant.js";
export { eigh, svd } from "./spectral.js";
export { expm } from "./expm.js";
export { inv, matrixPower } from "./inverse.js";
export { lstsq, pinv } from "./least-squares.js";
export { tridiagonalSolve } from "./tridiagonal.js";
