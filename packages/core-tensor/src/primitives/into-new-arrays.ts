import { allocateUnwritten, type TypedArray } from "../dtype/index.js";
import { sizeOf } from "../shape/index.js";
import { contentOf, type Abstract, type HostTensor, type Primitive } from "./primitive.js";

/** `evaluate` of a primitive whose prepared form does all the work: it is prepared, and run into new arrays. */
export function intoNewArrays<P extends object>(
  this: Pick<Primitive<string, P>, "prepare">,
  inputs: readonly HostTensor[],
  params: P,
  outputs: readonly Abstract[],
): readonly TypedArray[] {
  const results = outputs.map(newArray);
  this.prepare(inputs, params, outputs)(inputs.map(contentOf), results);
  return results;
}

function newArray({ shape, dtype }: Abstract): TypedArray {
  return allocateUnwritten(dtype, sizeOf(shape));
}
