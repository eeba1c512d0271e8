import { allocate, type TypedArray } from "../dtype/index.js";
import { ShapeError } from "../errors/index.js";
import { gammaSample, gammaSlope } from "../host/random/gamma.js";
import { lerp32, lerp64 } from "../host/random/lerp.js";
import * as fill from "../host/random/sample.js";
import { hash, type Words } from "../host/random/threefry.js";
import { truncatedNormalOn } from "../host/random/truncated-normal.js";
import { formatShape, sameShape, sizeOf, type Shape } from "../shape/index.js";
import type { RandomSampleParams } from "./params.js";
import type { Abstract, HostTensor, Primitive } from "./primitive.js";

/**
 * Samples without tensor parameters. Keys have shape [...batch, 2], samples [...batch, ...shape]: every key of a batch
 * gives what it gives alone.
 */
export const randomSample: Primitive<"randomSample", RandomSampleParams> = {
  name: "randomSample",
  shape: ([key], { sampler, shape, dtype }) => [
    { shape: [...batchOf(key!), ...shape, ...(sampler === "words" ? [2] : [])], dtype },
  ],
  evaluate: ([key], params, [out]) => {
    const data = allocate(out!.dtype, sizeOf(out!.shape));
    const count = sizeOf(params.shape) * (params.sampler === "words" ? 2 : 1);
    forEachKey(key!, (k, i) => fillSamples(params, k, data, i * count, count));
    return [data];
  },
};

function fillSamples(
  params: RandomSampleParams,
  key: Words,
  out: TypedArray,
  from: number,
  count: number,
): void {
  if (out instanceof Float64Array) {
    (params.sampler === "normal" ? fill.fillNormal64 : fill.fillUniform64)(key, out, from, count);
  } else if (out instanceof Float32Array) {
    (params.sampler === "normal" ? fill.fillNormal32 : fill.fillUniform32)(key, out, from, count);
  } else if (out instanceof Int32Array) {
    if (params.sampler === "integer") fill.fillIntegers(params.minval, params.maxval)(key, out, from, count);
    else (params.sampler === "words" ? fill.fillWords : fill.fillBits)(key, out, from, count);
  }
}

/** A new key from a key and a whole number: the hash of that number. */
export const randomFold: Primitive<"randomFold"> = {
  name: "randomFold",
  shape: ([key, data]) => {
    checkBatch(batchOf(key!), data!.shape, "randomFold");
    return [key!];
  },
  evaluate: ([key, data]) => {
    const out = new Int32Array(key!.content.length);
    forEachKey(key!, (k, i) => out.set(hash(k, 0, data!.content[i]!), 2 * i));
    return [out];
  },
};

/** (a, x) -> dx/da of a Gamma(a, 1) sample x. */
export const randomGammaSlope: Primitive<"randomGammaSlope"> = {
  name: "randomGammaSlope",
  shape: ([a, x]) => {
    checkSame(a!, x!, "randomGammaSlope");
    return [x!];
  },
  evaluate: ([a, x], _, [out]) => [pointwise(out!, (i) => gammaSlope(a!.content[i]!, x!.content[i]!))],
};

/** (key, a) -> Gamma(a, 1); a has the shape [...batch, ...shape] of the samples. */
export const randomGamma: Primitive<"randomGamma"> = {
  name: "randomGamma",
  slope: randomGammaSlope,
  shape: ([key, a]) => {
    checkBatch(batchOf(key!), a!.shape, "randomGamma");
    return [a!];
  },
  evaluate: ([key, a]) => {
    const out = allocate(a!.dtype, a!.content.length);
    forEachKey(key!, (k, i, count) => {
      for (let j = 0; j < out.length / count; j++) {
        const at = (i * out.length) / count + j;
        out[at] = gammaSample(hash(k, 0, j), a!.content[at]!);
      }
    });
    return [out];
  },
};

/** (w, lower, upper), all of one shape -> the w-quantile of the standard normal cut off at lower and upper. */
export const truncatedNormalQuantile: Primitive<"truncatedNormalQuantile"> = {
  name: "truncatedNormalQuantile",
  shape: ([w, lower, upper]) => {
    checkSame(w!, lower!, "truncatedNormalQuantile");
    checkSame(w!, upper!, "truncatedNormalQuantile");
    return [w!];
  },
  evaluate: ([w, lower, upper], _, [out]) => {
    // Ends are mostly the same for all: their distribution functions are worked out when they change.
    let [l, u, point] = [NaN, NaN, (share: number) => share];
    return [
      pointwise(out!, (i) => {
        if (lower!.content[i] !== l || upper!.content[i] !== u) {
          [l, u] = [lower!.content[i]!, upper!.content[i]!];
          point = truncatedNormalOn(l, u);
        }
        return point(w!.content[i]!);
      }),
    ];
  },
};

/** (u, a, b), all of one shape -> a + u (b - a), with the one rounding that jax.random.uniform has. */
export const lerp: Primitive<"lerp"> = {
  name: "lerp",
  shape: ([u, a, b]) => {
    checkSame(u!, a!, "lerp");
    checkSame(u!, b!, "lerp");
    return [u!];
  },
  evaluate: ([u, a, b], _, [out]) => {
    const between = out!.dtype === "float32" ? lerp32 : lerp64;
    return [pointwise(out!, (i) => between(u!.content[i]!, a!.content[i]!, b!.content[i]!))];
  },
};

function pointwise({ shape, dtype }: Abstract, f: (i: number) => number): TypedArray {
  const out = allocate(dtype, sizeOf(shape));
  for (let i = 0; i < out.length; i++) out[i] = f(i);
  return out;
}

function forEachKey(key: HostTensor, visit: (key: Words, i: number, count: number) => void): void {
  const count = key.content.length / 2;
  for (let i = 0; i < count; i++) visit([key.content[2 * i]!, key.content[2 * i + 1]!], i, count);
}

/** Axes before the last one, which holds the two words. */
function batchOf({ shape }: Abstract): Shape {
  if (shape[shape.length - 1] !== 2) {
    throw new ShapeError(`random: a key has shape [2] and keys [..., 2], got ${formatShape(shape)}`);
  }
  return shape.slice(0, -1);
}

function checkBatch(batch: Shape, shape: Shape, where: string): void {
  if (!sameShape(batch, shape.slice(0, batch.length))) {
    throw new ShapeError(
      `${where}: keys of shape ${formatShape([...batch, 2])} do not fit parameters of shape ${formatShape(shape)}`,
    );
  }
}

function checkSame(a: Abstract, b: Abstract, where: string): void {
  if (!sameShape(a.shape, b.shape)) {
    throw new ShapeError(`${where}: shapes ${formatShape(a.shape)} and ${formatShape(b.shape)} differ`);
  }
}
