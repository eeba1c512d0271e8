/** Base of every error that Cotangent throws on purpose. `code` is stable and safe to switch on. */
export class CotangentError extends Error {
  /** Of the class, also in bundles, where minifiers rename classes. */
  override readonly name: string = "CotangentError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Shapes that do not fit together, an axis out of range, a ragged array. */
export class ShapeError extends CotangentError {
  override readonly name: string = "ShapeError";

  constructor(message: string) {
    super("SHAPE", message);
  }
}

/** A dtype that is unknown or that the operation does not take. */
export class DTypeError extends CotangentError {
  override readonly name: string = "DTypeError";

  constructor(message: string) {
    super("DTYPE", message);
  }
}

/** An argument whose value is not allowed (NaN where data must be finite, a negative step, ...). */
export class ValueError extends CotangentError {
  override readonly name: string = "ValueError";

  constructor(message: string) {
    super("VALUE", message);
  }
}

/** A factorisation met a matrix that it cannot factor (singular, not positive definite). */
export class SingularMatrixError extends CotangentError {
  override readonly name: string = "SingularMatrixError";

  constructor(message: string) {
    super("SINGULAR_MATRIX", message);
  }
}

/** A traced value reached a place where only plain values may go. */
export class TracedValueError extends CotangentError {
  override readonly name: string = "TracedValueError";

  constructor(message: string) {
    super("TRACED_VALUE", message);
  }
}

/** A traced value is used after the transformation that it belongs to has returned. */
export class LeakedValueError extends CotangentError {
  override readonly name: string = "LeakedValueError";

  /** @param value - what leaked, made by which operation, and where its transformation was called */
  constructor(
    where: string,
    readonly value: string,
  ) {
    super(
      "LEAKED_VALUE",
      `${where}: ${value}, is used after that transformation returned. Return it from the function (or as auxiliary ` +
        "output) instead of storing it outside; if only its numbers are wanted, store stopGradient(x)",
    );
  }
}

/**
 * The number of a value that has none yet: a tangent on a tape, or what `jit` records before values are known. Code that
 * depends on it cannot run now.
 */
export class UnknownValueError extends CotangentError {
  override readonly name: string = "UnknownValueError";

  constructor(message: string) {
    super("UNKNOWN_VALUE", message);
  }
}

/** A bundler left out what a method needs, because nothing imports the function of that name. */
export class NotBundledError extends CotangentError {
  override readonly name: string = "NotBundledError";

  constructor(message: string) {
    super("NOT_BUNDLED", message);
  }
}
