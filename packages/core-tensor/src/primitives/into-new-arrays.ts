import { allocate, type TypedArray } from "../dtype/index.js";
import { sizeOf } from "../shape/index.js";
import type { Abstract, HostTensor, Primitive } from "./primitive.js";

/** `evaluate` of a primitive whose prepared form does all the work: it is prepared, and run into new arrays. */
export function intoNewArrays<P extends object>(
  this: Pick<Primitive<string, P>, "prepare">,
  inputs: readonly HostTensor[],
  params: P,
  outputs: readonly Abstract[],
): readonly TypedArray[] {
  const contents = new Array<TypedArray>(inputs.length);
  for (let i = 0; i < inputs.length; i++) contents[i] = inputs[i]!.content;
  const results = new Array<TypedArray>(outputs.length);
  for (let i = 0; i < outputs.length; i++)
    results[i] = allocate(outputs[i]!.dtype, sizeOf(outputs[i]!.shape));
  this.prepare(inputs, params, outputs)(contents, results);
  return results;
}
