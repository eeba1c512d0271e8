import { expect } from "@jest/globals";
import { isFloat, type Tensor } from "@cotangent/core-tensor";
import { jacfwd, jacrev, tree } from "@cotangent/autodiff";

/** The sum of cosines of all that a function returns: a number whose Hessian has no special form. */
const scalarOf = (f: (...xs: Tensor[]) => unknown) => (xs: readonly Tensor[]) =>
  tree
    .leaves(f(...xs))
    .filter((y) => isFloat(y.dtype))
    .map((y) => y.mul(0.7).cos().sum().astype("float64"))
    .reduce((a, b) => a.add(b));

/** Forward over reverse, reverse over forward, and each over itself give the same Hessian, to 1e-10. */
export function checkHessianModes(f: (...xs: Tensor[]) => unknown, xs: readonly Tensor[]): void {
  const g = scalarOf(f);
  const [first, ...others] = [jacfwd(jacrev(g)), jacrev(jacfwd(g)), jacfwd(jacfwd(g)), jacrev(jacrev(g))].map(
    (H) => tree.leaves(H(xs)),
  );
  const numbers = (leaves: readonly Tensor[]) => leaves.flatMap((x) => [...x.toTypedArray()]);
  const wanted = numbers(first!);
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (const other of others) {
    expect(other.map(({ shape }) => shape)).toEqual(first!.map(({ shape }) => shape));
    const gap = numbers(other).reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i]!)), 0);
    expect(gap).toBeLessThanOrEqual(1e-10 * largest);
  }
}
