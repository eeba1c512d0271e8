import fc from "fast-check";
import { bind, isFloat, type Primitive, type PrimitiveName, type Tensor } from "@cotangent/core-tensor";
import { jvp, NotDifferentiableError } from "@cotangent/autodiff";
import { primitiveMatrix } from "../primitive-matrix.js";

/** One application of a primitive, to show its rules at. */
export interface Sample {
  readonly primitive: Primitive;
  readonly inputs: readonly Tensor[];
  readonly params: object;
  /** The operands that it can be differentiated in. */
  readonly varying: readonly number[];
  readonly run: (...varying: readonly Tensor[]) => readonly Tensor[];
}

/**
 * A case of the matrix of primitives that shows most: no empty or single elements, no more axes than needed, nothing
 * transposed. The same one every time.
 */
export function sampleOf(name: PrimitiveName): Sample {
  const { primitive, applications } = primitiveMatrix[name];
  const cases = fc.sample(applications, { seed: 1, numRuns: 400 });
  const best = cases.map((application) => ({ application, score: score(application) }));
  const { inputs, params } = best.reduce((a, b) => (b.score > a.score ? b : a)).application;
  const along =
    (varying: readonly number[]) =>
    (...values: readonly Tensor[]) => {
      const all = [...inputs];
      varying.forEach((operand, i) => (all[operand] = values[i]!));
      return bind(primitive, all, params);
    };
  const varying = [...inputs.keys()].filter(
    (i) => isFloat(inputs[i]!.dtype) && hasDerivative(along([i]), inputs[i]!),
  );
  return { primitive, inputs, params, varying, run: along(varying) };
}

function score({ inputs, params }: { readonly inputs: readonly Tensor[]; readonly params: object }): number {
  const lengths = inputs.flatMap(({ shape }) => shape);
  const single = lengths.filter((length) => length < 2).length;
  const axes = inputs.reduce((total, { ndim }) => total + Math.abs(ndim - 1.6), 0);
  const flags = Object.values(params).filter((value) => value === true).length;
  return (
    -10 * single -
    axes -
    5 * flags -
    0.1 * lengths.filter((length) => length > 3).length -
    Math.abs(inputs.length - 2)
  );
}

function hasDerivative(f: (x: Tensor) => readonly Tensor[], x: Tensor): boolean {
  try {
    jvp(f, [x], [x]);
    return true;
  } catch (error) {
    if (error instanceof NotDifferentiableError) return false;
    throw error;
  }
}
