export {
  CotangentError,
  DTypeError,
  NotBundledError,
  ShapeError,
  SingularMatrixError,
  TracedValueError,
  ValueError,
} from "./errors.js";
