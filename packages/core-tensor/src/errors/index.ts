export {
  CotangentError,
  DTypeError,
  LeakedValueError,
  ShapeError,
  SingularMatrixError,
  TracedValueError,
  UnknownValueError,
  ValueError,
} from "./errors.js";
