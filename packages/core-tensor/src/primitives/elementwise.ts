import { allocateUnwritten, type DType, type TypedArray } from "../dtype/index.js";
import { ValueError } from "../errors/index.js";
import { simdMapInto } from "../host/simd/functions.js";
import type { KernelFor } from "../kernels/access.js";
import { accessKinds, mapKernel } from "../kernels/map.js";
import type { Kernel } from "../kernels/kernel.js";
import { broadcastShapes, sameShape, sizeOf, type Shape } from "../shape/index.js";
import type { SimdFunction } from "../simd/index.js";
import { intoNewArrays } from "./into-new-arrays.js";
import { mapReading, runMap, type MapReading } from "./run-map.js";
import { tanhText } from "./tanh-text.js";
import type { NoParams, PrimitiveName, PrimitiveParams } from "./params.js";
import { contentOf, copy, type Abstract, type Primitive } from "./primitive.js";

/** An elementwise primitive: one expression, from which fused kernels can be composed. */
export interface MapPrimitive<Name extends string = string, P extends object = NoParams> extends Primitive<
  Name,
  P
> {
  readonly expression: string;
  /** Statements that define names which the expression uses; often none. */
  readonly before: readonly string[];
  readonly arity: number;
  /** What the host computes for int32 instead, where float64 would round: NumPy's integers wrap. */
  readonly integers?: { readonly before?: readonly string[]; readonly expression: string };
  /** Its kernel in WebAssembly, which runs on long arrays. */
  readonly simd?: SimdFunction;
}

/** dtype of the output: of the (equal) operands, or bool. */
type ResultType = "same" | "bool";

interface MapOptions {
  readonly before?: readonly string[];
  readonly integers?: MapPrimitive["integers"];
  readonly simd?: SimdFunction;
}

function map<N extends PrimitiveName>(
  name: N,
  arity: number,
  expression: string,
  result: ResultType = "same",
  { before = [], integers, simd }: MapOptions = {},
): MapPrimitive<N, PrimitiveParams[N]> {
  const kernelFor = kernelCache(name, expression, before);
  const kernelForIntegers =
    integers === undefined ? kernelFor : kernelCache(name, integers.expression, integers.before ?? []);
  let inStep: MapReading | undefined;
  const readingOf = (inputs: readonly Abstract[], out: Abstract): MapReading => {
    if (out.dtype === "int32") return mapReading(kernelForIntegers, inputs, out);
    if (!haveShape(inputs, out.shape)) return mapReading(kernelFor, inputs, out);
    // All read in step with the output, which needs no lengths: always the same.
    return (inStep ??= mapReading(kernelFor, inputs, out));
  };
  const inSimd = ([x]: readonly TypedArray[], out: TypedArray): boolean =>
    simd !== undefined && simdMapInto(simd, x!, out);
  return {
    name,
    arity,
    expression,
    before,
    ...(integers === undefined ? {} : { integers }),
    shape: (inputs) => {
      let { shape } = inputs[0]!;
      for (let i = 1; i < inputs.length; i++) shape = broadcastShapes(shape, inputs[i]!.shape, name);
      return [{ shape, dtype: result === "bool" ? "bool" : inputs[inputs.length - 1]!.dtype }];
    },
    ...(simd === undefined ? {} : { simd }),
    // Not by `intoNewArrays`: a tenth of the time of an operation on few numbers.
    evaluate: (inputs, _, [out]) => {
      const arrays = inputs.map(contentOf);
      const result = allocateUnwritten(out!.dtype, sizeOf(out!.shape));
      if (!inSimd(arrays, result)) runMap(readingOf(inputs, out!), arrays, result);
      return [result];
    },
    prepare: (inputs, _, [out]) => {
      const reading = readingOf(inputs, out!);
      return (arrays, [result]) => {
        if (!inSimd(arrays, result!)) runMap(reading, arrays, result!);
      };
    },
  };
}

function haveShape(xs: readonly Abstract[], shape: Shape): boolean {
  for (const x of xs) if (!sameShape(x.shape, shape)) return false;
  return true;
}

/** The kernels of one expression, made on demand: one for each combination of accesses. */
function kernelCache(name: string, expression: string, before: readonly string[]): KernelFor {
  const cache: Kernel[] = [];
  return (accesses) => {
    let key = 0;
    for (const access of accesses) key = key * accessKinds.length + accessKinds.indexOf(access);
    return (cache[key] ??= mapKernel(name, expression, accesses, before));
  };
}

// `!=` is an ordered comparison on WebGPU (false for NaN): the texts below only use `==`, `<` and `>=`.
export const neg = map("neg", 1, "-a");
export const abs = map("abs", 1, "Math.abs(a)");
export const sign = map("sign", 1, "Math.sign(a)");
export const floor = map("floor", 1, "Math.floor(a)");
export const ceil = map("ceil", 1, "Math.ceil(a)");
/** Halves to the even neighbour. The sign as a factor keeps -0. */
export const round = map(
  "round",
  1,
  "Math.sign(a) * (d < 0.5 || (d == 0.5 && odd == 0) ? whole : whole + 1)",
  "same",
  {
    before: [
      "const whole = Math.floor(Math.abs(a));",
      "const d = Math.abs(a) - whole;",
      "const odd = whole - 2 * Math.floor(whole / 2);",
    ],
  },
);
export const exp = map("exp", 1, "Math.exp(a)", "same", { simd: "exp" });
export const expm1 = map("expm1", 1, "Math.expm1(a)");
export const log = map("log", 1, "Math.log(a)", "same", { simd: "log" });
export const log1p = map("log1p", 1, "Math.log1p(a)");
export const sqrt = map("sqrt", 1, "Math.sqrt(a)", "same", { simd: "sqrt" });
export const square = map("square", 1, "a * a", "same", { integers: { expression: "Math.imul(a, a)" } });
export const reciprocal = map("reciprocal", 1, "1 / a");
export const sin = map("sin", 1, "Math.sin(a)", "same", { simd: "sin" });
export const cos = map("cos", 1, "Math.cos(a)", "same", { simd: "cos" });
export const tan = map("tan", 1, "Math.tan(a)");
export const asin = map("asin", 1, "Math.asin(a)");
export const acos = map("acos", 1, "Math.acos(a)");
export const atan = map("atan", 1, "Math.atan(a)");
export const sinh = map("sinh", 1, "Math.sinh(a)");
export const cosh = map("cosh", 1, "Math.cosh(a)");
export const tanh = map("tanh", 1, tanhText.expression, "same", { before: tanhText.before, simd: "tanh" });
// e^-|a| does not overflow, so that the tail for negative a is right down to the smallest numbers
export const sigmoid = map("sigmoid", 1, "(a < 0 ? e : 1) / (1 + e)", "same", {
  before: ["const e = Math.exp(-Math.abs(a));"],
  simd: "sigmoid",
});
export const softplus = map("softplus", 1, "Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)))", "same", {
  simd: "softplus",
});
export const relu = map("relu", 1, "Math.max(a, 0)");
export const isFinite = map("isFinite", 1, "a - a == 0 ? 1 : 0", "bool");
export const isNaN = map("isNaN", 1, "a >= 0 || a < 0 ? 0 : 1", "bool");
export const logicalNot = map("logicalNot", 1, "a == 0 ? 1 : 0", "bool");

export const add = map("add", 2, "a + b");
export const sub = map("sub", 2, "a - b");
export const mul = map("mul", 2, "a * b", "same", { integers: { expression: "Math.imul(a, b)" } });
export const div = map("div", 2, "a / b");
/** C's pow: 1^b = 1 for every b, and (-1)^b = 1 for b = b / 2, which is 0 and the infinities. */
const floatPow = map("pow", 2, "a == 1 || (a == -1 && b == b * 0.5) ? 1 : Math.pow(a, b)", "same", {
  integers: {
    before: [
      "let power = 1;",
      "for (let rest = b, factor = a; rest > 0; rest >>= 1, factor = Math.imul(factor, factor))",
      "  if (rest & 1) power = Math.imul(power, factor);",
    ],
    expression: "power",
  },
});
export const pow: typeof floatPow = {
  ...floatPow,
  evaluate: intoNewArrays,
  prepare: (inputs, params, outputs) => {
    const run = floatPow.prepare(inputs, params, outputs);
    if (outputs[0]!.dtype !== "int32") return run;
    return (arrays, results) => {
      if (arrays[1]!.some((b) => b < 0)) {
        throw new ValueError(
          "pow: an integer to a negative integer power is not an integer; convert one of them to a float",
        );
      }
      run(arrays, results);
    };
  },
};
export const atan2 = map("atan2", 2, "Math.atan2(a, b)");
/**
 * The remainder of the division rounded down, with the sign of b. `%` is exact; shading languages may round it down, and
 * devices compute in float32: near a whole quotient they may be off by b.
 */
export const mod = map(
  "mod",
  2,
  "m == 0 ? (b < 0 ? -Math.abs(m) : Math.abs(m)) : ((m < 0 && b > 0) || (m > 0 && b < 0) ? m + b : m)",
  "same",
  { before: ["const m = a % b;"] },
);
export const logaddexp = map(
  "logaddexp",
  2,
  "a == b ? a + 0.6931471805599453 : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))",
);
export const maximum = map("maximum", 2, "Math.max(a, b)");
export const minimum = map("minimum", 2, "Math.min(a, b)");
export const equal = map("equal", 2, "a == b ? 1 : 0", "bool");
export const notEqual = map("notEqual", 2, "a == b ? 0 : 1", "bool");
export const less = map("less", 2, "a < b ? 1 : 0", "bool");
export const lessEqual = map("lessEqual", 2, "a <= b ? 1 : 0", "bool");
export const greater = map("greater", 2, "a > b ? 1 : 0", "bool");
export const greaterEqual = map("greaterEqual", 2, "a >= b ? 1 : 0", "bool");
export const logicalAnd = map("logicalAnd", 2, "a == 0 || b == 0 ? 0 : 1", "bool");
export const logicalOr = map("logicalOr", 2, "a == 0 && b == 0 ? 0 : 1", "bool");
/** where(condition, a, b), condition as the first operand */
export const where = map("where", 3, "a == 0 ? c : b");

/** Conversion between dtypes; floats are cut towards zero for int32, and compared with 0 for bool. */
export const cast: Primitive<"cast", { readonly dtype: DType }> = {
  name: "cast",
  shape: ([x], { dtype }) => [{ shape: x!.shape, dtype }],
  evaluate: intoNewArrays,
  prepare:
    (_, { dtype }) =>
    ([x], [out]) => {
      if (dtype === "bool") for (let i = 0; i < out!.length; i++) out![i] = x![i] !== 0 ? 1 : 0;
      else out!.set(x!);
    },
};

/** The identity, whose derivative is zero by definition. */
export const stopGradient: Primitive<"stopGradient"> = {
  name: "stopGradient",
  shape: ([x]) => [x!],
  evaluate: ([x]) => [x!.content],
  prepare: () => copy,
};
