/** Base of every error that Cotangent throws on purpose. `code` is stable and safe to switch on. */
export class CotangentError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
    this.name = new.target.name;
  }
}

/** Shapes that do not fit together, an axis out of range, a ragged array. */
export class ShapeError extends CotangentError {
  constructor(message: string) {
    super("SHAPE", message);
  }
}

/** A dtype that is unknown or that the operation does not take. */
export class DTypeError extends CotangentError {
  constructor(message: string) {
    super("DTYPE", message);
  }
}

/** An argument whose value is not allowed (NaN where data must be finite, a negative step, ...). */
export class ValueError extends CotangentError {
  constructor(message: string) {
    super("VALUE", message);
  }
}

/** A factorisation met a matrix that it cannot factor (singular, not positive definite). */
export class SingularMatrixError extends CotangentError {
  constructor(message: string) {
    super("SINGULAR_MATRIX", message);
  }
}

/** A traced value reached a place where only plain values may go, or outlived its transformation. */
export class TracedValueError extends CotangentError {
  constructor(message: string) {
    super("TRACED_VALUE", message);
  }
}

/** A bundler left out what a method needs, because nothing imports the function of that name. */
export class NotBundledError extends CotangentError {
  constructor(message: string) {
    super("NOT_BUNDLED", message);
  }
}
