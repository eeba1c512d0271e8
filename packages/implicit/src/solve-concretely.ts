import { formatShape, hostArray, isolate, tracedOf, type Tensor } from "@cotangent/core-tensor";
import { tree } from "@cotangent/autodiff";
import { SolutionError } from "./errors/errors.js";
import { plain } from "./plain.js";

/**
 * Runs the black box on plain numbers.
 *
 * @throws TracedValueError when it meets a traced value, which it can only have captured
 * @throws SolutionError when the answer is not a tree of finite tensors
 */
export function solveConcretely(
  solve: (theta: unknown) => unknown,
  theta: tree.Flat,
  name: string,
): tree.Flat {
  const plainTheta = tree.unflatten(theta.structure, theta.leaves.map(plain));
  const x = tree.flatten(
    isolate(() => solve(plainTheta)),
    `${name}: solution`,
  );
  x.leaves.forEach((leaf, i) => {
    checkLeaf(leaf, i, name);
  });
  return x;
}

function checkLeaf(leaf: Tensor, i: number, name: string): void {
  if (tracedOf(leaf) !== undefined) {
    throw new SolutionError(
      `${name}: leaf ${String(i)} of the solution is traced: solve returned a value that it captured from outside`,
    );
  }
  for (const value of hostArray(leaf, name)) {
    if (!Number.isFinite(value)) {
      throw new SolutionError(
        `${name}: solve returned ${String(value)} (leaf ${String(i)}, shape ${formatShape(leaf.shape)}). It diverged, ` +
          "or met NaN in its data: check its status and its inputs",
      );
    }
  }
}
