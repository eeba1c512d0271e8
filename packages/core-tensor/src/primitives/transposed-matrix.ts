import type { TypedArray } from "../dtype/index.js";
import type { HostTensor } from "./primitive.js";

/**
 * The numbers of a transposed matrix (or batch of them), as long as nobody has asked for them: products read the matrix
 * itself, where it is.
 */
export class TransposedMatrix {
  constructor(
    readonly matrix: HostTensor,
    readonly rearranged: () => TypedArray,
  ) {}
}
