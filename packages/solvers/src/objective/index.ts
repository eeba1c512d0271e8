export { binaryLogreg, l2BinaryLogreg } from "./binary-logreg.js";
export type { Data } from "./data.js";
export { leastSquares } from "./least-squares.js";
export { l2MulticlassLogreg, multiclassLogreg } from "./multiclass-logreg.js";
export { ridgeRegression } from "./ridge-regression.js";
