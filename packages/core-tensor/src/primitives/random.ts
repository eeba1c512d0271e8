import type { TypedArray } from "../dtype/index.js";
import { ShapeError } from "../errors/index.js";
import { gammaSample, gammaSlope } from "../host/random/gamma.js";
import { lerp32, lerp64 } from "../host/random/lerp.js";
import * as fill from "../host/random/sample.js";
import { hash, type Words } from "../host/random/threefry.js";
import { truncatedNormalOn } from "../host/random/truncated-normal.js";
import { formatShape, sameShape, sizeOf, type Shape } from "../shape/index.js";
import { intoNewArrays } from "./into-new-arrays.js";
import type { RandomSampleParams } from "./params.js";
import type { Abstract, Primitive } from "./primitive.js";

/**
 * Samples without tensor parameters. Keys have shape [...batch, 2], samples [...batch, ...shape]: every key of a batch
 * gives what it gives alone.
 */
export const randomSample: Primitive<"randomSample", RandomSampleParams> = {
  name: "randomSample",
  shape: ([key], { sampler, shape, dtype }) => [
    { shape: [...batchOf(key!), ...shape, ...(sampler === "words" ? [2] : [])], dtype },
  ],
  evaluate: intoNewArrays,
  prepare: (_, params) => {
    const count = sizeOf(params.shape) * (params.sampler === "words" ? 2 : 1);
    const fillSamples = sampler(params);
    return ([keys], [out]) => {
      for (let i = 0; 2 * i < keys!.length; i++) fillSamples(keyAt(keys!, i), out!, i * count, count);
    };
  },
};

function sampler(params: RandomSampleParams): fill.Fill {
  if (params.sampler === "integer") return fill.fillIntegers(params.minval, params.maxval);
  if (params.dtype === "int32") return params.sampler === "words" ? fill.fillWords : fill.fillBits;
  if (params.dtype === "float64") {
    return params.sampler === "normal" ? fill.fillNormal64 : fill.fillUniform64;
  }
  return params.sampler === "normal" ? fill.fillNormal32 : fill.fillUniform32;
}

/** A new key from a key and a whole number: the hash of that number. */
export const randomFold: Primitive<"randomFold"> = {
  name: "randomFold",
  shape: ([key, data]) => {
    checkBatch(batchOf(key!), data!.shape, "randomFold");
    return [key!];
  },
  evaluate: intoNewArrays,
  prepare:
    () =>
    ([keys, data], [out]) => {
      for (let i = 0; 2 * i < keys!.length; i++) {
        const folded = hash(keyAt(keys!, i), 0, data![i]!);
        out![2 * i] = folded[0];
        out![2 * i + 1] = folded[1];
      }
    },
};

/** (a, x) -> dx/da of a Gamma(a, 1) sample x. */
export const randomGammaSlope: Primitive<"randomGammaSlope"> = {
  name: "randomGammaSlope",
  shape: ([a, x]) => {
    checkSame(a!, x!, "randomGammaSlope");
    return [x!];
  },
  evaluate: intoNewArrays,
  prepare:
    () =>
    ([a, x], [out]) => {
      for (let i = 0; i < out!.length; i++) out![i] = gammaSlope(a![i]!, x![i]!);
    },
};

/** (key, a) -> Gamma(a, 1); a has the shape [...batch, ...shape] of the samples. */
export const randomGamma: Primitive<"randomGamma"> = {
  name: "randomGamma",
  slope: randomGammaSlope,
  shape: ([key, a]) => {
    checkBatch(batchOf(key!), a!.shape, "randomGamma");
    return [a!];
  },
  evaluate: intoNewArrays,
  prepare:
    () =>
    ([keys, a], [out]) => {
      const count = out!.length / (keys!.length / 2);
      for (let i = 0; 2 * i < keys!.length; i++) {
        const key = keyAt(keys!, i);
        for (let j = 0; j < count; j++)
          out![i * count + j] = gammaSample(hash(key, 0, j), a![i * count + j]!);
      }
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
  evaluate: intoNewArrays,
  prepare: () => {
    // Ends are mostly the same for all: their distribution functions are worked out when they change.
    let [l, u, point] = [NaN, NaN, (share: number) => share];
    return ([w, lower, upper], [out]) => {
      for (let i = 0; i < out!.length; i++) {
        if (lower![i] !== l || upper![i] !== u) {
          [l, u] = [lower![i]!, upper![i]!];
          point = truncatedNormalOn(l, u);
        }
        out![i] = point(w![i]!);
      }
    };
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
  evaluate: intoNewArrays,
  prepare: (_, __, [result]) => {
    const between = result!.dtype === "float32" ? lerp32 : lerp64;
    return ([u, a, b], [out]) => {
      for (let i = 0; i < out!.length; i++) out![i] = between(u![i]!, a![i]!, b![i]!);
    };
  },
};

function keyAt(keys: TypedArray, i: number): Words {
  return [keys[2 * i]!, keys[2 * i + 1]!];
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
