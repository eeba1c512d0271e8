import type { Kernel } from "./kernel.js";

/*
 * Splits the flat output index into one index per axis, last axis first. `shape` and the tables beside it are given
 * reversed, because a kernel's loops run upwards.
 */
const nextIndex = `
    const above = Math.floor((rest + 0.5) / shape[axis]);
    const index = rest - above * shape[axis];
    rest = above;`;

/** out[i0, i1, ...] = X[offset + i0 s0 + i1 s1 + ...]: transpose, broadcastTo, slice and flip are all of this form. */
export const stridedKernel: Kernel = {
  name: "strided",
  kind: "gather",
  source: `function(X, shape, strides) {
  let rest = this.thread.x;
  let position = this.constants.offset;
  for (let axis = 0; axis < this.constants.rank; axis++) {${nextIndex}
    position += index * strides[axis];
  }
  return X[position];
}`,
};

/** out[start + k step] = X[k] along every axis, 0 elsewhere: the transpose of a strided slice. */
export const placeKernel: Kernel = {
  name: "place",
  kind: "gather",
  source: `function(X, shape, lengths, starts, steps, strides) {
  let rest = this.thread.x;
  let position = 0;
  let inside = 1;
  for (let axis = 0; axis < this.constants.rank; axis++) {${nextIndex}
    const k = Math.floor((index - starts[axis]) / steps[axis] + 0.5);
    if (k < 0 || k >= lengths[axis] || starts[axis] + k * steps[axis] != index) {
      inside = 0;
    } else {
      position += k * strides[axis];
    }
  }
  return inside > 0 ? X[position] : 0;
}`,
};

/** out[o, j, i] = X[o, indices[j], i] */
export const takeKernel: Kernel = {
  name: "take",
  kind: "gather",
  source: `function(X, indices) {
  const row = Math.floor((this.thread.x + 0.5) / this.constants.inner);
  const i = this.thread.x - row * this.constants.inner;
  const o = Math.floor((row + 0.5) / this.constants.count);
  const j = row - o * this.constants.count;
  return X[(o * this.constants.length + indices[j]) * this.constants.inner + i];
}`,
};
