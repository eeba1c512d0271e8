import { allocate, type TypedArray } from "../../dtype/index.js";
import type { Prepared } from "../../primitives/primitive.js";
import { scratch, views } from "../../simd/index.js";
import { loopModule } from "./loop-module.js";
import { reducerOf } from "./reduce-parts.js";
import type { VectorKernel } from "./vector-kernel.js";

/**
 * Runs a kernel; false, and nothing done, where there is no memory for it. One without reductions whose operands are read
 * in order may run over any number of elements.
 */
export type RunVectors = (
  operands: readonly TypedArray[],
  results: readonly TypedArray[],
  count?: number,
) => boolean;

/** Compiles a kernel; undefined where there are no kernels for what it calls, or not yet. Throws where WebAssembly refuses. */
export function compileVectors(
  { parts, loop, sources, targets, reductions }: VectorKernel,
  rest: Prepared | undefined,
): RunVectors | undefined {
  const run = loopModule(loop);
  const { outer, inner, together, terms } = parts;
  const reducers = reductions.map(({ kind }) => reducerOf(kind, parts));
  if (run === undefined || !reducers.every((reducer) => reducer !== undefined)) return undefined;
  // Memory: the slots of the loop, then that of the reductions, one after the other.
  let bytes = loop.bytes;
  const own = reducers.map((reducer) => {
    const offset = bytes;
    bytes += Math.ceil(reducer.bytes / 64) * 64;
    return offset;
  });
  const reduced = reductions.map(() => new Float64Array(outer * inner));
  const rounded = reductions.map(({ dtype }, r) =>
    dtype === "float64" ? reduced[r]! : allocate(dtype, outer * inner),
  );
  /** Operands of what is computed after the reductions. */
  const restOperands: TypedArray[] = [];

  return (operands, results, length = parts.length) => {
    const base = scratch(bytes);
    if (base === undefined) return false;
    const memory = views();
    for (let s = 0; s < sources.length; s++) {
      const source = sources[s]!;
      if (source.reader !== undefined) continue;
      const value = "value" in source ? source.value : operands[source.array]![source.offset]!;
      memory.float64[(base + loop.loads[s]!) / 8] = value;
    }
    for (let o = 0; o < outer; o += together) {
      const now = Math.min(together, outer - o);
      for (let r = 0; r < reducers.length; r++) reducers[r]!.begin(base + own[r]!);
      for (let l = 0; l < length; l += terms) {
        const each = Math.min(terms, length - l);
        const from = (o * length + l) * inner;
        const count = now * each * inner;
        for (let s = 0; s < sources.length; s++) {
          const source = sources[s]!;
          if (source.reader === undefined) continue;
          const at = memory[source.dtype];
          const to = (base + loop.loads[s]!) / at.BYTES_PER_ELEMENT;
          const isOfRows = source.level === "row";
          source.reader.read(operands[source.array]!, isOfRows ? o : from, isOfRows ? now : count, at, to);
        }
        run(count, base, now, each);
        for (let t = 0; t < targets.length; t++) {
          const { array, dtype, offset, level } = targets[t]!;
          const at = memory[dtype];
          const start = (base + loop.stores[t]!) / at.BYTES_PER_ELEMENT;
          const isOfRows = level === "row";
          results[array]!.set(
            at.subarray(start, start + (isOfRows ? now : count)),
            offset + (isOfRows ? o : from),
          );
        }
        for (let r = 0; r < reducers.length; r++) {
          reducers[r]!.take(base + own[r]!, base + loop.stores[targets.length + r]!, now, l, each);
        }
      }
      for (let r = 0; r < reducers.length; r++) {
        reducers[r]!.end(base + own[r]!, now, reduced[r]!, o * inner);
      }
    }
    if (rest === undefined) return true;
    for (let r = 0; r < reduced.length; r++) if (rounded[r] !== reduced[r]) rounded[r]!.set(reduced[r]!);
    // A list that is kept from call to call, though not what belongs to the caller.
    for (let i = 0; i < operands.length; i++) restOperands[i] = operands[i]!;
    for (let r = 0; r < rounded.length; r++) restOperands[operands.length + r] = rounded[r]!;
    rest(restOperands, results);
    restOperands.length = 0;
    return true;
  };
}
