import { isTypedArray, type TypedArray } from "../dtype/index.js";
import type { Kernel, KernelConstants } from "../kernels/kernel.js";

type Loop = (out: TypedArray, length: number, constants: KernelConstants, ...inputs: TypedArray[]) => void;

const compiled = new Map<string, Map<string, Loop>>();

/**
 * Runs a kernel text on the host: out[t] for every t, in the precision of float64 registers.
 *
 * One loop is compiled per text and combination of array types, so that each stays monomorphic for the JIT.
 */
export function execute(
  kernel: Kernel,
  inputs: readonly TypedArray[],
  constants: KernelConstants,
  out: TypedArray,
): void {
  let variants = compiled.get(kernel.source);
  if (variants === undefined) compiled.set(kernel.source, (variants = new Map<string, Loop>()));
  let key = tag(out);
  for (const input of inputs) key += tag(input);
  let loop = variants.get(key);
  if (loop === undefined) variants.set(key, (loop = compileLoop(kernel)));
  loop(out, out.length, constants, ...inputs);
}

function tag(array: TypedArray): string {
  if (!isTypedArray(array)) throw new TypeError("execute: not a storage array");
  return array.constructor.name;
}

const shape = /^function\s*\(([^)]*)\)\s*\{([\s\S]*)\breturn\s+([^;]+);\s*\}\s*$/;

/** `function(X) { body; return value; }` becomes a loop over the output. */
export function compileLoop(kernel: Kernel): Loop {
  const match = shape.exec(kernel.source);
  if (match === null)
    throw new SyntaxError(`kernel ${kernel.name}: not of the form function(...) { ...; return x; }`);
  const [, parameters, body, value] = match as unknown as [string, string, string, string];
  const names = [
    ...new Set([...kernel.source.matchAll(/this\.constants\.(\w+)/g)].map((found) => found[1]!)),
  ];
  const constants = names.map((name) => `const constant_${name} = constants.${name};`).join("\n");
  const local = (text: string): string =>
    text.replaceAll("this.thread.x", "thread").replaceAll(/this\.constants\.(\w+)/g, "constant_$1");
  const text = `"use strict";
${constants}
for (let thread = 0; thread < length; thread++) {
${local(body)}
  out[thread] = ${local(value)};
}`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- see docs/decisions: our own texts, never user input
  return new Function("out", "length", "constants", ...parameters.split(/\s*,\s*/), text) as Loop;
}
