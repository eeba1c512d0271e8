import { ShapeError, tracedOf, zeros, type Shape, type Tensor } from "@cotangent/core-tensor";
import { linearize } from "@cotangent/autodiff";
import { claimsSymmetry, type Claims, type LinearOperator } from "./operator.js";
import {
  epsilonOf,
  formatSpace,
  fromCoordinates,
  leavesIn,
  sameSpace,
  spaceLike,
  tensorSpace,
  toCoordinates,
  treeIn,
  type Space,
} from "./space.js";
import { probeSymmetry } from "./symmetry.js";

/** Options of `fromFunction`: the domain, as one of `shape` and `like`, and what is known of the map. */
export interface FromFunctionOptions<X, Y> extends Claims {
  /** The map takes one float64 tensor of this shape. */
  readonly shape?: Shape;
  /** The map takes trees like this one. */
  readonly like?: unknown;
  /** The map returns trees like this one. @defaultValue like what it takes */
  readonly codomainLike?: unknown;
  /** y -> A^T y. @defaultValue `apply` itself for a symmetric map, else worked out from `apply` by reverse mode */
  readonly transpose?: (y: Y) => X;
  /** For messages and reports. @defaultValue "fromFunction" */
  readonly name?: string;
}

/**
 * The operator of a linear function. It may close over traced values: a solve differentiates with respect to them.
 *
 * @param apply - x -> A x; must be linear (dense methods check this on a random vector)
 * @throws ShapeError when the domain is not given
 * @throws TreeError when the function returns something that is not in the codomain
 * @example
 * ```ts
 * const differences = fromFunction((x: Tensor) => x.mul(2).sub(pad(slice(x, [1]), [[0, 1]])), { shape: [3] });
 * differences.apply(tensor([1, 2, 3])); // => [0, 1, 6]
 * differences.transpose().apply(tensor([1, 0, 0])); // => [2, -1, 0]
 * ```
 */
export function fromFunction<X = Tensor, Y = X>(
  apply: (x: X) => Y,
  options: FromFunctionOptions<NoInfer<X>, NoInfer<Y>>,
): LinearOperator<X, Y> {
  const { shape, like, codomainLike, transpose, name = "fromFunction", ...claims } = options;
  if ((shape === undefined) === (like === undefined)) {
    throw new ShapeError(`${name}: the domain must be given, as exactly one of \`shape\` and \`like\``);
  }
  const domain = shape === undefined ? spaceLike(like) : tensorSpace(shape);
  const codomain = codomainLike === undefined ? domain : spaceLike(codomainLike);
  if (claimsSymmetry(claims) && !sameSpace(domain, codomain)) {
    throw new ShapeError(
      `${name}: claimed symmetric, but it maps ${formatSpace(domain)} to ${formatSpace(codomain)}`,
    );
  }
  return functionBetween({ name, domain, codomain, claims, apply, transpose });
}

interface FunctionParts<X, Y> {
  readonly name: string;
  readonly domain: Space;
  readonly codomain: Space;
  readonly claims: Claims;
  readonly apply: (x: X) => Y;
  readonly transpose: ((y: Y) => X) | undefined;
}

/** The operator of a function and, where it is known, its transpose. */
export function functionBetween<X, Y>(parts: FunctionParts<X, Y>): LinearOperator<X, Y> {
  const { name, domain, codomain, claims, apply } = parts;
  const operator: LinearOperator<X, Y> = {
    name,
    domain,
    codomain,
    claims,
    apply: (x) => inSpace(codomain, apply(inSpace(domain, x, `${name}: argument`)), `${name}: result`),
    transpose: () => {
      const backward = parts.transpose ?? (isSymmetric(operator) ? sameMap(apply) : pullbackOf(parts));
      return functionBetween({
        name: `transpose(${name})`,
        domain: codomain,
        codomain: domain,
        claims,
        apply: backward,
        transpose: apply,
      });
    },
  };
  return operator;
}

/**
 * Symmetry is claimed, and a probe does not refute it. The numbers of a probe say nothing of how the map depends on
 * traced values: where it does, its derivative need not be symmetric, and A^T is worked out.
 */
function isSymmetric<X, Y>(operator: LinearOperator<X, Y>): boolean {
  const { name, domain, codomain, claims } = operator;
  if (!claimsSymmetry(claims)) return false;
  let isTraced = false;
  const multiply = (x: Float64Array): Float64Array => {
    const y = operator.apply(treeIn(domain, fromCoordinates(domain, x)) as X);
    const leaves = leavesIn(codomain, y, `${name}: result`);
    isTraced ||= leaves.some((leaf) => tracedOf(leaf) !== undefined);
    // The numbers of a traced result decide nothing, and those of a batch cannot be read.
    return isTraced ? new Float64Array(codomain.size) : toCoordinates(codomain, leaves);
  };
  const { symmetric } = probeSymmetry(multiply, domain.size, epsilonOf(domain, codomain));
  return symmetric && !isTraced;
}

/** For a symmetric map X = Y, which the claim says and the types do not know. */
function sameMap<X, Y>(apply: (x: X) => Y): (y: Y) => X {
  return apply as unknown as (y: Y) => X;
}

/** A^T by reverse mode: the derivative of a linear map is the map itself, wherever it is taken. */
function pullbackOf<X, Y>({ domain, apply }: FunctionParts<X, Y>): (y: Y) => X {
  const origin = treeIn(
    domain,
    domain.leaves.map(({ shape, dtype }) => zeros(shape, { dtype })),
  );
  const { pullback } = linearize((x: unknown): unknown => apply(x as X), origin);
  return (y) => (pullback(y) as [X])[0];
}

/** The tree with leaves of the space's dtypes. */
function inSpace<T>(space: Space, x: T, where: string): T {
  return treeIn(space, leavesIn(space, x, where)) as T;
}
