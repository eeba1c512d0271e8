import { basename } from "node:path";
import { describe, expect, test } from "@jest/globals";
import {
  isolate,
  LeakedValueError,
  ones,
  tensor,
  TracedValueError,
  type Tensor,
} from "@cotangent/core-tensor";
import {
  grad,
  hessian,
  hvp,
  jacobian,
  jet,
  jvp,
  linearize,
  valueAndGrad,
  vjp,
  vmap,
} from "@cotangent/autodiff";
import { thrown } from "./thrown.js";

/** file:line of the line after the one that calls this */
function nextLine(): string {
  const [, file, line] = /([^/\\(]+):(\d+):\d+\)?$/.exec(new Error().stack!.split("\n")[2]!)!;
  return `${file!}:${String(Number(line) + 1)}`;
}

const x = tensor([1, 2, 3]);
let leaked: Tensor;
const leak = (y: Tensor) => (leaked = y.mul(2)).sum();

describe("a leaked value", () => {
  const calls: [string, () => string][] = [
    [
      "grad",
      () => {
        const line = nextLine();
        grad(leak)(x);
        return line;
      },
    ],
    [
      "valueAndGrad",
      () => {
        const line = nextLine();
        valueAndGrad(leak)(x);
        return line;
      },
    ],
    [
      "jvp",
      () => {
        const line = nextLine();
        jvp(leak, [x], [x]);
        return line;
      },
    ],
    [
      "vjp",
      () => {
        const line = nextLine();
        vjp(leak, x);
        return line;
      },
    ],
    [
      "linearize",
      () => {
        const line = nextLine();
        linearize(leak, x);
        return line;
      },
    ],
    [
      "jacobian",
      () => {
        const line = nextLine();
        jacobian(leak)(x);
        return line;
      },
    ],
    [
      "jet",
      () => {
        const line = nextLine();
        jet(leak, [x], [[x]]);
        return line;
      },
    ],
    [
      "vmap",
      () => {
        const line = nextLine();
        vmap(leak)(ones([2, 3]));
        return line;
      },
    ],
  ];
  test.each(calls)("of %s: what it is, and where it comes from", (name, call) => {
    const line = call();
    for (const use of [() => leaked.add(1), () => leaked.item(), () => leaked.toArray()]) {
      const error = thrown(use);
      expect(error).toBeInstanceOf(LeakedValueError);
      expect(error.code).toBe("LEAKED_VALUE");
      expect(error.message).toContain(`a value of shape [3] made by mul inside of ${name}, called at `);
      expect(error.message).toContain(line);
      expect(error.message).toContain(
        "is used after that transformation returned. Return it from the function",
      );
    }
  });

  test("of a transformation inside of a transformation: the line of the user, not ours", () => {
    const line = nextLine();
    hvp(leak, x, x);
    expect(thrown(() => leaked.add(1)).message).toContain(line);
    hessian(leak)(x);
    expect(thrown(() => leaked.add(1)).message).toMatch(
      new RegExp(`${basename(__filename)}:\\d+:\\d+, is used`),
    );
  });

  test("an argument itself", () => {
    grad((y: Tensor) => (leaked = y).sum())(x);
    expect(thrown(() => leaked.add(1)).message).toContain(
      "add: a value of shape [3] that is an argument inside of grad",
    );
  });

  test("as the message says, stopGradient makes it one that may be stored", () => {
    grad((y: Tensor) => ((leaked = y.mul(2).stopGradient()), y.sum()))(x);
    expect(leaked.toArray()).toEqual([2, 4, 6]);
  });

  test("inside of a black box it is said to be captured", () => {
    const error = thrown(() => grad((y: Tensor) => isolate(() => y.sum()))(x));
    expect(error).toBeInstanceOf(TracedValueError);
    expect(error.message).toMatch(
      /argument inside of grad, called at .*leaks\.test\.ts:\d+:\d+, reached a black box/,
    );
  });

  test("without stacks the place is left out", () => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      grad(leak)(x);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
    expect(thrown(() => leaked.add(1)).message).toContain("made by mul inside of grad, is used");
  });
});
