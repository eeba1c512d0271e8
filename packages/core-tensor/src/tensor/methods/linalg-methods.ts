import type { RankOptions, LeastSquaresSolution } from "../../ops/linalg/least-squares.js";
import type { SvdOptions } from "../../ops/linalg/svd.js";
import type { TriangularSolveOptions } from "../../ops/linalg/triangular-solve.js";
import type { Like } from "../like.js";
import type { Tensor } from "../tensor.js";
import { providedFor } from "./provided.js";
import { ShapeMethods } from "./shape-methods.js";

/**
 * Linear algebra. Each is the function of its name in `linalg` with this tensor first. In a bundle of an application a
 * method is there if its function is imported somewhere; else it throws NotBundledError, which says so.
 */
export abstract class LinalgMethods extends ShapeMethods {
  solve(this: Tensor, b: Like): Tensor {
    return providedFor("solve")(this, b);
  }

  triangularSolve(this: Tensor, b: Like, options?: TriangularSolveOptions): Tensor {
    return providedFor("triangularSolve")(this, b, options);
  }

  /** x with T x = b, where this tensor is the band below the diagonal of T */
  tridiagonalSolve(this: Tensor, diagonal: Like, upper: Like, b: Like): Tensor {
    return providedFor("tridiagonalSolve")(this, diagonal, upper, b);
  }

  lstsq(this: Tensor, b: Like, options?: RankOptions): LeastSquaresSolution {
    return providedFor("lstsq")(this, b, options);
  }

  cholesky(this: Tensor): Tensor {
    return providedFor("cholesky")(this);
  }

  lu(this: Tensor): { p: Tensor; l: Tensor; u: Tensor } {
    return providedFor("lu")(this);
  }

  qr(this: Tensor): { q: Tensor; r: Tensor } {
    return providedFor("qr")(this);
  }

  svd(this: Tensor, options?: SvdOptions): { u: Tensor; s: Tensor; vh: Tensor } {
    return providedFor("svd")(this, options);
  }

  eigh(this: Tensor): { eigenvalues: Tensor; eigenvectors: Tensor } {
    return providedFor("eigh")(this);
  }

  det(this: Tensor): Tensor {
    return providedFor("det")(this);
  }

  slogdet(this: Tensor): { sign: Tensor; logabsdet: Tensor } {
    return providedFor("slogdet")(this);
  }

  inv(this: Tensor): Tensor {
    return providedFor("inv")(this);
  }

  pinv(this: Tensor, options?: RankOptions): Tensor {
    return providedFor("pinv")(this, options);
  }

  expm(this: Tensor): Tensor {
    return providedFor("expm")(this);
  }

  matrixPower(this: Tensor, n: number): Tensor {
    return providedFor("matrixPower")(this, n);
  }
}
