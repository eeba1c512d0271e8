import type { Kink } from "../kinks/kink.js";
import { measure } from "../kinks/measure.js";
import { operationKinks } from "../kinks/operation-kinks.js";
import { primitiveKinks } from "../kinks/primitive-kinks.js";
import { markdownTable, point, short } from "./table.js";

const head = ["operation", "at x =", "below", "above", "derivative", "second", "why"];

function rowOf(kink: Kink): readonly string[] {
  const { below, above, forward, second } = measure(kink);
  const along = kink.along === undefined ? "" : ` along ${point(kink.along)}`;
  const slopes = [below, above, forward, second].map((slope) => short(slope === 0 ? 0 : slope));
  return [`\`${kink.call}\``, point(kink.at) + along, ...slopes, kink.why];
}

const named = (wanted: "smooth" | "zero") =>
  Object.entries(primitiveKinks)
    .filter(([, kinks]) => kinks === wanted)
    .map(([name]) => `\`${name}\``)
    .join(" ");

/** docs/reference/kinks.md */
export function kinksPage(): string {
  const primitive = Object.values(primitiveKinks).flatMap((kinks) =>
    typeof kinks === "string" ? [] : kinks,
  );
  return `# Derivatives at kinks

At a kink (|x| at 0, a tie of a maximum) there is no derivative, and programs do meet such points. What comes out there is a
convention: an element of Clarke's subdifferential, which is the convex hull of the derivatives near the point, and the same
one in forward mode, in reverse mode, in Taylor mode and under \`vmap\`. Why it is which one is told by
[decision 0022](../decisions/0022-values-at-kinks.md).

This page is generated from the tests, which check each line: that the modes agree, and that the derivative lies between
those on both sides, along the direction shown and along random ones. "Below" and "above" are the limits of the slopes on
both sides, worked out from values of the operation alone; one is empty where the operation has no finite values on that
side. "Second" is the second derivative, forward over forward: where it is nan or inf there is none. A value that is
infinite or NaN has no derivative either: what comes out is then infinite or NaN.

An infinite derivative times a zero is NaN, as in \`where(x > 0, sqrt(x), 0)\` at 0: keep the branch that is not taken finite
by an inner \`where\`.

## Primitives

${markdownTable(head, primitive.map(rowOf))}

## Operations of several primitives

${markdownTable(head, operationKinks.map(rowOf))}

## Primitives without kinks

They have a derivative wherever their value is finite, and a matrix can be factored (a singular one, or one that is not
positive definite, is an error, not a kink):

${named("smooth")}

The derivative of these is 0 everywhere: their values are whole numbers, bools or random, or it is so by definition.

${named("zero")}
`;
}
