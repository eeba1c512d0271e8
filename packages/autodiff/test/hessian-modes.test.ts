import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isFloat, tensor, zeros, type PrimitiveName, type Tensor } from "@cotangent/core-tensor";
import { hessian, jacfwd, jacrev, tree } from "@cotangent/autodiff";
import { checkHessianModes } from "./hessian-modes.js";
import { primitiveMatrix } from "./primitive-matrix.js";

const smooth = (Object.keys(primitiveMatrix) as PrimitiveName[]).filter(
  (name) => primitiveMatrix[name].derivative === "smooth" && name !== "cast",
);

describe("four Hessians agree", () => {
  test.each(smooth)("of %s", (name) => {
    fc.assert(
      fc.property(primitiveMatrix[name].applications, ({ free, run }) => {
        const own = free.filter((x) => isFloat(x.dtype));
        const f = (...xs: Tensor[]) => {
          let next = 0;
          return run(...free.map((x) => (isFloat(x.dtype) ? xs[next++]! : x)));
        };
        checkHessianModes(f, own);
      }),
      { numRuns: 5 },
    );
  });
  test("of a network, in trees", () => {
    const f = (w: Tensor, b: Tensor, v: Tensor) => w.matmul(v).add(b).tanh().square().sum();
    checkHessianModes(f, [tensor([[1, -2, 0.5], [0.3, 1, 2]]), tensor([0.1, -0.4]), tensor([1, 2, -1])]); // prettier-ignore
    const ofTree = ({ w, b }: { w: Tensor; b: Tensor }) => w.mul(b).exp().sum();
    const at = { w: tensor([1, -1]), b: tensor(0.5) };
    const all = [
      jacfwd(jacrev(ofTree)),
      jacrev(jacfwd(ofTree)),
      jacfwd(jacfwd(ofTree)),
      jacrev(jacrev(ofTree)),
      hessian(ofTree),
    ];
    const shapes = [[], [2], [2], [2, 2]];
    for (const H of all) {
      expect(tree.leaves(H(at)).map(({ shape }) => shape)).toEqual(shapes);
      // d^2/dw^2 of e^(w b) is b^2 e^(w b)
      const diagonal = H(at).w.w.toTypedArray();
      expect(diagonal[0]).toBeCloseTo(0.25 * Math.exp(0.5), 14);
      expect(diagonal[1]).toBe(0);
    }
  });
  test("of scalars and of nothing", () => {
    checkHessianModes((x) => x.exp().sin(), [tensor(0.7)]);
    checkHessianModes((x) => x.exp().sum(), [zeros([0])]);
    checkHessianModes((x, y) => x.sum().mul(y), [zeros([0, 2]), tensor(2)]);
  });
});
