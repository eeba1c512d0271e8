import type { Tensor } from "@cotangent/core-tensor";
import { isRecorded, tree, type Tensors, type Tree } from "@cotangent/autodiff";
import type { Adjoint } from "./adjoints/index.js";
import type { CertifyOptions } from "./certificate.js";
import { fixedPoint, root, type Conditions } from "./conditions/index.js";
import { implicit } from "./implicit.js";
import { plain } from "./plain.js";
import { recordedSolution } from "./recorded-solution.js";

/** Options of `customRoot` and `customFixedPoint`. */
export interface CustomOptions {
  /** @defaultValue auto() */
  readonly adjoint?: Adjoint;
  /** @defaultValue { tolerance: 1e-3 } */
  readonly certify?: CertifyOptions | false;
  /** @defaultValue "throw" */
  readonly onFailure?: "throw" | "return";
}

/** A solver in JAXopt's form: (init, ...args) -> x. The derivative with respect to init is zero. */
export type InitSolver<X, A extends readonly unknown[]> = (init: X, ...args: A) => X;

/** The same solver, differentiable in its arguments. */
export type DifferentiableSolver<X, A extends readonly unknown[]> = (init: X, ...args: A) => Tensors<X>;

/**
 * Decorates a solver whose answer is a root of F: F(solver(init, ...args), ...args) = 0.
 *
 * Source: `jaxopt.implicit_diff.custom_root`.
 *
 * @example
 * ```ts
 * const F = (x: Tensor, a: Tensor) => x.mul(a).sub(1);
 * const inverse = customRoot(F)((_init: Tensor, a: Tensor) => tensor(1 / a.item()));
 * grad((a: Tensor) => inverse(tensor(0), a))(2).item(); // => -0.25
 * ```
 */
export function customRoot<X extends Tree, A extends readonly unknown[]>(
  f: (x: X, ...args: A) => X,
  options: CustomOptions = {},
): (solver: InitSolver<X, A>) => DifferentiableSolver<X, A> {
  return decorate(
    root((x: X, args: A) => f(x, ...args)),
    { ...options, name: "customRoot" },
  );
}

/**
 * Decorates a solver whose answer is a fixed point of T: T(solver(init, ...args), ...args) = solver(init, ...args).
 *
 * Source: `jaxopt.implicit_diff.custom_fixed_point`.
 */
export function customFixedPoint<X extends Tree, A extends readonly unknown[]>(
  t: (x: X, ...args: A) => X,
  options: CustomOptions = {},
): (solver: InitSolver<X, A>) => DifferentiableSolver<X, A> {
  return decorate(
    fixedPoint((x: X, args: A) => t(x, ...args)),
    { ...options, name: "customFixedPoint" },
  );
}

function decorate<X extends Tree, A extends readonly unknown[]>(
  conditions: Conditions<X, A>,
  options: CustomOptions & { readonly name: string },
): (solver: InitSolver<X, A>) => DifferentiableSolver<X, A> {
  const decorated = (solver: InitSolver<X, A>): DifferentiableSolver<X, A> => {
    const run: DifferentiableSolver<X, A> = (init, ...args) => {
      const { leaves, structure } = tree.flatten([init, args], `${options.name}: arguments`);
      if (isRecorded(leaves)) {
        const argumentsOf = (xs: readonly Tensor[]) => tree.unflatten(structure, xs) as [X, A];
        const x = recordedSolution({
          name: options.name,
          inputs: leaves,
          like: tree.flatten(init),
          residual: (at, xs) => conditions.residual(at as X, argumentsOf(xs)[1]),
          solve: (xs) => {
            const [start, rest] = argumentsOf(xs);
            return run(start, ...rest);
          },
        });
        return tree.unflatten(x.structure, x.leaves) as Tensors<X>;
      }
      const start = tree.map(plain, init) as X;
      return implicit<A, X>({ solve: (theta) => solver(start, ...theta), conditions, ...options })(
        args as never,
      );
    };
    return run;
  };
  return decorated;
}
