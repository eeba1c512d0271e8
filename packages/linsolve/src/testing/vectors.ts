import {
  fromCoordinates,
  leavesIn,
  toCoordinates,
  treeIn,
  type LinearOperator,
  type Space,
} from "../operators/index.js";

/** A vector with elements ±1/8, ..., ±1 from a seed (mulberry32), as coordinates. */
export function randomVector(size: number, seed: number): Float64Array {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return Float64Array.from(
    { length: size },
    () => ((next() < 0.5 ? -1 : 1) * Math.ceil(8 * next() + 2 ** -40)) / 8,
  );
}

/** The tree of a space with these coordinates. */
export function treeOf(space: Space, x: Float64Array): unknown {
  return treeIn(space, fromCoordinates(space, x));
}

/** The coordinates of a tree. */
export function coordinatesOf(space: Space, x: unknown): Float64Array {
  return toCoordinates(space, leavesIn(space, x, "coordinates"));
}

/** A x in coordinates. */
export function product(A: LinearOperator, x: Float64Array): Float64Array {
  return coordinatesOf(A.codomain, A.apply(treeOf(A.domain, x)));
}
