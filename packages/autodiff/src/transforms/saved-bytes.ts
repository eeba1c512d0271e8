import { originOf, type TypedArray } from "@cotangent/core-tensor";
import { LinearTrace } from "../tape/linear-trace.js";
import type { Tape } from "../tape/tape.js";
import type { TreeLike } from "../tree/index.js";
import { tapeOf } from "./linearize.js";

/**
 * The bytes that the tape of f keeps for the backward pass, f being differentiated with respect to all arguments: those
 * of all distinct arrays that its equations hold as constants (parameters and data included, where the derivative needs
 * them), and of what opaque lines keep: the arguments of a checkpointed function, the residuals of a `customVjp`. What a
 * checkpointed function closes over is not counted.
 *
 * @example
 * ```ts
 * const x = linspace(0, 1, 100);
 * savedBytes((y: Tensor) => y.mul(2).sum(), x); // => 8
 * savedBytes((y: Tensor) => y.exp().sum(), x); // => 800
 * ```
 */
export function savedBytes<A extends readonly unknown[]>(
  f: (...args: A) => unknown,
  ...args: { readonly [K in keyof A]: TreeLike<A[K]> }
): number {
  return bytesOf(tapeOf(f, args, { origin: originOf("savedBytes", savedBytes) }));
}

function bytesOf(tape: Tape): number {
  const arrays = new Set<TypedArray>();
  const seen = new Set<object>();
  const visit = (node: unknown): void => {
    if (isTypedArray(node)) arrays.add(node);
    else if (typeof node === "object" && node !== null && !(node instanceof LinearTrace) && !seen.has(node)) {
      seen.add(node);
      Object.values(node).forEach(visit);
    }
  };
  for (const equation of tape.equations) {
    equation.inputs.forEach((x, i) => {
      if (equation.variables[i]! < 0) visit(x);
    });
    if ("call" in equation) visit(equation.call.keeps);
  }
  let bytes = 0;
  for (const array of arrays) bytes += array.byteLength;
  return bytes;
}

function isTypedArray(node: unknown): node is TypedArray {
  return ArrayBuffer.isView(node) && !(node instanceof DataView);
}
