import { inspect } from "node:util";
import { expect, test } from "@jest/globals";
import { format, tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, jvp, vmap } from "@cotangent/autodiff";

const texts: [string, (see: (x: Tensor) => Tensor) => unknown, string, string][] = [
  [
    "a value that is differentiated is its number",
    (see) => jvp(see, [tensor([1, 2])], [tensor([1, 0])]),
    "[1, 2]",
    "Tensor([2], float64, traced by jvp) [1, 2]",
  ],
  [
    "also twice",
    (see) => grad((x: Tensor) => grad((y: Tensor) => see(y).square())(x))(3),
    "3",
    "Tensor([], float64, traced by grad) 3",
  ],
  [
    "a batch is all of its examples",
    (see) => vmap(see)(tensor([[1, 2], [3, 4]])), // prettier-ignore
    "<batch of 2> [[1, 2],\n [3, 4]]",
    "Tensor([2], float64, traced by vmap) <batch of 2> [[1, 2],",
  ],
  [
    "also one that is differentiated",
    (see) => vmap(grad((x: Tensor) => see(x).square()))(tensor([1, 2])),
    "<batch of 2> [1, 2]",
    "Tensor([], float64, traced by grad) <batch of 2> [1, 2]",
  ],
];

test.each(texts)("%s", (_, run, text, seenByNode) => {
  const seen: string[] = [];
  run((x) => {
    seen.push(format(x), String(x), inspect(x).split("\n")[0]!);
    return x;
  });
  expect(seen.slice(0, 3)).toEqual([text, text, seenByNode]);
});
