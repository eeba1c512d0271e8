import { rematerialise } from "../tape/rematerialise.js";
import { flatten, unflatten, type Structure, type Tensors } from "../tree/index.js";

/**
 * f with rematerialisation: a tape keeps only the arguments of f, not the intermediate values, and runs f again when it
 * is played. Values and derivatives are those of f, in both modes and to any order; what f closes over is differentiated
 * as usual, and checkpointed functions nest. Forward mode alone keeps nothing anyway, and runs f once.
 *
 * f must be deterministic, and must not store values outside for use in a derivative: both throw RuleError where they
 * are noticed.
 *
 * @example
 * ```ts
 * const f = (x: Tensor) => x.sin().exp().sin();
 * savedBytes(f, linspace(0, 1, 100)); // => 2400
 * savedBytes(checkpoint(f), linspace(0, 1, 100)); // => 800
 * grad(checkpoint(f))(1).sub(grad(f)(1)).item(); // => 0
 * ```
 *
 * Source: Griewank, Walther, "Evaluating Derivatives" (2008), chapter 12.
 */
export function checkpoint<A extends readonly unknown[], R>(
  f: (...args: A) => R,
): (...args: A) => Tensors<R> {
  return (...args) => {
    const flat = flatten(args, "checkpoint: arguments");
    const tensors = unflatten(flat.structure, flat.leaves) as A;
    let structure: Structure | undefined;
    const body = () => {
      const out = flatten(f(...tensors), "checkpoint: result");
      structure ??= out.structure;
      return out.leaves;
    };
    const leaves = rematerialise(body, flat.leaves);
    return unflatten(structure!, leaves) as Tensors<R>;
  };
}
