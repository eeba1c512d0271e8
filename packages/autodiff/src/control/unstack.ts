import { bindOne, isFloat, peel, reshape, stack, topTrace, type Tensor } from "@cotangent/core-tensor";
import { slice } from "@cotangent/core-tensor/primitives";
import { joinTangents } from "../jvp/innermost.js";
import { JvpTrace } from "../jvp/jvp-trace.js";
import { linearCall } from "../tape/linear-call.js";

/**
 * The parts of a tensor along its first axis. On a tape this is one line, whose transpose stacks: with one slice for
 * each part, the backward pass would add up as many tensors of full size.
 */
export function unstack(x: Tensor): readonly Tensor[] {
  const peeled = peel(x);
  const trace = topTrace([peeled]);
  if (x.shape[0] === 0) return [];
  const tangent = trace instanceof JvpTrace && isFloat(x.dtype) ? trace.tangentOf(peeled) : null;
  if (!(trace instanceof JvpTrace) || tangent === null) return slices(peeled);
  const parts = unstack(trace.primalOf(peeled));
  const call = {
    name: "unstack",
    outputs: parts.map(({ shape, dtype }) => ({ shape, dtype })),
    apply: ([t]: readonly Tensor[]) => unstack(t!),
    transpose: (cts: readonly Tensor[]) => [stack(cts)],
  };
  return joinTangents(trace, parts, linearCall(call, [tangent]), "unstack");
}

function slices(x: Tensor): readonly Tensor[] {
  const [length = 0, ...rest] = x.shape;
  const zeros = rest.map(() => 0);
  const steps = x.shape.map(() => 1);
  return Array.from({ length }, (_, i) => {
    const params = { starts: [i, ...zeros], lengths: [1, ...rest], steps };
    return reshape(bindOne(slice, [x], params), rest);
  });
}
