import type { Tensor } from "@cotangent/core-tensor";
import { jit } from "../jit/jit.js";
import { flatten, formatStructure, sameStructure } from "../tree/index.js";
import { failed, type DerivativeError } from "./derivative-error.js";
import { paste } from "./paste.js";

/**
 * Compiling changes nothing: jit(f) of the arguments is f of them, bit for bit, also when it is called again.
 *
 * @throws DerivativeError
 */
export function checkJit<A extends readonly unknown[]>(f: (...args: A) => unknown, args: A): void {
  const expected = flatten(f(...args), "laws.jit: result");
  const compiled = jit(f);
  for (const call of ["first", "second"]) {
    const found = flatten(compiled(...args), "laws.jit: result");
    const where = `jit(f) is not f at its ${call} call`;
    if (!sameStructure(found.structure, expected.structure)) {
      throw failure(
        args,
        `${where}: its result has the structure ${formatStructure(found.structure)}, that of f ` +
          formatStructure(expected.structure),
      );
    }
    found.leaves.forEach((x, i) => {
      const wanted = expected.leaves[i]!;
      if (sameBits(x, wanted)) return;
      throw failure(
        args,
        `${where}: leaf ${String(i)} is ${describe(x)}, but of f it is ${describe(wanted)}`,
      );
    });
  }
}

/** Same dtype, shape and numbers; -0 is not 0, NaN is NaN. */
export function sameBits(a: Tensor, b: Tensor): boolean {
  if (a.dtype !== b.dtype || a.shape.join() !== b.shape.join()) return false;
  const [x, y] = [a.toTypedArray(), b.toTypedArray()];
  return x.length === y.length && x.every((value, i) => Object.is(value, y[i]));
}

function describe(x: Tensor): string {
  return `${x.dtype}[${x.shape.join(", ")}] [${x.toTypedArray().join(", ")}]`;
}

function failure(point: readonly unknown[], headline: string): DerivativeError {
  return failed(
    { law: "jit", order: 1, mode: "compiled", point, direction: [], seed: 0 },
    { headline, values: {}, lines: [] },
    `fc.assert(laws.jit(f, fc.constant(${paste(point)})))`,
  );
}
