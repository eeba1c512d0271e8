import { type Tensor } from "@cotangent/core-tensor";
import { tree, type Differentiated, type Tree } from "@cotangent/autodiff";

/** f at a point: its value at once, its gradient when first asked for. */
export class Evaluation<X extends Tree> {
  readonly value: number;
  private known: X | undefined;
  private readonly parameters: readonly Tensor[];

  constructor(
    readonly x: X,
    theta: unknown,
    private readonly at: Differentiated<X>,
  ) {
    this.parameters = tree.leaves(theta);
    this.value = at.value.item();
  }

  /** grad f(x) */
  get gradient(): X {
    return (this.known ??= this.at.gradient() as X);
  }

  /** Is this what evaluating at (x, theta) would give? */
  isAt(x: X, theta: unknown): boolean {
    return sameLeaves(tree.leaves(this.x), tree.leaves(x)) && sameLeaves(this.parameters, tree.leaves(theta));
  }
}

/** Are these the very same tensors? They are immutable, so then their values are the same too. */
export function sameLeaves(a: readonly Tensor[], b: readonly Tensor[]): boolean {
  return a.length === b.length && a.every((leaf, i) => leaf === b[i]);
}
