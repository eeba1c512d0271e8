import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Tensor, type TypedArray } from "@cotangent/core-tensor";
import { bind, bindOne } from "../src/dispatch/index.js";
import { solveTriangle, type Triangle } from "../src/host/linalg/triangular.js";
import { residentTriangles, triangleInMemory } from "../src/host/simd/triangle.js";
import * as primitives from "../src/primitives/index.js";
import { residentCopies } from "../src/simd/index.js";
import { expectSameBits } from "./expect-same-bits.js";

/*
 * One right-hand side, or too few for the tiles of a matrix product: vectors are solved one by one.
 */
/** Sizes around the blocks of 8, of 32, and long ones. */
const sizes = [0, 1, 2, 7, 8, 9, 15, 16, 31, 32, 33, 65, 100, 257];
const choices = [true, false];
const triangles: Triangle[] = choices.flatMap((lower) =>
  choices.flatMap((transpose) => choices.map((unitDiagonal) => ({ lower, transpose, unitDiagonal }))),
);
const name = ({ lower, transpose, unitDiagonal }: Triangle) =>
  `${unitDiagonal ? "unit " : ""}${lower ? "lower" : "upper"}${transpose ? ", transposed" : ""}`;

/** Numbers before the first matrix and the first right-hand side, which have to stay. */
const start = 3;

type Floats = Float64Array | Float32Array;
type FloatArray = typeof Float64Array | typeof Float32Array;

function values(length: number, seed: number, Type: FloatArray = Float64Array): Floats {
  return new Type(length).map((_, i) => Math.sin(1 + i * 7.1 + seed));
}

/** Diagonally dominant where it is read, NaN where it is not. */
function matrix(
  n: number,
  { lower, unitDiagonal }: Triangle,
  seed: number,
  Type: FloatArray = Float64Array,
): Floats {
  const a = values(start + n * n, seed, Type);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) if (lower ? k > i : k < i) a[start + i * n + k] = NaN;
    const pivot = start + i * n + i;
    a[pivot] = unitDiagonal ? NaN : a[pivot]! + (i % 2 === 0 ? 4 : -4) * Math.sqrt(n);
  }
  return a;
}

/**
 * By the definition: x_i = (b_i - sum over the found x_k of T_ik x_k) / T_ii, the terms subtracted in the order in which the
 * unknowns are found. Every product, difference and quotient is rounded to what the arrays hold.
 */
function byDefinition(a: Floats, n: number, kind: Triangle, b: Floats, m: number): Floats {
  const round = a instanceof Float32Array ? Math.fround : (x: number) => x;
  const { lower, transpose, unitDiagonal } = kind;
  const element = (i: number, k: number) => a[start + (transpose ? k * n + i : i * n + k)]!;
  const x = b.slice();
  const order = Array.from({ length: n }, (_, i) => i);
  if (lower === transpose) order.reverse();
  for (let j = start; j < start + m; j++) {
    order.forEach((i, found) => {
      const left = order
        .slice(0, found)
        .reduce((left, k) => round(left - round(element(i, k) * x[j + k * m]!)), b[j + i * m]!);
      x[j + i * m] = unitDiagonal ? left : left / element(i, i);
    });
  }
  return x;
}

const cases = [Float64Array, Float32Array].flatMap((Type) =>
  triangles.map(
    (kind) => [`${Type === Float64Array ? "float64" : "float32"}, ${name(kind)}`, kind, Type] as const,
  ),
);

describe.each(cases)("%s:", (_, kind, Type) => {
  test.each([1, 2, 3])(
    "%d right-hand sides have the bits of the definition, plain and in WebAssembly",
    (m) => {
      for (const n of sizes) {
        const a = matrix(n, kind, m, Type);
        const b = values(start + n * m + 2, n, Type);
        const wanted = byDefinition(a, n, kind, b, m);
        const [text, fast] = [b.slice(), b.slice()];
        solveTriangle(a, start, n, kind, text, start, m);
        expectSameBits(text, wanted);
        expect(triangleInMemory(a, start, n, kind, fast, start, m)).toBe(true);
        expectSameBits(fast, wanted);
      }
    },
  );

  test("zeros, NaN and infinities anywhere", () => {
    const special = fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1e-320, 1e300, 1e-40, 3e38);
    const places = fc.array(fc.tuple(fc.nat(), special), { maxLength: 8 });
    fc.assert(
      fc.property(
        fc.constantFrom(1, 9, 33, 40),
        fc.integer({ min: 1, max: 3 }),
        places,
        places,
        (n, m, inA, inB) => {
          const a = matrix(n, kind, n, Type);
          const b = values(start + n * m, m, Type);
          for (const [at, value] of inA) a[start + (at % (n * n))] = value;
          for (const [at, value] of inB) b[start + (at % (n * m))] = value;
          const wanted = byDefinition(a, n, kind, b, m);
          const [text, fast] = [b.slice(), b.slice()];
          solveTriangle(a, start, n, kind, text, start, m);
          expectSameBits(text, wanted);
          triangleInMemory(a, start, n, kind, fast, start, m);
          expectSameBits(fast, wanted);
        },
      ),
      { numRuns: 25 },
    );
  });

  test.each([1, 3, 4])("%d right-hand sides with a triangle of a resident batch", (m) => {
    const n = 67;
    const first = matrix(n, kind, 1, Type).subarray(start);
    const second = matrix(n, kind, 2, Type).subarray(start);
    const batch = new Type([...first, ...second]);
    expect(residentTriangles(batch, n)).toBeUndefined();
    const resident = residentTriangles(batch, n);
    expect(resident).toBeDefined();
    const b = values(n * m, 5, Type);
    const [text, fast] = [b.slice(), b.slice()];
    solveTriangle(second, 0, n, kind, text, 0, m);
    triangleInMemory(batch, n * n, n, kind, fast, 0, m, resident);
    expectSameBits(fast, text);
  });
});

describe("primitives, whose triangles are copied at their second use,", () => {
  const [n, m] = [65, 1];
  const content = (x: Tensor) => x.content as TypedArray;
  const b = values(n * m, 3);
  const column = new Tensor([n, m], "float64", b);

  test("solve with L and with L^T", () => {
    const kind = { lower: true, transpose: false, unitDiagonal: false };
    const array = matrix(n, kind, 4).slice(start);
    const l = new Tensor([n, n], "float64", array);
    const before = residentCopies.count;
    for (const [use, transpose] of [false, true, false, true].entries()) {
      const params = { ...kind, transpose };
      const wanted = b.slice();
      solveTriangle(array, 0, n, params, wanted, 0, m);
      expectSameBits(content(bindOne(primitives.triangularSolve, [l, column], params)), wanted);
      expect(residentCopies.count - before).toBe(use === 0 ? 0 : 1);
    }
  });

  test("solve with both factors of P A = L U, in one use", () => {
    const a = new Tensor([n, n], "float64", values(n * n, 6));
    const [factors, order] = bind(primitives.lu, [a], {}) as [Tensor, Tensor];
    const [packed, rows] = [content(factors), content(order)];
    const before = residentCopies.count;
    for (const [use, transpose] of [false, true, false, true].entries()) {
      const lower = { lower: true, transpose, unitDiagonal: true };
      const upper = { lower: false, transpose, unitDiagonal: false };
      const x = transpose ? b.slice() : Float64Array.from(rows, (row) => b[row]!);
      for (const triangle of transpose ? [upper, lower] : [lower, upper]) {
        solveTriangle(packed, 0, n, triangle, x, 0, m);
      }
      const wanted = x.slice();
      if (transpose) rows.forEach((row, i) => (wanted[row] = x[i]!));
      const got = bindOne(primitives.luSolve, [factors, factors, order, column], { transpose });
      expectSameBits(content(got), wanted);
      expect(residentCopies.count - before).toBe(use === 0 ? 0 : 1);
    }
  });
});
