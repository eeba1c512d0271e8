import { tracedOf, type Abstract, type Tensor } from "@cotangent/core-tensor";
import { formatType, type Named } from "./listing.js";

/** Names of the values in a listing: a, b, ..., z, aa, ... in the order of declaration. */
export class Names {
  private readonly known = new Map<unknown, string>();

  /** A name for a value, which is found again by its key. */
  declare(key: unknown, { shape, dtype }: Abstract): Named {
    const name = nameAt(this.known.size);
    this.known.set(key, name);
    return { name, shape, dtype };
  }

  /** The name of a value. */
  of(key: unknown): string {
    return this.known.get(key) ?? "?";
  }

  /** Names for the constants among operands, but for numbers, which stand for themselves. */
  declareConstants(constants: readonly Tensor[]): Named[] {
    const named = constants.filter((x, i) => literalOf(x) === undefined && constants.indexOf(x) === i);
    return named.map((x) => this.declare(x, x));
  }

  /** The name of a constant, or its number. */
  ofConstant(x: Tensor): string {
    return literalOf(x) ?? this.of(x);
  }
}

/** `2`, or `2:i32[]` where it is not of the default dtype; undefined for an array, and for a number that is not known. */
function literalOf(x: Tensor): string | undefined {
  if (x.ndim > 0 || tracedOf(x) !== undefined) return undefined;
  const text = x.toString();
  return x.dtype === "float64" || x.dtype === "bool" ? text : `${text}:${formatType(x)}`;
}

function nameAt(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : nameAt(Math.floor(index / 26) - 1) + letter;
}
