import {
  add,
  bindOne,
  fuse,
  mul,
  tensor,
  type Expression,
  type PrimitiveName,
  type Tensor,
} from "@cotangent/core-tensor";
import { isOnTape } from "../fusing.js";
import { fitTo, type JvpRule, type MaybeZero } from "../rule.js";

/** The rule of an elementwise primitive. */
type Lookup = (name: PrimitiveName) => JvpRule<never>;

/**
 * The derivative of an expression is an expression again, made by the rules of its operations: the whole of it where the
 * tangents are numbers, the factors of the tangents where they are on a tape.
 */
export function fusedJvp(ruleOf: Lookup): JvpRule<"fused"> {
  const along = memo((expression: Expression, which: string) => {
    const isThere = which.split("").map((c) => c === "1");
    return fuse((...xs: readonly Tensor[]) => {
      let next = 0;
      const ts = isThere.map((there) => (there ? xs[next++]! : null));
      return tangentOf(ruleOf, expression, ts, xs.slice(next));
    });
  });
  const partial = memo((expression: Expression, which: string) =>
    fuse((...xs: readonly Tensor[]) => {
      const ts = xs.map(({ dtype }, i) => (which === String(i) ? tensor(1, { dtype }) : null));
      return tangentOf(ruleOf, expression, ts, xs);
    }),
  );
  return (tangents, { inputs, outputs: [output], params: { expression } }) => {
    const present = tangents.filter((t) => t !== null);
    if (!present.some(isOnTape)) {
      const which = tangents.map((t) => (t === null ? "0" : "1")).join("");
      const t = along(expression, which)(...present, ...inputs);
      return [t && fitTo(t, output!)];
    }
    const terms = tangents.flatMap((t, i) => {
      const factor = t && partial(expression, String(i))(...inputs);
      return t === null || factor === null ? [] : [mul(t, factor)];
    });
    return [
      terms.length === 0
        ? null
        : fitTo(
            terms.reduce((a, b) => add(a, b)),
            output!,
          ),
    ];
  };
}

/** The tangent of an expression, step by step. */
function tangentOf(
  ruleOf: Lookup,
  { steps }: Expression,
  ts: readonly MaybeZero[],
  xs: readonly Tensor[],
): MaybeZero {
  const values = [...xs];
  const tangents = [...ts];
  for (const step of steps) {
    if ("value" in step) {
      values.push(tensor(step.value, { dtype: step.dtype }));
      tangents.push(null);
      continue;
    }
    const { primitive, operands, params } = step;
    const inputs = operands.map((i) => values[i]!);
    const output = bindOne(primitive, inputs, params);
    const at = { primitive, inputs, outputs: [output], params } as never;
    values.push(output);
    tangents.push(
      ruleOf(primitive.name as PrimitiveName)(
        operands.map((i) => tangents[i]!),
        at,
      )[0] ?? null,
    );
  }
  return tangents[tangents.length - 1]!;
}

/** Expressions stand in rules: there are few of them, and what is made of one is kept with it. */
function memo<T>(make: (expression: Expression, which: string) => T): typeof make {
  const made = new WeakMap<Expression, Map<string, T>>();
  return (expression, which) => {
    let own = made.get(expression);
    if (own === undefined) made.set(expression, (own = new Map<string, T>()));
    const before = own.get(which);
    if (before !== undefined) return before;
    const value = make(expression, which);
    own.set(which, value);
    return value;
  };
}
