import { concatenate, eye, reshape, slice, stack, zerosLike, type Tensor } from "@cotangent/core-tensor";
import { BatchedValueError } from "../errors/errors.js";
import { unflatten, type Flat } from "../tree/index.js";
import { vmap } from "./vmap.js";

type LinearMap = (tree: unknown) => readonly Tensor[];

/** So many numbers (2 MB) at most are mapped at a time: what a batch needs stays small, however large the matrix. */
const NUMBERS = 2 ** 18;

/** For fewer vectors than this, a batch costs more than it saves. */
const FEW = 8;

/**
 * The images under a linear map of all unit vectors of one leaf of its domain, along axis 0; undefined for a leaf without
 * elements. Many unit vectors are mapped at once, as a batch.
 */
export function imagesOfUnits(
  domain: Flat,
  leaf: number,
  codomain: Flat,
  map: LinearMap,
): readonly Tensor[] | undefined {
  const { size, shape, dtype } = domain.leaves[leaf]!;
  if (size === 0) return undefined;
  const zeros = domain.leaves.map((x) => zerosLike(x));
  const image = (unit: Tensor): readonly Tensor[] =>
    map(
      unflatten(
        domain.structure,
        zeros.map((zero, i) => (i === leaf ? reshape(unit, shape) : zero)),
      ),
    );
  const largest = [...domain.leaves, ...codomain.leaves].reduce((most, x) => Math.max(most, x.size), 1);
  return imagesOf(eye(size, undefined, { dtype }), image, largest);
}

/**
 * The images of vectors [k, n], k > 0, along axis 0; many are mapped at once, as a batch.
 *
 * @param largest - the size of the largest tensor that a vector or its image consists of
 */
export function imagesOf(
  vectors: Tensor,
  image: (vector: Tensor) => readonly Tensor[],
  largest: number,
): readonly Tensor[] {
  const size = vectors.shape[0]!;
  const count = Math.max(1, Math.floor(NUMBERS / largest));
  if (count === 1 || size < FEW) return oneByOne(image, vectors);
  const parts: (readonly Tensor[])[] = [];
  for (let start = 0; start < size; start += count) {
    const part = slice(vectors, [start, Math.min(start + count, size)]);
    parts.push(batched(image, part));
  }
  return parts[0]!.map((_, i) => concatenate(parts.map((images) => images[i]!)));
}

/** A rule of the user's that reads numbers cannot be applied to a batch. */
function batched(image: (vector: Tensor) => readonly Tensor[], vectors: Tensor): readonly Tensor[] {
  try {
    return vmap(image)(vectors);
  } catch (error) {
    if (error instanceof BatchedValueError) return oneByOne(image, vectors);
    throw error;
  }
}

function oneByOne(image: (vector: Tensor) => readonly Tensor[], vectors: Tensor): readonly Tensor[] {
  const images = Array.from({ length: vectors.shape[0]! }, (_, k) => image(slice(vectors, k)));
  return images[0]!.map((_, i) => stack(images.map((leaves) => leaves[i]!)));
}
