import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  at,
  concatenate,
  isFloat,
  linspace,
  ones,
  where,
  zeros,
  type PrimitiveName,
  type Tensor,
} from "@cotangent/core-tensor";
import {
  checkpoint,
  customJvp,
  customVjp,
  jacfwd,
  linearize,
  scan,
  sparseJacobian,
  stopGradient,
  vmap,
} from "@cotangent/autodiff";
import { colourColumns } from "../src/sparse/colouring/columns.js";
import { colourStar } from "../src/sparse/colouring/star.js";
import { IndexSets } from "../src/rules/pattern/index-sets.js";
import {
  patternOfRows,
  rowOf,
  symmetrised,
  transposed,
  type Pattern,
} from "../src/sparse/pattern/pattern.js";
import { tracePattern } from "../src/sparse/pattern/pattern-trace.js";
import { denseOf, differenceOf } from "./dense-of.js";
import { primitiveMatrix } from "./primitive-matrix.js";

const names = Object.keys(primitiveMatrix) as PrimitiveName[];

/** A primitive as a function of all its floating-point operands. */
function ofFloats(free: readonly Tensor[], run: (...xs: readonly Tensor[]) => readonly Tensor[]) {
  const own = free.filter((x) => isFloat(x.dtype));
  const f = (xs: readonly Tensor[]) => {
    let next = 0;
    return run(...free.map((x) => (isFloat(x.dtype) ? xs[next++]! : x))).filter((y) => isFloat(y.dtype));
  };
  return { own, f };
}

describe.each(names)("%s", (name) => {
  const { applications, derivative } = primitiveMatrix[name];
  if (derivative === "constant") return;
  test("the sparse Jacobian is the dense one", () => {
    fc.assert(
      fc.property(applications, ({ free, run }) => {
        const { own, f } = ofFloats(free, run);
        const J = denseOf(sparseJacobian(f, own));
        const blocks = jacfwd(f)(own).map((row, i) => ({ row, size: f(own)[i]!.size }));
        let [top, left] = [0, 0];
        for (const { row, size } of blocks) {
          left = 0;
          row.forEach((block, j) => {
            const width = own[j]!.size;
            const found = J.slice([top, top + size], [left, left + width]);
            expect(differenceOf(found, block.reshape([size, width]))).toBeLessThan(
              found.dtype === "float32" ? 1e-5 : 1e-12,
            );
            left += width;
          });
          top += size;
        }
        expect([top, left]).toEqual(J.shape);
      }),
      { numRuns: 12 },
    );
  });
});

describe("a pattern is no larger than it must be", () => {
  const rowsOf = (f: (x: Tensor) => Tensor, n: number) => {
    const x = linspace(1, 2, n);
    const pattern = tracePattern(linearize(f, x).pushforward, x);
    return Array.from({ length: pattern.shape[0] }, (_, i) => [...rowOf(pattern, i)].join(" "));
  };
  test("of operations that move and join elements", () => {
    expect(
      rowsOf(
        (x) =>
          x
            .sin()
            .slice([1, null])
            .mul(x.slice([0, -1])),
        4,
      ),
    ).toEqual(["0 1", "1 2", "2 3"]);
    expect(rowsOf((x) => x.take([2, 0, 2]).exp(), 3)).toEqual(["2", "0", "2"]);
    expect(rowsOf((x) => x.reshape([2, 2]).sum({ axis: 0 }), 4)).toEqual(["0 2", "1 3"]);
    expect(rowsOf((x) => x.reshape([2, 2]).T.ravel().cumsum(), 4)).toEqual(["0", "0 2", "0 1 2", "0 1 2 3"]);
    expect(rowsOf((x) => concatenate([x.square(), ones([1])]), 2)).toEqual(["0", "1", ""]);
    expect(rowsOf((x) => at(zeros([2]), new Int32Array([1, 1, 1])).add(x), 3)).toEqual(["", "0 1 2"]);
    expect(
      rowsOf(
        (x) =>
          x
            .reshape([2, 2])
            .matmul(ones([2, 1]))
            .ravel(),
        4,
      ),
    ).toEqual(["0 1", "2 3"]);
    expect(
      rowsOf(
        (x) =>
          ones([1, 2])
            .matmul(x.reshape([2, 2]))
            .ravel(),
        4,
      ),
    ).toEqual(["0 2", "1 3"]);
  });
  test("of what has no derivative", () => {
    expect(rowsOf((x) => x.sign().mul(stopGradient(x)).add(x.floor()), 2)).toEqual(["", ""]);
    expect(rowsOf(() => ones([2]), 2)).toEqual(["", ""]);
  });
  test("but holds for other values: zeros of factors and branches that were not taken count", () => {
    expect(rowsOf((x) => x.mul(0), 2)).toEqual(["0", "1"]);
    expect(rowsOf((x) => where(x.greater(0), x, x.flip()), 2)).toEqual(["0 1", "0 1"]);
    expect(rowsOf((x) => x.max().reshape([1]), 2)).toEqual(["0 1"]);
  });
  test("of loops, checkpoints, custom rules and batches", () => {
    const step = (c: Tensor, x: Tensor): [Tensor, Tensor] => [c, x.mul(c).sin()];
    expect(rowsOf((x) => scan(step, 2, x)[1], 3)).toEqual(["0", "1", "2"]);
    expect(rowsOf((x) => scan(step, 2, x, { checkpoint: 2 })[1], 3)).toEqual(["0", "1", "2"]);
    expect(
      rowsOf(
        checkpoint((x: Tensor) => x.slice([1, null]).sin()),
        3,
      ),
    ).toEqual(["1", "2"]);
    expect(rowsOf((x) => vmap((y: Tensor) => y.square().sum())(x.reshape([2, 2])), 4)).toEqual([
      "0 1",
      "2 3",
    ]);
    const rule = customJvp(
      (x: Tensor) => x.exp(),
      ([x], [t]) => ({ value: x.exp(), tangent: t.mul(x.exp()) }),
    );
    expect(rowsOf((x) => rule(x), 2)).toEqual(["0", "1"]);
  });
  test("and all of it where a rule says nothing", () => {
    const rule = customVjp((x: Tensor) => x.exp(), {
      forward: (x) => ({ value: x.exp(), residuals: x.exp() }),
      backward: (y, ct) => [ct.mul(y)],
    });
    expect(rowsOf((x) => concatenate([x, rule(x)]), 2)).toEqual(["0", "1", "0 1", "0 1"]);
  });
});

/** Patterns of up to 12 rows and columns, some rows full. */
const arbPattern = (square: boolean): fc.Arbitrary<Pattern> =>
  fc.tuple(fc.nat(12), fc.nat(12)).chain(([m, n]) => {
    const columns = square ? m : n;
    const row = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.uniqueArray(fc.nat(Math.max(0, columns - 1)), { maxLength: columns === 0 ? 0 : 4 }),
      },
      { weight: 1, arbitrary: fc.constant(Array.from({ length: columns }, (_, j) => j)) },
    );
    return fc.array(row, { minLength: m, maxLength: m }).map((rows) => patternOfRows(rows, columns));
  });

describe("colours", () => {
  test("no two columns of a colour have entries in the same row", () => {
    fc.assert(
      fc.property(arbPattern(false), (pattern) => {
        const { colours, count } = colourColumns(pattern);
        for (let i = 0; i < pattern.shape[0]; i++) {
          const own = [...rowOf(pattern, i)].map((j) => colours[j]!);
          expect(new Set(own).size).toBe(own.length);
          expect(own.every((colour) => colour >= 0 && colour < count)).toBe(true);
        }
      }),
    );
  });
  test("of a star colouring: neighbours differ, and no path of four vertices has two colours", () => {
    fc.assert(
      fc.property(arbPattern(true).map(symmetrised), (pattern) => {
        const { colours, count } = colourStar(pattern);
        const neighbours = (v: number) => [...rowOf(pattern, v)].filter((w) => w !== v);
        const vertices = [...colours.keys()];
        expect(vertices.every((v) => colours[v]! < count)).toBe(true);
        expect(vertices.filter((v) => colours[v]! < 0 && rowOf(pattern, v).length > 0)).toEqual([]);
        const same = (a: number, b: number) => colours[a] === colours[b];
        const edges = vertices.flatMap((a) => neighbours(a).map((b) => [a, b] as const));
        expect(edges.filter(([a, b]) => same(a, b))).toEqual([]);
        const paths = edges.flatMap(([b, c]) =>
          neighbours(b).flatMap((a) => neighbours(c).map((d) => [a, b, c, d] as const)),
        );
        const alternate = paths.filter(([a, b, c, d]) => a !== c && b !== d && same(a, c) && same(b, d));
        expect(alternate).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

test("a pattern transposed twice is itself", () => {
  fc.assert(
    fc.property(arbPattern(false), (pattern) => {
      expect(transposed(transposed(pattern))).toEqual(pattern);
      const entriesOf = (p: Pattern, flip: boolean) =>
        Array.from({ length: p.shape[0] }, (_, i) =>
          [...rowOf(p, i)].map((j) => String(flip ? [j, i] : [i, j])),
        ).flat();
      expect(new Set(entriesOf(transposed(pattern), true))).toEqual(new Set(entriesOf(pattern, false)));
    }),
  );
});

test("unions are those of sets", () => {
  const arbSets = fc.array(fc.uniqueArray(fc.nat(9)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(arbSets, (sets) => {
      const pool = new IndexSets(10);
      const numbers = sets.map((set) => set.reduce((all, k) => pool.union(all, k + 1), 0));
      numbers.forEach((number, i) => {
        expect([...pool.members(number)]).toEqual([...sets[i]!].sort((a, b) => a - b));
      });
      const all = [...new Set(sets.flat())].sort((a, b) => a - b);
      expect([...pool.members(pool.unionOf(numbers))]).toEqual(all);
      expect([...pool.members(numbers.reduce((a, b) => pool.union(a, b)))]).toEqual(all);
      expect([...pool.members(numbers.reduce((a, b) => pool.union(a, b)))]).toEqual(all);
    }),
  );
});
