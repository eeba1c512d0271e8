import { asTensor, isTensor, sameShape, type Tensor } from "@cotangent/core-tensor";
import type { Signature } from "../jit/signature.js";

/** Arguments of one signature, recognised without taking them apart where each of them is a tensor or a number. */
export class Expected {
  private readonly isFlat: boolean;

  constructor(
    readonly signature: Signature,
    /** The positions of static arguments. */
    private readonly positions: readonly number[],
  ) {
    const { structure } = signature;
    this.isFlat =
      structure.kind === "array" &&
      structure.items.every(({ kind }, i) => kind === "leaf" || positions.includes(i));
  }

  /** The leaves of arguments with this signature; undefined for others, and for trees. */
  leavesOf(args: readonly unknown[]): readonly Tensor[] | undefined {
    const { leaves, statics } = this.signature;
    if (!this.isFlat || args.length !== leaves.length + statics.length) return undefined;
    const found = new Array<Tensor>(leaves.length);
    let next = 0;
    for (let i = 0; i < args.length; i++) {
      const arg = args[i];
      const position = statics.length === 0 ? -1 : this.positions.indexOf(i);
      if (position >= 0) {
        if (!Object.is(arg, statics[position])) return undefined;
        continue;
      }
      const expected = leaves[next]!;
      const x = typeof arg === "number" ? asTensor(arg) : arg;
      if (!isTensor(x) || x.dtype !== expected.dtype || !sameShape(x.shape, expected.shape)) return undefined;
      found[next++] = x;
    }
    return found;
  }
}
