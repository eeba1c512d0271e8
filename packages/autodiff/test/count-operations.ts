import { jest } from "@jest/globals";
import { primitives, type Primitive } from "@cotangent/core-tensor";

/** Number of operations that ran on numbers while `body` ran, and of the elements that they computed. */
export function countOperations(body: () => unknown): { calls: number; elements: number } {
  const count = { calls: 0, elements: 0 };
  const all: readonly object[] = Object.values(primitives);
  const spies = all.filter(isPrimitive).map((primitive) => {
    const evaluate = primitive.evaluate.bind(primitive);
    return jest.spyOn(primitive, "evaluate").mockImplementation((...args) => {
      const results = evaluate(...args);
      count.calls += 1;
      for (const { length } of results) count.elements += length;
      return results;
    });
  });
  try {
    body();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return count;
}

function isPrimitive(value: object): value is Primitive {
  return "evaluate" in value;
}
