import {
  hold,
  hostArray,
  tracedOf,
  tracing,
  ValueError,
  type Tensor,
  type Trace,
} from "@cotangent/core-tensor";
import {
  claimsSymmetry,
  epsilonOf,
  fromCoordinates,
  leavesIn,
  probeSymmetry,
  toCoordinates,
  treeIn,
  type Claims,
  type LinearOperator,
  type SymmetryProbe,
} from "../operators/index.js";
import { asFloat64, norm, probeVector, scale } from "../vector/index.js";

/** A product with a vector, written to `into` (another one) where that is given: loops bring their own memory. */
type Product = (x: Float64Array, into?: Float64Array) => Float64Array;

/** One direction of a system, in coordinates: the equations A x = b, or A^T x = b. */
export interface View {
  readonly rows: number;
  readonly columns: number;
  /** More equations than unknowns: x minimises ||b - A x||. */
  readonly leastSquares: boolean;
  /** A x. */
  readonly multiply: Product;
  /** A^T y. */
  readonly multiplyTransposed: Product;
  /** r -> M r with M close to A^-1; r itself without a preconditioner. */
  readonly precondition: Product;
  /** s -> M M^T s, close to (A^T A)^-1, for A in other units: for M / unit. s itself without a preconditioner. */
  readonly preconditionNormal: (s: Float64Array, unit: number) => Float64Array;
}

/** What a system is made of. */
export interface SystemParts {
  readonly operator: LinearOperator;
  readonly claims: Claims;
  readonly preconditioner?: LinearOperator | undefined;
}

/**
 * An operator as numbers: products of coordinate vectors at the primal values of all that it closes over, counted.
 * Everything that is found out about A (the matrix, its norm) is kept here and serves every solve.
 */
export class LinearSystem {
  readonly rows: number;
  readonly columns: number;
  readonly claims: Claims;
  /** Unit roundoff of the products. */
  readonly epsilon: number;
  readonly preconditioned: boolean;
  products = 0;
  factorisations = 0;
  /** A lower bound of ||A||, from the products so far. */
  normEstimate = 0;
  private probe: SymmetryProbe | undefined;
  private matrix: Float64Array | undefined;
  private transposedOperator: LinearOperator | undefined;
  private readonly held: readonly Trace[];

  constructor(private readonly parts: SystemParts) {
    const { operator, preconditioner } = parts;
    this.rows = operator.codomain.size;
    this.columns = operator.domain.size;
    this.claims = parts.claims;
    this.epsilon = epsilonOf(operator.domain, operator.codomain);
    this.preconditioned = preconditioner !== undefined;
    this.traces = tracing() ? this.tracesOf(operator) : [];
    this.held = [...this.traces, ...(tracing() && preconditioner ? this.tracesOf(preconditioner) : [])];
    // A^T must be prepared while nothing that A depends on is held: it may keep values of that time.
    if (this.traces.length > 0) this.transposedOperator = operator.transpose();
  }

  /** The same system, for the numbers that A has now: nothing that was found out is kept. */
  renewed(): LinearSystem {
    return new LinearSystem(this.parts);
  }

  /** What A depends on, innermost last. */
  readonly traces: readonly Trace[];

  /** A^T */
  get transposed(): LinearOperator {
    return (this.transposedOperator ??= this.parts.operator.transpose());
  }

  /** Is A = A^T claimed? */
  get claimedSymmetric(): boolean {
    return claimsSymmetry(this.claims);
  }

  /** What a probe says about the symmetry of A; probed once. */
  symmetry(): SymmetryProbe {
    return (this.probe ??= probeSymmetry(this.view(false).multiply, this.columns, this.epsilon));
  }

  /** A x = b, or A^T x = b. */
  view(transposed: boolean): View {
    const { operator, preconditioner } = this.parts;
    const forward: Product = (x, into) => this.product(operator, x, into);
    const backward: Product = (y, into) => this.product(this.transposed, y, into);
    const rows = transposed ? this.columns : this.rows;
    const columns = transposed ? this.rows : this.columns;
    const M = preconditioner === undefined ? undefined : this.preconditioners(preconditioner, transposed);
    return {
      rows,
      columns,
      leastSquares: rows > columns,
      multiply: transposed ? backward : forward,
      multiplyTransposed: transposed ? forward : backward,
      precondition: (r, into) => (M === undefined ? r : M.forward(r, into)),
      preconditionNormal: (s, unit) => {
        if (M === undefined) return s;
        const near = (r: Float64Array) => scale(1 / unit, r);
        return near(M.forward(near(M.backward(s))));
      },
    };
  }

  /**
   * The matrix, row-major, made once: from the operator's short cut, or of its products with the unit vectors.
   *
   * @throws ValueError when those products do not agree with one more product: the function is not linear
   */
  dense(): Float64Array {
    if (this.matrix !== undefined) return this.matrix;
    const { operator } = this.parts;
    const matrix = hold(this.held, () => operator.materialise?.());
    const values = matrix === undefined ? this.byColumns() : asFloat64(hostArray(matrix, "linearSolve"));
    this.normEstimate = Math.max(this.normEstimate, norm(values));
    return (this.matrix = values);
  }

  /** In coordinates, the product with the matrix that `dense` has made (no product with the operator). */
  multiplyDense(x: Float64Array, transposed: boolean): Float64Array {
    const { rows, columns } = this;
    const matrix = this.dense();
    const y = new Float64Array(transposed ? columns : rows);
    for (let i = 0, k = 0; i < rows; i++) {
      if (transposed) {
        for (let j = 0; j < columns; j++, k++) y[j]! += x[i]! * matrix[k]!;
      } else {
        let total = 0;
        for (let j = 0; j < columns; j++, k++) total += matrix[k]! * x[j]!;
        y[i] = total;
      }
    }
    return y;
  }

  /** The columns are the images of the unit vectors, next to which a random one shows that the map is linear. */
  private byColumns(): Float64Array {
    const { rows, columns } = this;
    const matrix = new Float64Array(rows * columns);
    if (matrix.length === 0) return matrix;
    const vectors = new Float64Array((columns + 1) * columns);
    for (let j = 0; j < columns; j++) vectors[j * columns + j] = 1;
    const probe = probeVector(columns, 0);
    vectors.set(probe, columns * columns);
    const images = this.images(vectors);
    for (let j = 0; j < columns; j++) {
      for (let i = 0; i < rows; i++) matrix[i * columns + j] = images[j * rows + i]!;
    }
    this.checkLinear(matrix, probe, images.subarray(rows * columns));
    return matrix;
  }

  /** A x for each of columns + 1 vectors. */
  private images(vectors: Float64Array): Float64Array {
    const { rows, columns } = this;
    const count = columns + 1;
    const together = this.held.length === 0 ? this.parts.operator.images?.(vectors, count) : undefined;
    const images = together ?? new Float64Array(count * rows);
    const { multiply } = this.view(false);
    for (let k = 0; k < count; k++) {
      const x = vectors.subarray(k * columns, (k + 1) * columns);
      const y = images.subarray(k * rows, (k + 1) * rows);
      if (together === undefined) multiply(x, y);
      else this.count(x, y);
    }
    return images;
  }

  /** Refuses a matrix by which v is not mapped to what the function made of it. */
  private checkLinear(matrix: Float64Array, v: Float64Array, got: Float64Array): void {
    this.matrix = matrix;
    const expected = this.multiplyDense(v, false);
    this.matrix = undefined;
    const gap = norm(got.map((value, i) => value - expected[i]!));
    // NaN is met, and reported, by the factorisation.
    // A matrix that is small because larger terms cancel has the rounding of those terms, taken to be of order one.
    const rounding = 64 * this.epsilon * norm(v);
    if (gap > Math.sqrt(this.epsilon) * norm(matrix) * norm(v) + rounding) {
      throw new ValueError(
        `linearSolve: ${this.parts.operator.name} is not linear: A v and the combination of A e_i differ by ` +
          `${gap.toExponential(2)} for a random v. An affine function x -> A x + c needs its c moved to the right-hand side`,
      );
    }
  }

  /** M and M^T, or M^T and M */
  private preconditioners(M: LinearOperator, transposed: boolean) {
    let transpose: LinearOperator | undefined;
    const plain: Product = (r, into) => this.apply(M, r, into);
    const flipped: Product = (r, into) => this.apply((transpose ??= M.transpose()), r, into);
    return transposed ? { forward: flipped, backward: plain } : { forward: plain, backward: flipped };
  }

  private product(operator: LinearOperator, x: Float64Array, into?: Float64Array): Float64Array {
    const y = this.apply(operator, x, into);
    this.count(x, y);
    return y;
  }

  /** Counts a product, and learns from it how large A is. */
  private count(x: Float64Array, y: Float64Array): void {
    this.products += 1;
    const size = norm(x);
    if (size > 0) this.normEstimate = Math.max(this.normEstimate, norm(y) / size);
  }

  private apply(operator: LinearOperator, x: Float64Array, into?: Float64Array): Float64Array {
    const { domain, codomain, name } = operator;
    const y = into ?? new Float64Array(codomain.size);
    if (operator.product !== undefined) {
      operator.product(x, y);
      return y;
    }
    return hold(this.held, () => {
      const tree = operator.apply(treeIn(domain, fromCoordinates(domain, x)));
      return toCoordinates(codomain, leavesIn(codomain, tree, `${name}: result`), y);
    });
  }

  /** The traces that appear, at any depth, in what products depend on, or else in one with a plain vector. */
  private tracesOf(operator: LinearOperator): Trace[] {
    const found = new Set<Trace>();
    for (const leaf of operator.dependsOn ?? this.productOfPlain(operator)) {
      for (let at: Tensor | undefined = leaf; at !== undefined;) {
        const traced = tracedOf(at);
        if (traced !== undefined && traced.trace.held === 0) found.add(traced.trace);
        at = traced?.primal ?? traced?.whole;
      }
    }
    return [...found].sort((a, b) => a.level - b.level);
  }

  private productOfPlain(operator: LinearOperator): readonly Tensor[] {
    const { domain, codomain, name } = operator;
    this.products += 1;
    const x = treeIn(domain, fromCoordinates(domain, probeVector(domain.size, 0)));
    return leavesIn(codomain, operator.apply(x), `${name}: result`);
  }
}
