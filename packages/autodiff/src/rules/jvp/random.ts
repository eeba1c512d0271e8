import { add, exp, mul, sub, type PrimitiveName, type Tensor } from "@cotangent/core-tensor";
import { NotDifferentiableError } from "../../errors/errors.js";
import { each, slope, zero } from "../rule.js";

const refuse = (message: string) => (): Tensor => {
  throw new NotDifferentiableError(message);
};

/** phi(end) / phi(x), from the exponents, so that it is right where both vanish. */
const densityRatio = (end: Tensor, x: Tensor): Tensor => exp(mul(0.5, mul(sub(x, end), add(x, end))));

/** Samples at fixed uniform numbers, as functions of their parameters; keys have no derivative. */
export const randomJvp = {
  randomSample: zero,
  randomFold: zero,
  randomGamma: each<"randomGamma">(null, (t, { primitive, inputs: [, a], output }) =>
    mul(t, slope({ primitive, inputs: [a!, output] })),
  ),
  randomGammaSlope: each<"randomGammaSlope">(
    refuse("random.gamma: the second derivative in the shape parameter is not known"),
    refuse("random.gamma: the second derivative in the shape parameter is not known"),
  ),
  // Phi(x) = (1 - w) Phi(l) + w Phi(u), so phi(x) dx = (1 - w) phi(l) dl + w phi(u) du
  truncatedNormalQuantile: each<"truncatedNormalQuantile">(
    refuse("random.truncatedNormal: there is no derivative in the uniform numbers"),
    (t, { inputs: [w, l], output: x }) => mul(t, mul(sub(1, w!), densityRatio(l!, x))),
    (t, { inputs: [w, , u], output: x }) => mul(t, mul(w!, densityRatio(u!, x))),
  ),
  lerp: each<"lerp">(
    (t, { inputs: [, a, b] }) => mul(t, sub(b!, a!)),
    (t, { inputs: [u] }) => mul(t, sub(1, u!)),
    (t, { inputs: [u] }) => mul(t, u!),
  ),
} satisfies Partial<Record<PrimitiveName, unknown>>;
