import * as ct from "@cotangent/core-tensor";
import { kink, tie, type Kink } from "./kink.js";

const first = "the order that is found counts as fixed: a stable one";

/** The kinks of operations that are written with several primitives. */
// prettier-ignore
export const operationKinks: readonly Kink[] = [
  kink("clip(x, -1, 1)", (x) => x.clip(-1, 1), -1, "that of maximum"),
  kink("clip(x, -1, 1)", (x) => x.clip(-1, 1), 1, "that of minimum"),
  kink("rsqrt(x)", (x) => x.rsqrt(), 0, "the value is infinite, too"),
  tie("norm(x)", (x) => x.norm(), [0, 0], [3, 4], "0: the middle of -|v| and |v|, for every direction v"),
  tie("norm(x, { ord: 1 })", (x) => x.norm({ ord: 1 }), [0, 2], [1, 0], "that of abs"),
  tie("norm(x, { ord: Infinity })", (x) => x.norm({ ord: Infinity }), [3, -3, 1], [1, 0, 0], "equal sizes share evenly"),
  tie("norm(x, { ord: Infinity })", (x) => x.norm({ ord: Infinity }), [0, 0], [1, 0], "that of abs"),
  tie("std(x)", (x) => x.std(), [2, 2], [1, -1], "that of norm at 0"),
  tie("variance(x)", (x) => x.variance(), [2, 2], [1, -1], "no kink"),
  tie("prod(x)", (x) => x.prod(), [0, 0, 3], [1, 1, 0], "no kink: the product of the others"),
  tie("sort(x)[0]", (x) => x.sort().take(0), [2, 2], [1, 0], first),
  tie("topK(x, 1).values[0]", (x) => ct.topK(x, 1).values.take(0), [2, 2], [1, 0], "that of the element whose index is given"),
  tie("softmax(x)[0]", (x) => x.softmax().take(0), [-Infinity, 0], [1, 0], "no kink: an excluded element stays excluded"),
  tie("logsumexp(x)", (x) => x.logsumexp(), [-Infinity, 0], [1, 0], "no kink: an excluded element stays excluded"),
  tie("logsumexp(x)", (x) => x.logsumexp(), [-Infinity, -Infinity], [1, 0], "none: log(0 + 0), where every element is excluded"),
  kink("softplus(x)", (x) => x.softplus(), Infinity, "the limit"),
  kink("softplus(x)", (x) => x.softplus(), -Infinity, "the limit"),
  tie("linalg.det(x)", (x) => ct.linalg.det(x), [[1, 2], [2, 4]], [[1, 0], [0, 0]], "no kink: the adjugate"),
  tie("linalg.slogdet(x).logabsdet", (x) => ct.linalg.slogdet(x).logabsdet, [[1, 2], [2, 4]], [[1, 0], [0, 0]], "none: the value is -inf"),
];
