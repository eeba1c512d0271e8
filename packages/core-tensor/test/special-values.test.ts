import { describe, expect, test } from "@jest/globals";
import * as ct from "@cotangent/core-tensor";
import { tensor, type Tensor } from "@cotangent/core-tensor";

const list = (x: Tensor) => Array.from(x.toTypedArray());
const tiny = 5e-324;

// What C, NumPy and SciPy give there.
describe("special values", () => {
  const unary: [string, (x: Tensor) => Tensor, [number, number][]][] = [
    [
      "asin",
      ct.asin,
      [
        [-0, -0],
        [1, Math.PI / 2],
        [2, NaN],
        [-Infinity, NaN],
        [tiny, tiny],
      ],
    ],
    [
      "acos",
      ct.acos,
      [
        [1, 0],
        [-1, Math.PI],
        [1.5, NaN],
      ],
    ],
    [
      "atan",
      ct.atan,
      [
        [-0, -0],
        [Infinity, Math.PI / 2],
        [-Infinity, -Math.PI / 2],
        [tiny, tiny],
      ],
    ],
    [
      "sinh",
      ct.sinh,
      [
        [-0, -0],
        [Infinity, Infinity],
        [-Infinity, -Infinity],
        [tiny, tiny],
      ],
    ],
    [
      "cosh",
      ct.cosh,
      [
        [0, 1],
        [Infinity, Infinity],
        [-Infinity, Infinity],
        [tiny, 1],
      ],
    ],
    [
      "tanh",
      ct.tanh,
      [
        [0, 0],
        [-0, -0],
        [Infinity, 1],
        [-Infinity, -1],
        [tiny, tiny],
        [1e300, 1],
      ],
    ],
    [
      "sigmoid",
      ct.sigmoid,
      [
        [0, 0.5],
        [Infinity, 1],
        [-Infinity, 0],
        [-745, tiny],
      ],
    ],
    [
      "erf",
      ct.erf,
      [
        [0, 0],
        [-0, -0],
        [Infinity, 1],
        [-Infinity, -1],
        [tiny, tiny],
        [-30, -1],
      ],
    ],
    [
      "erfc",
      ct.erfc,
      [
        [0, 1],
        [-0, 1],
        [Infinity, 0],
        [-Infinity, 2],
        [tiny, 1],
        [27.5, 0],
        [-30, 2],
      ],
    ],
    [
      "erfinv",
      ct.erfinv,
      [
        [0, 0],
        [-0, -0],
        [1, Infinity],
        [-1, -Infinity],
        [1.1, NaN],
        [-Infinity, NaN],
        [tiny, tiny],
      ],
    ],
    [
      "lgamma",
      ct.lgamma,
      [
        [1, 0],
        [2, 0],
        [0, Infinity],
        [-0, Infinity],
        [-3, Infinity],
        [-1e300, Infinity],
        [Infinity, Infinity],
        [-Infinity, Infinity],
        [1e306, Infinity],
      ],
    ],
    [
      "digamma",
      ct.digamma,
      [
        [0, -Infinity],
        [-0, Infinity],
        [-3, NaN],
        [-1e300, NaN],
        [Infinity, Infinity],
        [-Infinity, NaN],
        [tiny, -Infinity],
        [-tiny, Infinity],
      ],
    ],
    [
      "round",
      ct.round,
      [
        [0, 0],
        [-0, -0],
        [-0.3, -0],
        [0.5, 0],
        [1.5, 2],
        [2.5, 2],
        [-0.5, -0],
        [-1.5, -2],
        [0.49999999999999994, 0],
        [2251799813685247.5, 2251799813685248],
        [9007199254740991, 9007199254740991],
        [Infinity, Infinity],
        [-Infinity, -Infinity],
      ],
    ],
  ];
  test.each(unary)("%s", (_, f, rows) => {
    expect(list(f(tensor(rows.map(([x]) => x))))).toEqual(rows.map(([, y]) => y));
    expect(f(tensor(NaN)).item()).toBeNaN();
  });

  const binary: [string, (a: Tensor, b: Tensor) => Tensor, [number, number, number][]][] = [
    [
      "mod",
      ct.mod,
      [
        [5, 3, 2],
        [-5, 3, 1],
        [5, -3, -1],
        [-5, -3, -2],
        [6, 3, 0],
        [-6, 3, 0],
        [6, -3, -0],
        [-0, 3, 0],
        [0, -3, -0],
        [1, 0, NaN],
        [1, -0, NaN],
        [0, 0, NaN],
        [5, Infinity, 5],
        [-5, Infinity, Infinity],
        [5, -Infinity, -Infinity],
        [-5, -Infinity, -5],
        [Infinity, 3, NaN],
        [-Infinity, 3, NaN],
        [NaN, 3, NaN],
        [3, NaN, NaN],
        [1e300, 7, 1],
      ],
    ],
    [
      "pow",
      ct.pow,
      [
        [-1, Infinity, 1],
        [-1, -Infinity, 1],
        [-1, 0, 1],
        [-1, tiny, NaN],
        [-1, 3, -1],
        [1, NaN, 1],
        [NaN, 0, 1],
        [0, -1, Infinity],
        [-0, -1, -Infinity],
        [-2, Infinity, Infinity],
        [-0.5, -Infinity, Infinity],
        [-8, 1 / 3, NaN],
        [-1, NaN, NaN],
      ],
    ],
    [
      "atan2",
      ct.atan2,
      [
        [0, 0, 0],
        [-0, 0, -0],
        [0, -0, Math.PI],
        [-0, -0, -Math.PI],
        [1, 0, Math.PI / 2],
        [-1, -0, -Math.PI / 2],
        [Infinity, Infinity, Math.PI / 4],
        [Infinity, -Infinity, (3 * Math.PI) / 4],
        [1, -Infinity, Math.PI],
        [NaN, 1, NaN],
      ],
    ],
    [
      "logaddexp",
      ct.logaddexp,
      [
        [0, 0, Math.LN2],
        [Infinity, Infinity, Infinity],
        [-Infinity, -Infinity, -Infinity],
        [Infinity, -Infinity, Infinity],
        [-Infinity, 3, 3],
        [1e308, 1e308, 1e308],
        [NaN, 1, NaN],
      ],
    ],
  ];
  test.each(binary)("%s", (_, f, rows) => {
    const got = f(tensor(rows.map(([a]) => a)), tensor(rows.map(([, b]) => b)));
    expect(list(got)).toEqual(rows.map(([, , y]) => y));
  });
});
