export {
  CotangentError,
  DTypeError,
  LeakedValueError,
  NotBundledError,
  ShapeError,
  SingularMatrixError,
  TracedValueError,
  UnknownValueError,
  ValueError,
} from "./errors.js";
