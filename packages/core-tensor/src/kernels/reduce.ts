import type { Kernel } from "./kernel.js";

/*
 * A reduction sees its input as [outer, length, inner] and reduces the middle axis. Output element
 * t = o * inner + i starts at o * length * inner + i and advances by inner.
 */
const start = `
  const outer = Math.floor((this.thread.x + 0.5) / this.constants.inner);
  const first = outer * (this.constants.length - 1) * this.constants.inner + this.thread.x;`;

/** Sums in blocks, so that the rounding error grows with block + length / block instead of length. */
export const sumKernel: Kernel = {
  name: "sum",
  kind: "reduce",
  source: `function(X) {${start}
  let total = 0;
  for (let k = 0; k < this.constants.blocks; k++) {
    let part = 0;
    for (let j = 0; j < this.constants.block; j++) {
      part += X[first + (k * this.constants.block + j) * this.constants.inner];
    }
    total += part;
  }
  let rest = 0;
  for (let r = 0; r < this.constants.rest; r++) {
    rest += X[first + (this.constants.blocks * this.constants.block + r) * this.constants.inner];
  }
  return total + rest;
}`,
};

function extremumKernel(name: string, pick: string): Kernel {
  return {
    name,
    kind: "reduce",
    source: `function(X) {${start}
  let best = X[first];
  for (let k = 1; k < this.constants.length; k++) {
    best = ${pick}(best, X[first + k * this.constants.inner]);
  }
  return best;
}`,
  };
}

export const maxKernel = extremumKernel("max", "Math.max");
export const minKernel = extremumKernel("min", "Math.min");

/** Block length of `sumKernel`. */
export const BLOCK = 128;

/** The constants of every reduce kernel. */
export function reduceConstants(length: number, inner: number): Record<string, number> {
  const blocks = Math.floor(length / BLOCK);
  return { length, inner, block: BLOCK, blocks, rest: length - blocks * BLOCK };
}
