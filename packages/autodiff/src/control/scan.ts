import {
  formatShape,
  ShapeError,
  stack,
  stopGradient,
  ValueError,
  zeros,
  type Tensor,
} from "@cotangent/core-tensor";
import { callProgram, outline } from "../compiled/call-program.js";
import { record } from "../program/record.js";
import { isRecording } from "../program/unknown.js";
import { countState, rematerialise } from "../tape/rematerialise.js";
import { flatten, unflatten, type Flat, type Tensors, type TreeLike } from "../tree/index.js";
import { flattenLike } from "../tree/operations.js";
import { blocks, checkPolicy, type CheckpointPolicy } from "./policy.js";
import { sameCarry } from "./same-carry.js";
import { unstack } from "./unstack.js";

/** Options of `scan`. */
export interface ScanOptions {
  /** Number of steps; needed only without xs. */
  readonly length?: number;
  /** What a tape keeps. @defaultValue "none" */
  readonly checkpoint?: CheckpointPolicy;
}

/**
 * A loop with a carry: for t = 0, ..., T - 1
 *
 *     carry, y_t = step(carry, xs[t])
 *
 * returns the last carry and all y_t stacked. Carry, xs and y are trees; the leaves of xs are cut along their first axis,
 * of length T. The carry must keep its structure, shapes and dtypes.
 *
 * With `checkpoint` a tape keeps some of the carries only, and the steps between are run again in the backward pass.
 * Derivatives are the same. For no steps at all, step is run once on zeros to learn what y looks like.
 *
 * @param xs - null for none; then `length` says T
 * @throws TreeError, DTypeError when the carry changes; ShapeError when lengths differ
 * @example
 * ```ts
 * // sums of 1, 2, 3
 * const [total, sums] = scan((c: Tensor, x: Tensor) => [c.add(x), c.add(x)], 0, tensor([1, 2, 3]));
 * total.item(); // => 6
 * sums; // => [1, 3, 6]
 * const power = (x: Tensor) => scan((c: Tensor) => [c.mul(x), []], 1, null, { length: 8, checkpoint: { arity: 2 } })[0];
 * grad(power)(1).item(); // => 8
 * ```
 *
 * Inside of `jit`, up to 16 steps are written out, and give the bits that they give outside; of more, the step is recorded
 * once and called. Then derivatives of what step closes over are added up in another order.
 *
 * Source: `jax.lax.scan`; Griewank, Walther, "Evaluating Derivatives" (2008), chapter 12.
 */
export function scan<C, X, Y>(
  step: (carry: Tensors<C>, x: Tensors<X>) => readonly [carry: TreeLike<Tensors<C>>, y: Y],
  carry: C,
  xs?: X,
  options: ScanOptions = {},
): [carry: Tensors<C>, ys: Tensors<Y>] {
  const { checkpoint = "none" } = options;
  checkPolicy(checkpoint);
  const start = flatten(carry, "scan: carry");
  const rows = flatten(xs ?? [], "scan: xs");
  const steps = stepsOf(rows, options.length);
  let first: Flat | undefined;
  const run = (before: readonly Tensor[], x: readonly Tensor[]): Stepped => {
    const input = xs === undefined || xs === null ? null : unflatten(rows.structure, x);
    const pair: unknown = step(unflatten(start.structure, before) as Tensors<C>, input as Tensors<X>);
    if (!isPair(pair)) throw new ValueError("scan: step must return [carry, y]; for no y, [carry, []]");
    const after = sameCarry(start, pair[0], "scan: carry returned by step").leaves;
    const y = flatten(pair[1], "scan: y");
    first ??= y;
    return { carry: after, y: flattenLike(first, pair[1], "scan: y") };
  };
  const finish = (last: readonly Tensor[], ys: readonly Tensor[]): [Tensors<C>, Tensors<Y>] => [
    unflatten(start.structure, last) as Tensors<C>,
    unflatten(first!.structure, ys) as Tensors<Y>,
  ];
  if (steps === 0) {
    const x = rows.leaves.map(({ shape, dtype }) => zeros(shape.slice(1), { dtype }));
    const { y } = run(start.leaves.map(stopGradient), x);
    return finish(
      start.leaves,
      y.map(({ shape, dtype }) => zeros([0, ...shape], { dtype })),
    );
  }
  const columns = rows.leaves.map(unstack);
  const inputAt = (t: number) => columns.map((parts) => parts[t]!);
  const stepped = steps > MOST_WRITTEN_OUT && isRecording() ? asProgram(run, start.leaves, inputAt(0)) : run;
  const loop = { run: stepped, inputAt, policy: checkpoint };
  const { carry: last, ys } = block(loop, start.leaves, 0, steps, 0);
  return finish(
    last,
    ys[0]!.map((_, i) => stack(ys.map((y) => y[i]!))),
  );
}

/** A scan of more steps than this is not written out inside of `jit`: its step is a program, and is called. */
const MOST_WRITTEN_OUT = 16;

/** The step, recorded once, for leaves like these. */
function asProgram(run: Loop["run"], carry: readonly Tensor[], x: readonly Tensor[]): Loop["run"] {
  const n = carry.length;
  const { program, captures } = record(
    (xs) => {
      const stepped = run(xs.slice(0, n), xs.slice(n));
      return [...stepped.carry, ...stepped.y];
    },
    [...carry, ...x],
  );
  outline(program);
  return (before, input) => {
    const leaves = callProgram(program, [...before, ...input, ...captures]);
    return { carry: leaves.slice(0, n), y: leaves.slice(n) };
  };
}

/** What one step leaves behind. */
interface Stepped {
  readonly carry: readonly Tensor[];
  readonly y: readonly Tensor[];
}

/** What stays the same during a scan. */
interface Loop {
  readonly run: (carry: readonly Tensor[], x: readonly Tensor[]) => Stepped;
  readonly inputAt: (t: number) => readonly Tensor[];
  readonly policy: CheckpointPolicy;
}

/** n steps from step t, block by block as the policy says. */
function block(
  loop: Loop,
  start: readonly Tensor[],
  t: number,
  n: number,
  depth: number,
): { carry: readonly Tensor[]; ys: readonly (readonly Tensor[])[] } {
  const ys: (readonly Tensor[])[] = [];
  let carry = start;
  const parts = blocks(loop.policy, n, depth);
  if (parts === undefined) {
    for (let k = 0; k < n; k++) {
      if (k > 0) countState();
      const stepped = loop.run(carry, loop.inputAt(t + k));
      carry = stepped.carry;
      ys.push(stepped.y);
    }
    return { carry, ys };
  }
  let done = 0;
  for (const length of parts) {
    const [before, from] = [carry, t + done];
    let perStep = 0;
    const leaves = rematerialise(() => {
      const inner = block(loop, before, from, length, depth + 1);
      perStep = inner.ys[0]!.length;
      return [...inner.carry, ...inner.ys.flat()];
    }, before);
    carry = leaves.slice(0, start.length);
    for (let k = 0; k < length; k++) {
      const first = start.length + k * perStep;
      ys.push(leaves.slice(first, first + perStep));
    }
    done += length;
  }
  return { carry, ys };
}

/** The number of steps, which xs and `length` must agree on. */
function stepsOf(rows: Flat, length: number | undefined): number {
  const first = rows.leaves[0];
  if (first === undefined && length === undefined) {
    throw new ValueError("scan: says nowhere how many steps to run: pass xs, or { length }");
  }
  if (length !== undefined && (!Number.isInteger(length) || length < 0)) {
    throw new ValueError(`scan: length must be a whole number of at least 0, got ${String(length)}`);
  }
  const steps = length ?? first!.shape[0];
  for (const { shape } of rows.leaves) {
    if (shape.length === 0 || shape[0] !== steps) {
      throw new ShapeError(
        `scan: every leaf of xs needs a first axis of length ${String(steps ?? "T")}, but one has shape ${formatShape(shape)}`,
      );
    }
  }
  return steps!;
}

function isPair(pair: unknown): pair is readonly [unknown, unknown] {
  return Array.isArray(pair) && pair.length === 2;
}
