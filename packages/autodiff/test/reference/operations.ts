import { jest } from "@jest/globals";
import { primitives, type Primitive } from "@cotangent/core-tensor";

/** The names of the operations that ran on numbers while `body` ran, in order. */
export function operationsOf(body: () => unknown): readonly string[] {
  const names: string[] = [];
  const all: readonly object[] = Object.values(primitives);
  const spies = all
    .filter((value): value is Primitive => "evaluate" in value)
    .map((primitive) => {
      const evaluate = primitive.evaluate.bind(primitive);
      return jest.spyOn(primitive, "evaluate").mockImplementation((...args) => {
        names.push(primitive.name);
        return evaluate(...args);
      });
    });
  try {
    body();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return names;
}
