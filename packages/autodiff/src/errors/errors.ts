import { CotangentError } from "@cotangent/core-tensor";

/** A value that is not a tree, or two trees that should have the same structure and do not. */
export class TreeError extends CotangentError {
  override readonly name: string = "TreeError";

  constructor(message: string) {
    super("TREE", message);
  }
}

/** A tangent or cotangent that does not fit its value: another structure, another shape, or no real number. */
export class TangentError extends CotangentError {
  override readonly name: string = "TangentError";

  constructor(message: string) {
    super("TANGENT", message);
  }
}

/** `grad` of a function that does not return one floating-point number. */
export class NonScalarError extends CotangentError {
  override readonly name: string = "NonScalarError";

  constructor(message: string) {
    super("NON_SCALAR", message);
  }
}

/** A derivative with respect to, or of, something that has none: an integer or a bool. */
export class NotDifferentiableError extends CotangentError {
  override readonly name: string = "NotDifferentiableError";

  constructor(message: string) {
    super("NOT_DIFFERENTIABLE", message);
  }
}

/** A derivative rule that is not linear in its tangents, or a direction that a custom rule does not provide. */
export class RuleError extends CotangentError {
  override readonly name: string = "RuleError";

  constructor(message: string) {
    super("RULE", message);
  }
}

/** The number of a value that stands for a batch of them: code under `vmap` runs once for all examples. */
export class BatchedValueError extends CotangentError {
  override readonly name: string = "BatchedValueError";

  constructor(message: string) {
    super("BATCHED_VALUE", message);
  }
}

/** A sparsity pattern that lacks entries which the matrix has. */
export class PatternError extends CotangentError {
  override readonly name: string = "PatternError";

  constructor(message: string) {
    super("PATTERN", message);
  }
}
