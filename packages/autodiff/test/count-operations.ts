import { jest } from "@jest/globals";
import { primitives, type Primitive } from "@cotangent/core-tensor";

/** What ran on numbers: operations, and the elements that they went over (of the largest operand or result of each). */
export function countOperations(body: () => unknown): { calls: number; elements: number } {
  const count = { calls: 0, elements: 0 };
  const all: readonly object[] = Object.values(primitives);
  const spies = all.filter(isPrimitive).map((primitive) => {
    const evaluate = primitive.evaluate.bind(primitive);
    return jest.spyOn(primitive, "evaluate").mockImplementation((inputs, params, outputs) => {
      const results = evaluate(inputs, params, outputs);
      count.calls += 1;
      count.elements += Math.max(
        ...[...inputs.map(({ content }) => content), ...results].map((x) => ("length" in x ? x.length : 0)),
      );
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
