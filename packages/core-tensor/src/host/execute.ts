import type { TypedArray } from "../dtype/index.js";
import type { Kernel, KernelConstants } from "../kernels/kernel.js";
import { functions, withOwnFunctions } from "./functions/index.js";
import { computeLong } from "./long-arrays.js";

type Loop = (out: TypedArray, length: number, constants: KernelConstants, ...inputs: TypedArray[]) => void;

const compiled = new WeakMap<Kernel, Loop[]>();

/**
 * Runs a kernel text on the host: out[t] for every t, in the precision of float64 registers.
 *
 * One loop is compiled per kernel and combination of array types, so that each stays monomorphic for the JIT.
 */
export function execute(
  kernel: Kernel,
  inputs: readonly TypedArray[],
  constants: KernelConstants,
  out: TypedArray,
): void {
  if (computeLong(kernel, inputs, out)) return;
  let variants = compiled.get(kernel);
  if (variants === undefined) compiled.set(kernel, (variants = []));
  let key = typeCode(out);
  for (const input of inputs) key = key * 4 + typeCode(input);
  const loop = (variants[key] ??= compileLoop(kernel));
  loop(out, out.length, constants, ...inputs);
}

function typeCode(array: TypedArray): number {
  if (array instanceof Float64Array) return 0;
  if (array instanceof Float32Array) return 1;
  return array instanceof Int32Array ? 2 : 3;
}

const shape = /^function\s*\(([^)]*)\)\s*\{([\s\S]*)\breturn\s+([^;]+);\s*\}\s*$/;

/** `function(X) { body; return value; }` becomes a loop over the output. */
function compileLoop(kernel: Kernel): Loop {
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
return (out, length, constants, ${parameters}) => {
${constants}
for (let thread = 0; thread < length; thread++) {
${local(body)}
  out[thread] = ${local(value)};
}
}`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- docs/decisions/0010: our own texts, never user input
  return (new Function("own", withOwnFunctions(text)) as (own: typeof functions) => Loop)(functions);
}
