import {
  div,
  exp,
  greater,
  max,
  mul,
  neg,
  stopGradient,
  sub,
  sum,
  ValueError,
  where,
  type Tensor,
} from "@cotangent/core-tensor";
import { tree, type Tree } from "@cotangent/autodiff";

/** A mirror map and the Bregman projection that belongs to it. */
export interface Geometry<X, Theta> {
  /** grad phi: points -> dual points */
  mirrorMap(x: X): X;
  /** Dual points -> the nearest point of the set in the Bregman divergence of phi. */
  projection(y: X, theta: Theta): X;
}

/** Named geometries, or one's own. */
export type GeometryLike<X, Theta> = "simplex" | "orthant" | Geometry<X, Theta>;

/** One mirror descent step: (x, step * gradient, theta) -> projection(mirrorMap(x) - step * gradient, theta). */
export type MirrorStep<X, Theta> = (x: X, scaledGradient: X, theta: Theta) => X;

/**
 * The step of a geometry. For the entropy phi(x) = sum x log x it is written as a product, x e^(-g), which is smooth on
 * the boundary too, where log x is not: on the "simplex" normalised along the last axis, on the "orthant" as it is.
 */
export function mirrorStep<X extends Tree, Theta>(geometry: GeometryLike<X, Theta>): MirrorStep<X, Theta> {
  if (geometry === "simplex") return leafwise(simplexStep);
  if (geometry === "orthant") return leafwise((x, g) => mul(x, exp(neg(g))));
  if (!isGeometry(geometry)) {
    throw new ValueError(
      `geometry: expected "simplex", "orthant" or { mirrorMap, projection }, got ${JSON.stringify(geometry)}`,
    );
  }
  return (x, g, theta) => geometry.projection(tree.sub(geometry.mirrorMap(x), g) as X, theta);
}

function isGeometry(geometry: unknown): boolean {
  const { mirrorMap, projection } = Object(geometry) as { mirrorMap?: unknown; projection?: unknown };
  return typeof mirrorMap === "function" && typeof projection === "function";
}

function simplexStep(x: Tensor, g: Tensor): Tensor {
  // Shifted by the largest exponent on the support, so that the weights there neither overflow nor all vanish.
  const exponents = where(greater(x, 0), neg(g), -Infinity);
  const shift = max(stopGradient(exponents), { axis: -1, keepDims: true });
  const weights = mul(x, exp(sub(neg(g), shift)));
  return div(weights, sum(weights, { axis: -1, keepDims: true }));
}

function leafwise<X, Theta>(step: (x: Tensor, g: Tensor) => Tensor): MirrorStep<X, Theta> {
  return (x, g) => tree.map(step, x, g) as X;
}
