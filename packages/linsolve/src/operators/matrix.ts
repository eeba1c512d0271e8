import {
  asTensor,
  astype,
  concatenate,
  formatShape,
  isFloat,
  matmul,
  matrixTranspose,
  reshape,
  ShapeError,
  sizeOf,
  slice,
  type Abstract,
  type Like,
  type Tensor,
} from "@cotangent/core-tensor";
import { matmul as matmulPrimitive } from "@cotangent/core-tensor/primitives";
import { type Claims, type LinearOperator } from "./operator.js";
import { leavesIn, spaceLike, tensorSpace, treeIn, type Space } from "./space.js";

/** Options of `matrix`. */
export interface MatrixOptions<X = unknown, Y = X> extends Claims {
  /** The matrix acts on trees like this one, raveled. @defaultValue vectors */
  readonly like?: X;
  /** It returns trees like this one. @defaultValue `like` for a square matrix, else vectors */
  readonly codomainLike?: Y;
}

/**
 * The operator of a matrix: x -> A x.
 *
 * @param A - [m, n]; may be traced
 * @throws ShapeError when A is not a matrix, or does not fit the trees
 * @example
 * ```ts
 * matrix([[1, 2], [3, 4]]).apply(tensor([1, 1])); // => [3, 7]
 * matrix([[1, 2], [3, 4]]).transpose().apply(tensor([1, 1])); // => [4, 6]
 * ```
 */
export function matrix(A: Like, claims?: Claims): LinearOperator<Tensor>;
export function matrix<X, Y = X>(A: Like, options: MatrixOptions<X, Y>): LinearOperator<X, Y>;
export function matrix(A: Like, options: MatrixOptions = {}): LinearOperator {
  const given = asTensor(A);
  if (given.ndim !== 2)
    throw new ShapeError(`matrix: needs a matrix [m, n], got shape ${formatShape(given.shape)}`);
  const values = isFloat(given.dtype) ? given : astype(given, "float64");
  const [m, n] = values.shape as [number, number];
  const dtype = values.dtype === "float32" ? "float32" : "float64";
  const { like, codomainLike = m === n ? like : undefined, ...claims } = options;
  const domain = like === undefined ? tensorSpace([n], dtype) : spaceLike(like);
  const codomain = codomainLike === undefined ? tensorSpace([m], dtype) : spaceLike(codomainLike);
  if (domain.size !== n || codomain.size !== m) {
    throw new ShapeError(
      `matrix: ${formatShape(values.shape)} does not map trees of ${domain.size} numbers to trees of ${codomain.size}`,
    );
  }
  return matrixBetween(values, domain, codomain, claims);
}

function matrixBetween(values: Tensor, domain: Space, codomain: Space, claims: Claims): LinearOperator {
  const product = productOf(values);
  return {
    ...(product === undefined ? {} : { product }),
    name: "matrix",
    domain,
    codomain,
    claims,
    apply: (x) => unravel(codomain, matmul(values, ravel(leavesIn(domain, x, "matrix: argument")))),
    // Not the matrix itself where symmetry is claimed: a claim that is wrong must not make derivatives wrong.
    transpose: () => matrixBetween(matrixTranspose(values), codomain, domain, claims),
    materialise: () => values,
    withMatrix: maker(domain, codomain, claims),
  };
}

/** Apart, so that it does not keep the matrix of the operator that has it. */
function maker(domain: Space, codomain: Space, claims: Claims): (A: Tensor) => LinearOperator {
  return (A) => matrixBetween(A, domain, codomain, claims);
}

/**
 * Products with a matrix of known numbers, with the bits of `matmul`; undefined for another matrix, and for a single row: of
 * two vectors that are multiplied again and again, copies may be kept, and here one of them changes.
 */
function productOf({ shape, dtype, content }: Tensor): LinearOperator["product"] {
  const [m, n] = shape as [number, number];
  if (m === 1 || !(content instanceof Float64Array)) return undefined;
  const x: Abstract = { shape: [n, 1], dtype };
  const y: Abstract = { shape: [m, 1], dtype };
  const params = { transposeA: false, transposeB: false };
  const multiply = matmulPrimitive.prepare([{ shape, dtype }, x], params, [y]);
  return (from, to) => {
    multiply([content, from], [to]);
  };
}

function ravel(leaves: readonly Tensor[]): Tensor {
  const parts = leaves.map((x) => reshape(x, [x.size]));
  return parts.length === 1 ? parts[0]! : concatenate(parts);
}

function unravel(space: Space, y: Tensor): unknown {
  let position = 0;
  const leaves = space.leaves.map(({ shape }) => {
    const whole = space.leaves.length === 1;
    const part = whole ? y : slice(y, [position, (position += sizeOf(shape))]);
    return reshape(part, shape);
  });
  return treeIn(space, leaves);
}
