import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import * as ct from "@cotangent/core-tensor";
import {
  arange,
  einsum,
  einsumPath,
  ones,
  tensor,
  zeros,
  type Shape,
  type Tensor,
} from "@cotangent/core-tensor";
import { at, build, indicesOf, tensorsOf } from "./naive.js";

const list = (x: Tensor) => Array.from(x.toTypedArray(), (y) => y + 0);
const same = (got: Tensor, want: Tensor) => {
  expect([got.shape, list(got)]).toEqual([want.shape, list(want)]);
};

type Lengths = Readonly<Record<string, number>>;

/** One loop over all indices, as the sum is written. */
function naive(terms: readonly string[], output: string, lengths: Lengths, xs: readonly Tensor[]): Tensor {
  const letters = [...new Set(Array.from(terms.join("")))];
  const summed = letters.filter((letter) => !output.includes(letter));
  return build(
    Array.from(output).map((letter) => lengths[letter]!),
    (out) => {
      let total = 0;
      for (const inner of indicesOf(summed.map((letter) => lengths[letter]!))) {
        const value = (letter: string) =>
          output.includes(letter) ? out[output.indexOf(letter)]! : inner[summed.indexOf(letter)]!;
        total += terms.reduce((product, term, i) => product * at(xs[i]!, Array.from(term).map(value)), 1);
      }
      return total;
    },
  );
}

const letters = ["a", "b", "c", "D"];
const halves = fc.integer({ min: -4, max: 4 }).map((k) => k / 2);
/** Specifications with repeated letters, letters of one operand only, lengths from 0, and axes of length 1 to stretch. */
const cases = fc
  .record({
    lengths: fc.tuple(...letters.map(() => fc.integer({ min: 0, max: 3 }))),
    terms: fc.array(fc.array(fc.constantFrom(...letters), { maxLength: 3 }), { minLength: 1, maxLength: 4 }),
    keep: fc.shuffledSubarray(letters),
    stretched: fc.array(fc.constantFrom(...letters), { maxLength: 4 }),
  })
  .chain(({ lengths, terms, keep, stretched }) => {
    const wanted = Object.fromEntries(letters.map((letter, i) => [letter, lengths[i]!]));
    const shapes = terms.map((term, i) =>
      term.map((letter) => (stretched[i] === letter ? 1 : wanted[letter]!)),
    );
    const real: Record<string, number> = {};
    terms.forEach((term, i) => {
      term.forEach((letter, axis) => {
        const length = shapes[i]![axis]!;
        if (length !== 1 || real[letter] === undefined) real[letter] = length;
      });
    });
    const output = keep.filter((letter) => terms.flat().includes(letter)).join("");
    return fc.tuple(...shapes.map((shape) => tensorsOf(shape, halves))).map((xs) => ({
      terms: terms.map((term) => term.join("")),
      output,
      lengths: real,
      xs,
    }));
  });

describe("einsum", () => {
  test("is the sum as it is written", () => {
    fc.assert(
      fc.property(cases, ({ terms, output, lengths, xs }) => {
        same(einsum(`${terms.join(",")}->${output}`, ...xs), naive(terms, output, lengths, xs));
      }),
      { numRuns: 400 },
    );
  });
  test("without an output keeps the letters that occur once, in alphabetical order", () => {
    fc.assert(
      fc.property(cases, ({ terms, lengths, xs }) => {
        const all = Array.from(terms.join(""));
        const output = all.filter((l) => all.indexOf(l) === all.lastIndexOf(l)).sort();
        same(einsum(terms.join(" , "), ...xs), naive(terms, output.join(""), lengths, xs));
      }),
    );
  });
  test("an ellipsis stands for leading axes that broadcast", () => {
    const x = arange(24).reshape([2, 3, 4]);
    const y = arange(12).reshape([3, 4]);
    same(einsum("...i,...i", x, y), x.mul(y).sum({ axis: -1 }));
    same(einsum("...ij->...ji", x), x.transpose([0, 2, 1]));
    same(einsum("i...->...i", x), x.transpose([1, 2, 0]));
    same(einsum("i...->i", x.reshape([24])), x.reshape([24]));
    same(einsum("b...", x), x.transpose([1, 2, 0]));
    same(einsum("...,...", x, 2), x.mul(2));
    same(einsum("i...j,j...k->...ik", x, y.T.reshape([4, 1, 3])), ct.matmul(x.transpose([1, 0, 2]), y.T));
    same(einsum("i->...i", y.ravel()), y.ravel());
    same(einsum("...ii->...", ones([5, 2, 2])), ct.full([5], 2));
  });
  test("is matmul, trace, diagonal, outer, dot", () => {
    const [a, b] = [arange(6).reshape([2, 3]), arange(12).reshape([3, 4])];
    same(einsum("ij,jk", a, b), ct.matmul(a, b));
    same(einsum("ji,jk->ik", a.T, b), ct.matmul(a, b));
    same(einsum("ij,kj->ki", a, b.T), ct.matmul(a, b).T);
    same(einsum("ii", ct.matmul(b, b.T)), ct.trace(ct.matmul(b, b.T)));
    same(einsum("ij,ij->", a, a), ct.vdot(a, a));
    same(einsum("i,j", [1, 2], [3, 4]), ct.outer([1, 2], [3, 4]));
    expect(einsum(",", 2, 3).item()).toBe(6);
  });
  test("promotes as products do", () => {
    const whole = tensor([1, 2], { dtype: "int32" });
    expect([einsum("i,i", whole, whole).dtype, einsum("i,i", whole, whole).item()]).toEqual(["int32", 5]);
    expect(einsum("i,i->i", whole, tensor([0.5, 1])).dtype).toBe("float64");
    expect(einsum("i->", tensor([true, true])).item()).toBe(2);
  });
  test.each<[string, Shape[], string]>([
    ["ij,jk", [[2, 3]], 'einsum: "ij,jk" is for 2 operands, but 1 are given'],
    ["ij->k", [[2, 3]], 'einsum: the output of "ij->k" has "k", which no operand has'],
    ["ij->ii", [[2, 3]], 'einsum: the output of "ij->ii" has "i" twice'],
    ["ij", [[2]], '"ij" in "ij" names 2 axes, but operand 0 has shape [2]'],
    ["i", [[2, 3]], '"i" in "i" names 1 axes, but operand 0 has shape [2, 3]'],
    [
      "ij,jk",
      [
        [2, 3],
        [4, 2],
      ],
      '"j" in "ij,jk" has length 3 and, in operand 1 of shape [4, 2], 4',
    ],
    ["ii", [[1, 3]], '"i" in "ii" has length 1 and, in operand 0 of shape [1, 3], 3'],
    ["ii,i", [[3, 1], [3]], '"i" in "ii,i" has length 3 and, in operand 0 of shape [3, 1], 1'],
    ["...i->i", [[2, 3]], 'einsum: the output of "...i->i" needs "..." for the axes'],
    ["...,...", [[2], [3]], 'axis -1 of "..." in "...,..." has length 2 and, in operand 1 of shape [3], 3'],
    ["i.j", [[2, 3]], 'einsum: "i.j" in "i.j" is not a list of letters'],
    ["i1", [[2, 3]], 'einsum: "i1" in "i1" is not a list of letters'],
    ["i......j", [[2, 3]], "with at most one"],
    ["i->j->k", [[2]], 'einsum: "i->j->k" has more than one "->"'],
  ])("refuses %s of %j", (spec, shapes, message) => {
    expect(() => einsum(spec, ...shapes.map((shape) => zeros(shape)))).toThrow(message);
    expect(() => einsumPath(spec, ...shapes)).toThrow(message);
  });
  test("refuses nothing at all", () => {
    expect(() => einsum("")).toThrow("einsum: needs at least one operand");
  });
});

const alphabet = ["a", "b", "c", "d", "e"];

describe("einsumPath", () => {
  test("a chain of matrices in the order with the fewest multiplications", () => {
    // The textbook chain (Cormen et al., section 15.2): 15,125 multiplications.
    const sizes = [30, 35, 15, 5, 10, 20, 25];
    const shapes = sizes.slice(1).map((n, i) => [sizes[i]!, n]);
    const path = einsumPath("ab,bc,cd,de,ef,fg->ag", ...shapes);
    expect(path.multiplications).toBe(15_125);
    expect(path.steps).toHaveLength(5);
  });
  test("a vector is multiplied first", () => {
    expect(einsumPath("ij,jk,k->i", [10, 10], [10, 10], [10])).toEqual({
      steps: [
        [1, 2],
        [0, 3],
      ],
      multiplications: 200,
      naive: 2000,
    });
  });
  test("what only one operand has is summed before, and an axis that stretches costs nothing", () => {
    expect(einsumPath("ij,k->", [10, 20], [30]).multiplications).toBe(1);
    expect(einsumPath("ij,jk->ik", [10, 1], [20, 30]).multiplications).toBe(300);
    expect(einsumPath("ii->i", [5, 5])).toEqual({ steps: [], multiplications: 0, naive: 0 });
  });
  test("no order of pairs costs less, for up to 5 operands", () => {
    const spec = fc
      .tuple(
        fc.array(fc.uniqueArray(fc.constantFrom(...alphabet), { maxLength: 3 }), {
          minLength: 2,
          maxLength: 5,
        }),
        fc.subarray(alphabet),
        fc.tuple(...alphabet.map(() => fc.integer({ min: 2, max: 9 }))),
      )
      .map(([terms, keep, lengths]) => ({
        terms,
        output: keep.filter((l) => terms.flat().includes(l)),
        lengths,
      }));
    fc.assert(
      fc.property(spec, ({ terms, output, lengths }) => {
        const length = (letter: string) => lengths[alphabet.indexOf(letter)]!;
        const shapes = terms.map((term) => term.map(length));
        const text = `${terms.map((term) => term.join("")).join(",")}->${output.join("")}`;
        const product = (labels: readonly string[]) => labels.reduce((p, letter) => p * length(letter), 1);
        const used = (labels: readonly string[], rest: readonly string[][]) =>
          labels.filter((letter) => output.includes(letter) || rest.some((term) => term.includes(letter)));
        const cheapest = (left: readonly string[][]): number => {
          if (left.length === 1) return 0;
          const costs = left.flatMap((a, i) =>
            left.slice(i + 1).map((b) => {
              const rest = left.filter((term) => term !== a && term !== b);
              const union = [...new Set([...used(a, [b, ...rest]), ...used(b, [a, ...rest])])];
              return product(union) + cheapest([...rest, used(union, rest)]);
            }),
          );
          return Math.min(...costs);
        };
        expect(einsumPath(text, ...shapes).multiplications).toBe(cheapest(terms.map((term) => [...term])));
      }),
    );
  });
  test("more than 8 operands: a chain stays cheap, and the sum right", () => {
    const names = Array.from("abcdefghijk");
    const spec = `${names
      .slice(1)
      .map((name, i) => `${names[i]!}${name}`)
      .join(",")}->ak`;
    const factors = names.slice(1).map((_, i) => build([2, 2], ([r, c]) => ((i + r! + 2 * c!) % 3) - 1));
    expect(factors).toHaveLength(10);
    same(
      einsum(spec, ...factors),
      factors.reduce((a, b) => ct.matmul(a, b)),
    );
    expect(einsumPath(spec, ...factors.map((x) => x.shape)).multiplications).toBe(9 * 8);
  });
});
