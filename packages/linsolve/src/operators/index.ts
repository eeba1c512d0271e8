export { compose } from "./compose.js";
export { diagonal } from "./diagonal.js";
export { fromFunction } from "./from-function.js";
export type { FromFunctionOptions } from "./from-function.js";
export { hessian } from "./hessian.js";
export { identity, identityOn } from "./identity.js";
export { jacobian, jacobianFor } from "./jacobian.js";
export { matrix } from "./matrix.js";
export type { MatrixOptions } from "./matrix.js";
export { claimsSymmetry, isLinearOperator } from "./operator.js";
export type { Claims, LinearOperator } from "./operator.js";
export { scaled } from "./scaled.js";
export {
  epsilonOf,
  fromCoordinates,
  leavesIn,
  sameSpace,
  formatSpace,
  toCoordinates,
  treeIn,
} from "./space.js";
export type { Space } from "./space.js";
export { sparse } from "./sparse.js";
export { sum } from "./sum.js";
export { probeSymmetry } from "./symmetry.js";
export type { SymmetryProbe } from "./symmetry.js";
export { transpose } from "./transpose.js";
