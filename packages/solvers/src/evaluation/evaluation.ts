import { ones, type Tensor } from "@cotangent/core-tensor";
import { realScalar, tree, vjp, type Tree } from "@cotangent/autodiff";
import type { Objective } from "@cotangent/implicit";

/** f at a point: its value at once, its gradient when first asked for. fun runs exactly once. */
export class Evaluation<X extends Tree> {
  readonly value: number;
  private readonly pullback: () => X;
  private known: X | undefined;
  private readonly parameters: readonly Tensor[];

  constructor(
    fun: Objective<X, unknown>,
    readonly x: X,
    theta: unknown,
    where: string,
  ) {
    this.parameters = tree.leaves(theta);
    const scalar = (point: X): Tensor => realScalar(fun(point, theta), `${where}: fun`);
    const { value, pullback } = vjp(scalar as (point: unknown) => Tensor, x);
    this.value = value.item();
    this.pullback = () => pullback(ones([], { dtype: value.dtype }))[0] as X;
  }

  /** grad f(x) */
  get gradient(): X {
    return (this.known ??= this.pullback());
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
