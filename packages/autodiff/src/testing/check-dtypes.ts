import { formatShape, type Tensor } from "@cotangent/core-tensor";
import { jvp } from "../transforms/jvp.js";
import { vjp } from "../transforms/vjp.js";
import { failed } from "./derivative-error.js";
import { randomDirection, randomFrom } from "./directions.js";
import { tensorsOf, type Problem } from "./problem.js";

/**
 * Tangents have the shapes and dtypes of the values, cotangents those of the arguments.
 *
 * @throws DerivativeError
 */
export function checkDTypes({ xs, ys, f, point, treeOf }: Problem, seed: number): void {
  const v = tensorsOf(randomDirection(xs, randomFrom(seed)), xs);
  const { tangent } = jvp(f, [xs], [v]);
  const [cotangents] = vjp(f, xs).pullback(ys);
  const compare = (
    name: string,
    found: readonly Tensor[],
    wanted: readonly Tensor[],
    mode: "forward" | "reverse",
  ) => {
    const i = wanted.findIndex((x, k) => describe(x) !== describe(found[k]!));
    if (i < 0) return;
    throw failed(
      { law: "dtypes", order: 1, mode: "both", point, direction: mode === "forward" ? treeOf(v) : [], seed },
      {
        headline: `${name} ${String(i)} is a ${describe(found[i]!)}, but should be a ${describe(wanted[i]!)}`,
        values: {},
        lines: [],
      },
    );
  };
  compare("the tangent of result", tangent, ys, "forward");
  compare("the cotangent of argument", cotangents, xs, "reverse");
}

function describe({ shape, dtype }: Tensor): string {
  return `${dtype}${formatShape(shape)}`;
}
