import { stack, sub, sum, mul, tensor, type Tensor } from "@cotangent/core-tensor";
import { jit } from "../jit/jit.js";
import { grad } from "../transforms/grad.js";
import { jvp } from "../transforms/jvp.js";
import { vmap } from "../transforms/vmap.js";
import { sameBits } from "./check-jit.js";

type Map = (x: Tensor) => Tensor;

/** A transformation with `jit` somewhere in it, and the same one without. */
export interface JitComposition {
  readonly name: string;
  /** Are the bits the same, or is rounding another? */
  readonly exact: boolean;
  /** The transformation with `jit`. */
  readonly compiled: (f: Map) => Map;
  /** The transformation without. */
  readonly plain: (f: Map) => Map;
}

/**
 * All orders of `jit` with derivatives and batches, of a function from a tensor to a tensor: each is to be what it is
 * without `jit`.
 *
 * @example
 * ```ts
 * import { isSameWithJit, jitCompositions } from "@cotangent/autodiff/testing";
 *
 * const f = (x: Tensor) => x.sin().mul(x);
 * jitCompositions.slice(0, 3).map(({ name }) => name); // => ["jit", "jit(grad)", "grad(jit)"]
 * jitCompositions.every((composition) => isSameWithJit(composition, f, tensor([1, 2]))); // => true
 * ```
 */
export const jitCompositions: readonly JitComposition[] = [
  { name: "jit", exact: true, compiled: jit, plain: (f) => f },
  { name: "jit(grad)", exact: false, compiled: (f) => jit(gradient(f)), plain: gradient },
  { name: "grad(jit)", exact: false, compiled: (f) => gradient(jit(f)), plain: gradient },
  { name: "jit(jvp)", exact: false, compiled: (f) => jit(derivative(f)), plain: derivative },
  { name: "jvp(jit)", exact: false, compiled: (f) => derivative(jit(f)), plain: derivative },
  { name: "jit(vmap)", exact: true, compiled: (f) => jit(batch(f)), plain: batch },
  { name: "vmap(jit)", exact: true, compiled: (f) => batch(jit(f)), plain: batch },
  { name: "jit(vmap(grad))", exact: false, compiled: (f) => jit(batch(gradient(f))), plain: ofBatch },
  { name: "vmap(jit(grad))", exact: false, compiled: (f) => batch(jit(gradient(f))), plain: ofBatch },
  { name: "vmap(grad(jit))", exact: false, compiled: (f) => batch(gradient(jit(f))), plain: ofBatch },
  { name: "grad(jit(vmap))", exact: false, compiled: (f) => gradient(jit(batch(f))), plain: overBatch },
  { name: "jit(hvp)", exact: false, compiled: (f) => jit(second(f)), plain: second },
  { name: "hvp(jit)", exact: false, compiled: (f) => second(jit(f)), plain: second },
  { name: "grad(jit(grad))", exact: false, compiled: (f) => gradient(jit(gradient(f))), plain: twice },
];

/**
 * Is the composition what it is without `jit`, when it is called and called again?
 *
 * @param tolerance - of those that agree to rounding, relative
 * @example
 * ```ts
 * import { isSameWithJit, jitCompositions } from "@cotangent/autodiff/testing";
 *
 * isSameWithJit(jitCompositions[0]!, (x: Tensor) => x.sin(), tensor([1, 2])); // => true
 * ```
 */
export function isSameWithJit(
  { exact, compiled, plain }: JitComposition,
  f: Map,
  x: Tensor,
  tolerance = 1e-10,
): boolean {
  const wanted = plain(f)(x);
  const made = compiled(f);
  return [1, 2].every(() => {
    const found = made(x);
    if (exact) return sameBits(found, wanted);
    const gap = sub(found, wanted).abs().max().item();
    return found.dtype === wanted.dtype && gap <= tolerance * (1 + wanted.abs().max().item());
  });
}

/** The gradient of a weighted sum of f, with other weights for each element. */
function gradient(f: Map): Map {
  return grad((x: Tensor) => weighted(f(x)));
}

/** f'(x) v for some v */
function derivative(f: Map): Map {
  return (x) => jvp(f, [x], [someOf(x)]).tangent;
}

function second(f: Map): Map {
  return derivative(gradient(f));
}

function twice(f: Map): Map {
  return gradient(gradient(f));
}

/** f of three points near x */
function batch(f: Map): Map {
  return (x) => vmap(f)(stack([x, mul(x, 1.0625), mul(x, 0.9375)]));
}

function ofBatch(f: Map): Map {
  return batch(gradient(f));
}

function overBatch(f: Map): Map {
  return gradient(batch(f));
}

function weighted(y: Tensor): Tensor {
  return sum(mul(y, someOf(y)));
}

/** Numbers of both signs in (-1, 1], in the shape of x. */
function someOf(x: Tensor): Tensor {
  const values = Array.from({ length: x.size }, (_, k) => Math.cos(k));
  return tensor(values, { shape: x.shape, dtype: x.dtype });
}
