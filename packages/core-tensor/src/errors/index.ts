export {
  CotangentError,
  DTypeError,
  ShapeError,
  SingularMatrixError,
  TracedValueError,
  ValueError,
} from "./errors.js";
