import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { execute } from "../src/host/execute.js";
import { mapParts } from "../src/host/simd/functions.js";
import { mapKernel } from "../src/kernels/map.js";
import * as elementwise from "../src/primitives/elementwise.js";
import { erf } from "../src/special/index.js";
import { allocateBlock, functions, releaseBlock, views, type SimdFunction } from "../src/simd/index.js";
import { expectSameBits } from "./expect-same-bits.js";

/*
 * The kernel texts in plain loops, and erf in plain JavaScript, are the specification, to the last bit. How far they are
 * from the exact values is what accuracy.test.ts measures.
 */
type Floats = Float64Array | Float32Array;

const names: readonly SimdFunction[] = [
  "exp",
  "log",
  "sin",
  "cos",
  "tanh",
  "sigmoid",
  "softplus",
  "sqrt",
  "erf",
];

const special = [
  ...[
    0,
    -0,
    NaN,
    Infinity,
    -Infinity,
    1,
    -1,
    5e-324,
    -5e-324,
    2.2250738585072014e-308,
    1.7976931348623157e308,
  ],
  ...[708, 709.7, 709.8, 710, 711, -708, -709, -744.5, -745.2, -746, -747, 0.56, 0.5600001, 6, 6.1, -6.5, 28],
  ...[Math.PI, Math.PI / 4, 1e5 * Math.PI, 1647099, 1647099.5, -1.7e6, 1e22, Math.SQRT1_2, Math.SQRT2],
];

const anyNumber = fc.oneof(
  fc.constantFrom(...special),
  fc.double(),
  fc.double({ min: -1, max: 1 }),
  fc.double({ min: -50, max: 50 }),
  fc.double({ min: -750, max: 750 }),
  fc.double({ min: -2e6, max: 2e6 }),
);

function plain(name: SimdFunction, x: Floats): Floats {
  if (name === "erf") return x.map(erf);
  const { expression, before } = elementwise[name];
  const out = x.slice();
  execute(mapKernel(name, expression, ["full"], before), [x], {}, out);
  return out;
}

function simd(name: SimdFunction, x: Floats): Floats {
  const out = x.slice().fill(7);
  expect(mapParts(name, x, out)).toBe(true);
  return out;
}

describe.each(names)("%s in WebAssembly", (name) => {
  test("has the bits of plain code, for any numbers and lengths", () => {
    fc.assert(
      fc.property(fc.array(anyNumber, { maxLength: 40 }), fc.boolean(), (numbers, isDouble) => {
        const x = isDouble ? Float64Array.from(numbers) : Float32Array.from(numbers);
        expectSameBits(simd(name, x), plain(name, x));
      }),
      { numRuns: 300 },
    );
  });

  test("for what is special, and beyond the part that is copied at once", () => {
    const x = new Float64Array(9001).map((_, i) => special[i] ?? Math.sin(i) * 10 ** (i % 9));
    expectSameBits(simd(name, x), plain(name, x));
    const y = Float32Array.from(x);
    expectSameBits(simd(name, y), plain(name, y));
  });

  test("for what is special beside what is special, in all places of a group", () => {
    const pairs = special.flatMap((a) => special.map((b) => [a, b] as const));
    for (const distance of [1, 2, 4, 6]) {
      const x = new Float64Array(8 * pairs.length).fill(0.5);
      pairs.forEach(([a, b], i) => {
        x[8 * i + (i % (8 - distance))] = a;
        x[8 * i + (i % (8 - distance)) + distance] = b;
      });
      expectSameBits(simd(name, x), plain(name, x));
    }
  });

  test("at addresses that are not aligned to vectors, without touching what is beside", () => {
    const block = allocateBlock(8 * 64)!;
    const kernels = functions.kernels()!;
    for (const count of [0, 1, 2, 7, 8, 9, 15, 17]) {
      const memory = views().float64;
      const [from, to] = [block / 8 + 1, block / 8 + 33];
      const x = new Float64Array(count).map((_, i) => i / 3 + 0.1);
      memory.fill(7, block / 8, block / 8 + 64);
      memory.set(x, from);
      kernels[`${name}64`](count, from * 8, to * 8);
      expectSameBits(memory.slice(to, to + count), plain(name, x));
      expect([memory[to - 1], memory[to + count]]).toEqual([7, 7]);
    }
    releaseBlock(block);
  });
});
