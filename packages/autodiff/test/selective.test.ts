import { describe, expect, test } from "@jest/globals";
import { stack, tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, savedBytes } from "@cotangent/autodiff";

const depth = 12;
const width = 16;
const batch = 128;

/** Entries that look random: sin(1), sin(1 + step), ... */
const filled = (shape: readonly number[], step: number) => {
  const size = shape.reduce((a, b) => a * b, 1);
  return tensor(Float64Array.from({ length: size }, (_, i) => Math.sin(1 + step * i))).reshape(shape);
};
const weights = Array.from({ length: depth }, (_, layer) =>
  filled([width, width], 0.7 + 0.1 * layer).mul(0.4),
);
const data = filled([batch, width], 0.37);

type Activation = (x: Tensor) => Tensor;

function loss(ws: readonly Tensor[], activation: Activation): Tensor {
  let x = data;
  for (const w of ws) x = activation(x.matmul(w));
  return x.square().mean();
}

const only = (trained: number, activation: Activation) => (w: Tensor) =>
  loss(
    weights.map((frozen, layer) => (layer === trained ? w : frozen)),
    activation,
  );

const relu: Activation = (x) => x.relu();
const linear: Activation = (x) => x;
const bytesOfWeights = width * width * 8;
const bytesOfActivations = batch * width * 8;

describe("selective differentiation", () => {
  const everyLayer = (activation: Activation) => savedBytes((ws: Tensor[]) => loss(ws, activation), weights);

  test("a frozen layer keeps nothing for its weights", () => {
    for (let trained = 0; trained < depth; trained++) {
      const after = depth - 1 - trained;
      // The input of the trained layer, the weights of those after it, the result for the square, and the scale.
      const expected = bytesOfActivations + after * bytesOfWeights + bytesOfActivations;
      const got = savedBytes(only(trained, linear), weights[trained]!);
      expect(got - expected).toBeGreaterThanOrEqual(0);
      expect(got - expected).toBeLessThan(64);
    }
  });
  test("the tape is at most half of the one for all layers", () => {
    for (const activation of [relu, linear]) {
      const all = everyLayer(activation);
      for (let trained = 0; trained < depth; trained++) {
        const one = savedBytes(only(trained, activation), weights[trained]!);
        expect({ trained, small: one <= all / 2 }).toEqual({ trained, small: true });
      }
    }
  });
  test("gradients have the same bits", () => {
    const all = grad((ws: Tensor[]) => loss(ws, relu))(weights);
    for (const trained of [0, 5, depth - 1]) {
      const one = grad(only(trained, relu))(weights[trained]!);
      expect(one.toTypedArray()).toEqual(all[trained]!.toTypedArray());
    }
  });
  test("a product keeps an operand only if the other one needs a derivative", () => {
    const [a, b] = [filled([50, 50], 0.3), filled([50, 50], 0.9)];
    const bytes = 50 * 50 * 8;
    const products: readonly ((x: Tensor, y: Tensor) => Tensor)[] = [
      (x, y) => x.matmul(y),
      (x, y) => x.mul(y),
    ];
    for (const product of products) {
      expect(savedBytes((x: Tensor) => product(x, b), a)).toBe(bytes);
      expect(savedBytes((y: Tensor) => product(a, y), b)).toBe(bytes);
      expect(savedBytes(product, a, b)).toBe(2 * bytes);
    }
    expect(savedBytes((x: Tensor) => stack([x, b]).add(a).transpose().sum({ axis: 0 }), a)).toBe(0);
  });
});
