import { expect, test } from "@jest/globals";
import { tensor, zeros, type Tensor } from "@cotangent/core-tensor";
import { cond, customVjp, jit, linearize } from "@cotangent/autodiff";

const x = tensor([0.3, -1.2, 2.5]);
const lines = (...text: readonly string[]) => text.join("\n");

test("a program prints as typed equations", () => {
  const w = tensor([[1, 2, 3]], { dtype: "float32" });
  const f = jit((p: { a: Tensor; b: Tensor; n: Tensor }) => [
    p.a.mul(2).sum({ axis: 0, keepDims: true }),
    w.mul(p.b),
    p.n.add(1),
  ]);
  const program = f.lower({ a: x, b: tensor(1, { dtype: "float32" }), n: tensor(3, { dtype: "int32" }) });
  expect(String(program)).toBe(
    lines(
      "{ lambda a:f32[1,3] ; b:f64[3] c:f32[] d:i32[] .",
      "  let e:f64[3]   = mul b 2",
      "      f:f64[]    = sum[axes=[0]] e",
      "      g:f64[1]   = reshape[shape=[1]] f",
      "      h:f32[1,3] = mul a c",
      "      i:i32[]    = add d 1:i32[]",
      "  in (g, h, i) }",
    ),
  );
});

test("names go on after z", () => {
  const f = jit((y: Tensor) => Array.from({ length: 30 }).reduce<Tensor>((z) => z.sin(), y));
  expect(String(f.lower(x))).toContain("  in (ae) }");
});

test("branches are indented programs", () => {
  const f = jit((y: Tensor) =>
    cond(
      y.sum().greater(0),
      () => y.sin(),
      () => y,
    ),
  );
  expect(String(f.lower(x))).toBe(
    lines(
      "{ lambda a:f64[3] .",
      "  let b:f64[]  = sum[axes=[0]] a",
      "      c:bool[] = greater b 0",
      "      d:f64[3] = cond c a",
      "        ifTrue = { lambda a:f64[3] .",
      "          let b:f64[3] = sin a",
      "          in (b) }",
      "        ifFalse = { lambda a:f64[3] .",
      "          in (a) }",
      "  in (d) }",
    ),
  );
});

test("a tape prints residuals, tangents and linear equations", () => {
  const own = customVjp((y: Tensor) => y, {
    forward: (y) => ({ value: y, residuals: null }),
    backward: (_, ct) => [ct],
  });
  const { tape } = linearize((y: Tensor) => [own(y.sin()).mul(3), y.mul(0).floor()], x);
  expect(String(tape)).toBe(
    lines(
      "{ lambda a:f64[3] ; b:f64[3] .",
      "  let c:f64[3] = mul b a",
      "      d:f64[3] = customVjp c",
      "      e:f64[3] = mul d 3",
      "  in (e, 0) }",
    ),
  );
});

test("counts", () => {
  const f = jit((a: Tensor, b: Tensor) => a.matmul(b).add(1).sum());
  expect(f.lower(zeros([2, 3]), zeros([3, 5])).counts).toEqual({
    operations: 3,
    elements: 10 + 10 + 1,
    flops: 2 * 2 * 3 * 5 + 10 + 10,
    bytes: 8 * (6 + 15 + 10 + (10 + 1 + 10) + (10 + 1)),
  });
});
