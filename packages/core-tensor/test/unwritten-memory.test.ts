import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { concatenate, linspace, matmul, tensor, type Tensor } from "@cotangent/core-tensor";
import { allocate, allocateUnwritten } from "../src/dtype/index.js";
import { unwrittenMemory } from "../src/dtype/unwritten.js";

const COUNT = 10_000;

/** Fills what is not cleared with bytes that would be seen. */
function soil() {
  return jest
    .spyOn(Buffer, "allocUnsafeSlow")
    .mockImplementation((bytes) => Buffer.from(new ArrayBuffer(bytes)).fill(0xaa));
}

afterEach(() => {
  jest.restoreAllMocks();
});

const x = linspace(-3, 3, COUNT);
const row = linspace(1, 2, 100);
const square = x.reshape([100, 100]);

const operations: Readonly<Record<string, () => Tensor>> = {
  exp: () => x.exp(),
  add: () => x.add(x),
  "add a broadcast row": () => square.add(row),
  float32: () => concatenate([x, x]).astype("float32").tanh(),
  cast: () => concatenate([x, x, x, x]).astype("int32").mul(3),
  pad: () => x.pad([[3, 5]]),
  gather: () => x.take(tensor(new Int32Array(COUNT).map((_, i) => (7 * i) % COUNT))),
  "sum of rows": () =>
    linspace(0, 1, 2 * COUNT)
      .reshape([COUNT, 2])
      .sum({ axis: 1 }),
  "sum of nothing": () => linspace(0, 1, 0).reshape([COUNT, 0]).sum({ axis: 1 }),
  "product over nothing": () =>
    matmul(linspace(0, 1, 0).reshape([COUNT, 0]), linspace(0, 1, 0).reshape([0, 1])),
  "outer product": () => matmul(x.reshape([COUNT, 1]), row.slice([0, 2]).reshape([1, 2])),
};

describe("memory that is not cleared", () => {
  test.each(Object.entries(operations))("is written everywhere: %s", (_, operation) => {
    const right = operation().toTypedArray().slice();
    const asked = soil();
    expect(operation().toTypedArray()).toEqual(right);
    expect(asked).toHaveBeenCalled();
  });

  test("is only for large arrays, and only where it is asked for", () => {
    const asked = soil();
    expect(allocate("float64", COUNT).every((value) => value === 0)).toBe(true);
    expect(allocateUnwritten("float64", 1000).every((value) => value === 0)).toBe(true);
    expect(asked).not.toHaveBeenCalled();
    const array = allocateUnwritten("float32", 2 * COUNT);
    expect([array.length, array.byteOffset, array[5]]).toEqual([
      2 * COUNT,
      0,
      new Float32Array(new Uint32Array([0xaaaaaaaa]).buffer)[0],
    ]);
  });

  test("is not a piece of a pool", () => {
    const pool = new ArrayBuffer(4 * 8 * COUNT);
    const allocUnsafeSlow = jest.spyOn(Buffer, "allocUnsafeSlow");
    allocUnsafeSlow.mockImplementation((bytes) => Buffer.from(pool, 64, bytes));
    expect(unwrittenMemory(8 * COUNT)).toBeUndefined();
    allocUnsafeSlow.mockImplementation((bytes) => Buffer.from(pool, 0, bytes));
    expect(unwrittenMemory(8 * COUNT)).toBeUndefined();
  });

  test("is not there where there is no Buffer", () => {
    const global = globalThis as { Buffer?: unknown };
    const { Buffer: original } = global;
    delete global.Buffer;
    try {
      expect(unwrittenMemory(8 * COUNT)).toBeUndefined();
      expect(allocateUnwritten("float64", COUNT)).toEqual(new Float64Array(COUNT));
    } finally {
      global.Buffer = original;
    }
  });
});
