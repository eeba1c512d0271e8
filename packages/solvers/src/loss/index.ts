export { binaryLogistic } from "./binary-logistic.js";
export { leastSquares } from "./least-squares.js";
export { multiclassLogistic } from "./multiclass-logistic.js";
