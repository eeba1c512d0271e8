import { bind, sizeOf, Tensor, tracedOf, type Trace } from "@cotangent/core-tensor";

/** Runs every operation on the primals, and counts the multiplications of products. */
export function countingTrace(): {
  readonly watch: (x: Tensor) => Tensor;
  readonly multiplications: () => number;
} {
  let count = 0;
  const watch = (x: Tensor) => new Tensor(x.shape, x.dtype, { trace, primal: x });
  const trace: Trace = {
    name: "count",
    level: 1,
    alive: true,
    held: 0,
    process(primitive, inputs, params) {
      const plain = inputs.map((x) => tracedOf(x)?.primal ?? x);
      const outputs = bind(primitive, plain, params);
      const size = sizeOf(outputs[0]!.shape);
      if (primitive.name === "mul") count += size;
      if (primitive.name === "matmul") {
        const transposed = "transposeA" in params && params.transposeA === true;
        const [a] = plain as [Tensor];
        count += size * a.shape[a.ndim - (transposed ? 2 : 1)]!;
      }
      return outputs.map(watch);
    },
  };
  return { watch, multiplications: () => count };
}
