import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  concatenate,
  flip,
  linalg,
  pad,
  random,
  softmax,
  sort,
  take,
  tensor,
  TracedValueError,
  where,
  type Tensor,
} from "@cotangent/core-tensor";
import { DeviceError, gpu, type Device } from "@cotangent/core-tensor/gpu";
import { customJvp, grad, jit, opaque, valueAndGrad, vmap, whileLoop } from "@cotangent/autodiff";
import { runs } from "./runs.js";

const network = (w: Tensor, x: Tensor) => {
  const hidden = w
    .matmul(x.T)
    .tanh()
    .mul(0.5)
    .add(w.sum({ axis: 1, keepDims: true }));
  return softmax(hidden, { axis: 0 }).log().neg().mean();
};

/** One line registers a function of two tensors [3, 4]. */
const functions: Record<string, (a: Tensor, b: Tensor) => unknown> = {
  chain: (a, b) => a.mul(2).add(b).sin().mul(a.sub(0.5)).square().sum(),
  "broadcasting, each way": (a, b) =>
    a
      .mul(b.slice(0))
      .add(b.slice([0, null], [0, 1]))
      .sub(b.mean())
      .div(3),
  "broadcasting of both": (a, b) =>
    a
      .slice(0)
      .expandDims(0)
      .mul(b.slice([0, null], 1).expandDims(1)),
  "long chains of many values": (a, b) => {
    const parts = Array.from({ length: 12 }, (_, k) =>
      a
        .mul(k + 1)
        .add(b.mul(0.1))
        .tanh()
        .add(a.sum()),
    );
    return parts.reduce((x, y) => x.mul(0.5).add(y));
  },
  "chains that go on in another shape": (a, b) => [
    a
      .mul(2)
      .sin()
      .reshape([4, 3])
      .add(b.reshape([4, 3]))
      .exp(),
    a.slice(0).mul(2).sin().add(b).cos(),
  ],
  "shapes and slices": (a, b) => [
    flip(a.T, { axis: 0 }).add(b.reshape([4, 3])),
    a.slice([null, null, -2], [1, 4, 2]),
    pad(a, [[1, 0], [0, 2]]), // prettier-ignore
    concatenate([a, b, a], 1),
  ],
  reductions: (a, b) => {
    const c = a.reshape([3, 2, 2]).mul(b.reshape([3, 2, 2]));
    return [
      c.sum({ axis: [0, 2] }),
      c.max({ axis: 1 }),
      c.min(),
      c.sum({ axis: 0 }),
      a.logsumexp({ axis: 1 }),
    ];
  },
  products: (a, b) => [a.matmul(b.T), a.T.matmul(b), a.reshape([3, 2, 2]).matmul(b.reshape([3, 2, 2]))],
  choices: (a, b) => [
    where(a.less(b), a, b.exp()),
    a.greater(0),
    a.greater(0).astype("int32"),
    take(a, [2, 0], 1),
  ],
  "a network and its gradient": valueAndGrad(network),
  "a batch of gradients": (a, b) => vmap(grad((x: Tensor) => x.mul(x).sin().sum()))(a.add(b)),
  "a rule of one's own": (a, b) =>
    grad((x: Tensor) => customJvp((y: Tensor) => y.square(), ([y], [t]) => ({ value: y.square(), tangent: y.mul(t).mul(2) }))(x.mul(b)).sum())(a), // prettier-ignore
};

const arbMatrix = fc
  .array(fc.integer({ min: -64, max: 64 }), { minLength: 12, maxLength: 12 })
  .map((values) => tensor(values).div(32).reshape([3, 4]));

// cpu computes in float64 and rounds what kernels return; webasm rounds every operation.
describe.each(["cpu", "webasm"] as const)("a function compiled for a device, %s", (mode) => {
  let device: Device;
  beforeAll(async () => {
    device = await gpu({ mode });
  });
  afterAll(() => {
    device[Symbol.dispose]();
  });

  test.each(Object.entries(functions))("%s", async (_, f) => {
    const compiled = jit(f, { device });
    const onHost = jit(f);
    await fc.assert(
      fc.asyncProperty(arbMatrix, arbMatrix, async (a, b) => {
        const [found, wanted] = [await compiled(a, b), onHost(a, b)].map(
          (x) => (Array.isArray(x) ? x : [x]) as Tensor[],
        );
        found!.forEach((x, i) => {
          const y = wanted![i]!;
          expect([x.shape, x.dtype]).toEqual([y.shape, y.dtype === "float64" ? "float32" : y.dtype]);
          const gap = x.astype("float64").sub(y.astype("float64")).abs().max().item();
          expect(gap).toBeLessThanOrEqual(2e-5 * (1 + y.astype("float64").abs().max().item()));
        });
      }),
      runs(3, 50),
    );
  });

  test("records once for each signature, and runs chains as one kernel", async () => {
    let calls = 0;
    const kernels: string[] = [];
    const counting: Device = {
      ...device,
      run: (kernel, ...rest) => {
        kernels.push(kernel.name);
        return device.run(kernel, ...rest);
      },
      plan: (description) => device.plan.call(counting, description),
      [Symbol.dispose]: () => undefined,
    };
    const f = jit(
      (x: Tensor) => {
        calls += 1;
        return x.mul(2).add(1).sin().mul(x).sum();
      },
      { device: counting },
    );
    for (const x of [tensor([1, 2, 3]), tensor([4, 5, 6])]) await f(x);
    expect(calls).toBe(1);
    expect(f.lower(tensor([1, 2, 3])).optimised.counts.operations).toBe(5);
    expect(kernels).toEqual(["fused", "sum", "fused", "sum"]);
  });

  const x = tensor([1, 2, 3]);
  test.each<[string, (y: Tensor) => Tensor, string]>([
    ["sorting", (y) => sort(y), "argsort: has no kernel for devices"],
    ["a decomposition", (y) => linalg.det(y.expandDims(0).mul(y.expandDims(1))), "has no kernel for devices"],
    ["random numbers", (y) => y.mul(random.uniform(y.astype("int32").slice([0, 2]), { shape: [3] })), "has no kernel"],
    ["whole numbers", (y) => y.astype("int32").mul(3), "mul: has no kernel for devices, for int32 of shape [3]"],
    ["a loop by values", (y) => whileLoop((z: Tensor) => z.sum().less(100), (z) => z.mul(2), y), "whileLoop: runs as code of the host"],
    ["opaque code", (y) => opaque({ name: "mine", outputs: [y], apply: (xs) => xs }, [y])[0]!, "mine: runs as code of the host"],
  ])("refuses %s", async (_, f, message) => {
    const compiled = jit(f, { device });
    await expect(compiled(x)).rejects.toThrow(DeviceError);
    await expect(compiled(x)).rejects.toThrow(message);
  }); // prettier-ignore

  test("refuses to be transformed, and whole numbers that float32 has not", async () => {
    const f = jit((y: Tensor) => y.square().sum(), { device });
    const closed = (y: Tensor) => jit((z: Tensor) => z.mul(y), { device })(1);
    // At once: a rejection of the promise, which grad refuses, would be one that nobody sees, and end the process.
    for (const h of [f, closed]) {
      const refused = () => grad((y: Tensor) => h(y) as unknown as Tensor)(x);
      expect(refused).toThrow(TracedValueError);
      expect(refused).toThrow("jit(grad(f), { device })");
    }
    const g = jit((y: Tensor) => y.reshape([1]), { device });
    await expect(g(tensor(2 ** 24 + 1, { dtype: "int32" }))).rejects.toThrow(DeviceError);
    expect((await g(tensor(-(2 ** 24), { dtype: "int32" }))).toArray()).toEqual([-(2 ** 24)]);
  });
});
