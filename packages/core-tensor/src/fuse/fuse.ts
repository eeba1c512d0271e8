import { bindOne, withTrace } from "../dispatch/index.js";
import type { DType } from "../dtype/index.js";
import { operandNames } from "../kernels/map.js";
import { fused } from "../primitives/fused.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Expression } from "./expression.js";
import { isSymbol, SymbolTrace } from "./symbol-trace.js";

/** A function of tensors to one tensor; null stands for zero. */
type Elementwise = (...xs: readonly Tensor[]) => Tensor | null;

interface Fused {
  readonly expression: Expression;
  /** The inputs that the expression has, of those that the function has. */
  readonly picks: readonly number[];
}

/** What was made for inputs of some dtypes; null for a function that is zero. */
interface Made {
  readonly dtypes: readonly DType[];
  readonly fused: Fused | null;
}

/**
 * An elementwise function that runs in one pass over the elements, whatever the number of operations that it is written
 * with: f is run once on symbols, and what it does becomes one kernel. Its derivatives are such functions again.
 *
 * @param f - made of elementwise operations and numbers alone; it must do the same for all tensors of the same dtypes
 * @throws DTypeError for any other operation, results of int32, and tensors that f closes over
 * @example
 * ```ts
 * const f = fuse((x: Tensor, y: Tensor) => x.square().add(y.mul(2)));
 * f(tensor([1, 2]), tensor(3)); // => [7, 10]
 * ```
 */
export function fuse<F extends Elementwise>(f: F): F {
  const cache: Made[] = [];
  const run: Elementwise = (...xs) => {
    if (xs.some(isSymbol)) return f(...xs);
    let made = cache.find(({ dtypes }) => isFor(dtypes, xs));
    if (made === undefined) {
      const dtypes = xs.map(({ dtype }) => dtype);
      cache.push((made = { dtypes, fused: write(f, dtypes) }));
    }
    return made.fused && apply(made.fused, xs);
  };
  return run as F;
}

/**
 * f as data: what `fuse` runs. Inputs that f does not use are left out.
 *
 * @example
 * ```ts
 * expressionOf((x: Tensor) => x.square().mul(2), ["float64"]) !== null; // => true
 * ```
 */
export function expressionOf(f: Elementwise, dtypes: readonly DType[]): Expression | null {
  return write(f, dtypes)?.expression ?? null;
}

function isFor(dtypes: readonly DType[], xs: readonly Tensor[]): boolean {
  if (dtypes.length !== xs.length) return false;
  for (let i = 0; i < xs.length; i++) if (xs[i]!.dtype !== dtypes[i]) return false;
  return true;
}

function write(f: Elementwise, dtypes: readonly DType[]): Fused | null {
  return withTrace(
    (level) => new SymbolTrace(level, dtypes),
    (trace) => {
      const result = f(...trace.inputs());
      return result && trace.expressionOf(result);
    },
  );
}

/** What is a single operation already stays what it is, and so does what has more inputs than a kernel has names for. */
function apply({ expression, picks }: Fused, xs: readonly Tensor[]): Tensor {
  const inputs = picks.map((i) => xs[i]!);
  return expression.operations <= 1 || inputs.length > operandNames.length
    ? expression.run(inputs)
    : bindOne(fused, inputs, { expression });
}
