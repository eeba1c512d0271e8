import type { Tensor } from "@cotangent/core-tensor";
import { Variable } from "./atom.js";
import { Program } from "./program.js";
import type { Recorded } from "./record.js";

/** Recordings that share their first inputs, made to share the values that they close over too. */
export function jointly(recordings: readonly Recorded[]): {
  readonly programs: readonly Program[];
  readonly captures: readonly Tensor[];
} {
  // A value is the same if it has the same content: tensors are made anew around it.
  const all = new Map(recordings.flatMap(({ captures }) => captures.map((x) => [x.content, x] as const)));
  const programs = recordings.map(({ program: { inputs, equations, outputs }, captures }) => {
    const shared = inputs.length - captures.length;
    const own = new Map(captures.map((x, i) => [x.content, inputs[shared + i]!]));
    const closed = [...all].map(([content, x]) => own.get(content) ?? new Variable(x.shape, x.dtype));
    return new Program([...inputs.slice(0, shared), ...closed], equations, outputs);
  });
  return { programs, captures: [...all.values()] };
}
