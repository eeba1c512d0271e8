import { div, fuse, mul, peel, tracedOf, type PrimitiveName, type Tensor } from "@cotangent/core-tensor";
import { each, fitTo, type At, type JvpRule, type MaybeZero, type Partial } from "./rule.js";

/** An expression in the operands and the output of an elementwise primitive. */
type Factor = (inputs: readonly Tensor[], output: Tensor) => Tensor;

/** dx -> dx f(x, y): the factor is one pass over the elements, and what a tape keeps. */
export function times<P extends PrimitiveName>(f: Factor): Partial<P> {
  const factor = inOnePass(f);
  return (t, { inputs, output }) => mul(t, factor(...inputs, output));
}

/** dx -> dx / f(x, y) */
export function over<P extends PrimitiveName>(f: Factor): Partial<P> {
  const divisor = inOnePass(f);
  return (t, { inputs, output }) => div(t, divisor(...inputs, output));
}

function inOnePass(f: Factor) {
  return fuse((...xs: readonly Tensor[]): Tensor => f(xs.slice(0, -1), xs[xs.length - 1]!));
}

/** `each` for an elementwise primitive: where the tangents are numbers, all of it is one pass over the elements. */
export function pointwise<P extends PrimitiveName>(...partials: readonly (Partial<P> | null)[]): JvpRule<P> {
  const rule = each<P>(...partials);
  const fused = new Map<string, Fused>();
  return (tangents, at) => {
    const present = tangents.filter((t) => t !== null);
    if (present.length === 0 || present.some(isOnTape)) return rule(tangents, at);
    const which = tangents.map((t) => (t === null ? "0" : "1")).join("");
    let run = fused.get(which);
    if (run === undefined) fused.set(which, (run = fuse(takingNumbers(rule, tangents, at))));
    const t = run(...present, ...at.inputs, ...at.outputs);
    return [t && fitTo(t, at.outputs[0]!)];
  };
}

type Fused = (...xs: readonly Tensor[]) => MaybeZero;

/** The rule as a function of the tangents that are there, the operands and the output. */
function takingNumbers<P extends PrimitiveName>(
  rule: JvpRule<P>,
  tangents: readonly MaybeZero[],
  { primitive, params }: At<P>,
): Fused {
  const isThere = tangents.map((t) => t !== null);
  return (...xs) => {
    let next = 0;
    const ts = isThere.map((there) => (there ? xs[next++]! : null));
    const inputs = xs.slice(next, next + isThere.length);
    return rule(ts, { primitive, inputs, outputs: xs.slice(next + isThere.length), params })[0] ?? null;
  };
}

/** A variable of a tape is no number, now or later, and what is written on a tape must be linear, line by line. */
export function isOnTape(t: Tensor): boolean {
  const traced = tracedOf(peel(t));
  if (traced === undefined) return false;
  if (traced.trace.onlyLinear === true) return true;
  // A batch of variables is a variable one level down.
  const below = traced.primal ?? traced.whole;
  return below !== undefined && isOnTape(below);
}
