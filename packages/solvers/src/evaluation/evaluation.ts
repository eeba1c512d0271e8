import { isTensor } from "@cotangent/core-tensor";
import { tree, type Differentiated, type Tree } from "@cotangent/autodiff";

/** f at a point: its value at once, its gradient when first asked for. */
export class Evaluation<X extends Tree> {
  readonly value: number;
  private known: X | undefined;

  constructor(
    readonly x: X,
    private readonly theta: unknown,
    private readonly at: Differentiated<X>,
    /** The gradient, where it was computed together with the value. */
    private readonly computed?: X,
  ) {
    this.value = at.value.item();
  }

  /** grad f(x) */
  get gradient(): X {
    return (this.known ??= this.computed ?? (this.at.gradient() as X));
  }

  /** Is the gradient there, asked for or not? */
  get hasGradient(): boolean {
    return (this.known ?? this.computed) !== undefined;
  }

  /** Has the gradient been asked for? */
  get isDifferentiated(): boolean {
    return this.known !== undefined;
  }

  /** Is this what evaluating at (x, theta) would give? */
  isAt(x: X, theta: unknown): boolean {
    return sameLeaves(this.x, x) && sameLeaves(this.theta, theta);
  }
}

/** Do two trees hold the very same tensors? They are immutable, so then their values are the same too. */
export function sameLeaves(a: unknown, b: unknown): boolean {
  if (isTensor(a) || isTensor(b)) return a === b;
  const [ofA, ofB] = [tree.leaves(a), tree.leaves(b)];
  return ofA.length === ofB.length && ofA.every((leaf, i) => leaf === ofB[i]);
}
