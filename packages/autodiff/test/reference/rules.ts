import { bind, withTrace, type PrimitiveName, type Tensor } from "@cotangent/core-tensor";
import { jvpRules } from "../../src/rules/jvp/table.js";
import type { At, JvpRule, LinearAt, MaybeZero, TransposeRule } from "../../src/rules/rule.js";
import { isLinearPrimitive, transposeRules } from "../../src/rules/transpose/table.js";
import { linearOperands } from "../linear-operands.js";
import { formatFormula } from "./format-formula.js";
import { FormulaTrace } from "./formula.js";
import type { Sample } from "./sample.js";

const letters = "abcdefgh";

/** The derivative rule of a primitive as it runs: `dy = da * cos(a)`. Undefined where it is zero. */
export function jvpFormula({ primitive, inputs, params, varying }: Sample): readonly string[] | undefined {
  const rule = jvpRules[primitive.name as PrimitiveName] as JvpRule<never>;
  return written((trace) => {
    const values = bind(primitive, inputs, params);
    const at = {
      primitive,
      inputs: inputs.map((x, i) => trace.named(letters[i]!, x)),
      outputs: values.map((y, i) => trace.named(values.length === 1 ? "y" : `y${String(i)}`, y)),
      params,
    };
    const tangents = inputs.map((x, i) => (varying.includes(i) ? trace.named(`d${letters[i]!}`, x) : null));
    const name = (i: number) => (values.length === 1 ? "dy" : `dy${String(i)}`);
    return rule(tangents, at as unknown as At<never>).map((result, i) => [name(i), result]);
  });
}

/** The transpose rule in each operand that a primitive is linear in: `da = u * b`, u the cotangent of the result. */
export function transposeFormulas({ primitive, inputs, params }: Sample): readonly (readonly string[])[] {
  const { name } = primitive;
  if (!isLinearPrimitive(name)) return [];
  const rule = transposeRules[name] as TransposeRule<never>;
  const { sets } = linearOperands[name];
  const largest = sets === "all" ? [[...inputs.keys()]] : sets.slice(0, 1);
  const shown = sets !== "all" && sets.every((set) => set.length === 1) ? sets : largest;
  const [value] = bind(primitive, inputs, params);
  return shown.flatMap((set) => {
    const lines = written((trace) => {
      const named = inputs.map((x, i) => (set.includes(i) ? x : trace.named(letters[i]!, x)));
      const at = { primitive, inputs: named, linear: inputs.map((_, i) => set.includes(i)), params };
      const results = rule(trace.named("u", value!), at as unknown as LinearAt<never>);
      return results.map((result, i) => [letters[i]!, set.includes(i) ? result : null]);
    });
    return lines === undefined ? [] : [lines];
  });
}

function written(
  run: (trace: FormulaTrace) => readonly (readonly [string, MaybeZero])[],
): readonly string[] | undefined {
  return withTrace(
    (level) => new FormulaTrace(level),
    (trace) => {
      const results = run(trace).filter((result): result is readonly [string, Tensor] => result[1] !== null);
      if (results.length === 0) return undefined;
      return formatFormula(results.map(([name, x]) => [name, trace.expressionOf(x)] as const));
    },
  );
}
