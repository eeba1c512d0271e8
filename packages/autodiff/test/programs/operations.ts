import type { Shape } from "@cotangent/core-tensor";

/** Where an operation is put into a program: its operand, others that it may take, and free choices. */
export interface Site {
  /** Name and shape of the operand. */
  readonly x: string;
  readonly shape: Shape;
  /** A whole number in [0, n). */
  choose(n: number): number;
  /** The name of a value whose shape fits, or undefined when there is none. */
  partner(fits: (shape: Shape) => boolean): string | undefined;
}

/** The text of one application, or undefined where it cannot be applied. */
export type Operation = (site: Site) => string | undefined;

/** Smooth on the whole line, and slowly growing. */
const everywhere = [
  "x.neg()",
  "x.sin()",
  "x.cos()",
  "x.tanh()",
  "x.sigmoid()",
  "x.softplus()",
  "x.atan()",
  "x.erf()",
  "x.erfc()",
  "x.square()",
  "x.pow(3)",
  "x.mul(-0.75)",
  "x.add(0.5)",
  "x.sub(1)",
  "tensor(2).sub(x)",
  "tensor(1.5).pow(x)",
];

/** The operand is brought into the domain first, away from poles and kinks. */
const guarded = [
  "x.tanh().exp()",
  "expm1(x.tanh())",
  "x.tanh().sinh()",
  "x.tanh().cosh()",
  "x.tanh().tan()",
  "x.tanh().mul(0.5).asin()",
  "x.tanh().mul(0.5).acos()",
  "x.tanh().mul(0.5).erfinv()",
  "x.square().add(1).log()",
  "log1p(x.square())",
  "x.square().add(1).sqrt()",
  "x.square().add(1).rsqrt()",
  "x.square().add(1).reciprocal()",
  "x.square().add(0.5).relu()",
  "x.square().add(0.5).neg().abs()",
  "x.square().add(1).pow(1.5)",
  "x.square().add(1).lgamma()",
  "x.square().add(1).digamma()",
];

const binary = [
  "x.add(y)",
  "x.sub(y)",
  "x.mul(y)",
  "x.div(y.square().add(1))",
  "x.square().add(1).pow(y.tanh())",
  "x.atan2(y.square().add(1))",
  "x.logaddexp(y)",
  "x.tanh().maximum(y.square().add(1.5))",
  "x.minimum(y.square().add(x.square()).add(0.5))",
];

const reductions = ["sum", "mean", "logsumexp", "variance", "prod"];
const alongAxis = ["softmax", "logSoftmax", "cumsum", "cumprod"];

/** Everything smooth, one function each; what it makes is a text in x (and y, another value). */
export const elementary: readonly Operation[] = [
  ...everywhere.map(unary),
  ...guarded.map(unary),
  ...binary.map(
    (text): Operation =>
      (site) =>
        withPartner(site, text, broadcasts(site.shape)),
  ),
  ...reductions.map((name) => reduction((options) => `x.${name}(${options})`)),
  reduction((options) => `x.square().add(0.5).norm(${options})`),
  ...alongAxis.map(
    (name): Operation =>
      (site) =>
        named(site, `x.${name}({ axis: ${axisOf(site)} })`, 1),
  ),
  // products
  (site) => withPartner(site, "x.matmul(y)", inner(site.shape, -2)),
  (site) => withPartner(site, "x.matmul(y)", inner(site.shape, -2)),
  (site) => withPartner(site, "x.dot(y)", inner(site.shape, -2)),
  (site) => withPartner(site, "x.vdot(y)", sameAs(site.shape)),
  (site) => withPartner(site, "x.outer(y)", () => true),
  (site) => named(site, 'einsum("...ij,...kj->...ik", x, x)', 2),
  (site) =>
    withPartner(site, 'einsum("i,j->ji", x, y)', (shape) => shape.length === 1 && site.shape.length === 1),
  (site) => named(site, 'einsum("...ii->...i", x.matmul(x.matrixTranspose()))', 2),
  // shape
  (site) => named(site, "x.ravel()"),
  (site) => named(site, `x.expandDims(${String(site.choose(site.shape.length + 1))})`),
  (site) => named(site, `x.reshape([${[...site.shape].reverse().join(", ")}])`),
  (site) => named(site, "x.transpose()", 1),
  (site) => named(site, `x.broadcastTo([2, ${site.shape.join(", ")}])`),
  (site) => withPartner(site, `concatenate([x, y], ${axisOf(site)})`, sameAs(site.shape)),
  (site) => withPartner(site, `stack([x, y, x], ${axisOf(site)})`, sameAs(site.shape)),
  (site) => named(site, `x.slice(${String(site.choose(2) - 1)})`, 1),
  (site) =>
    named(
      site,
      `x.slice([${["1, null", "null, -1", "null, null, -1", "null, null, 2"][site.choose(4)]!}])`,
      1,
    ),
  (site) => named(site, "x.slice([1, null]).sub(x.slice([null, -1]).square())", 1),
  (site) => named(site, "x.slice(null, [1, null]).mul(x.slice([null, null, -1], [null, -1]))", 2),
  (site) => named(site, `x.flip({ axis: ${axisOf(site)} })`, 1),
  (site) => named(site, `x.roll(1, { axis: ${axisOf(site)} })`, 1),
  (site) => named(site, `x.pad([${site.shape.map(() => `[${String(site.choose(2))}, 1]`).join(", ")}])`, 1),
  (site) => named(site, `x.tile(2)`, 1),
  (site) => named(site, `x.repeat(2, { axis: ${axisOf(site)} })`, 1),
  // indexing
  (site) => named(site, 'x.take(tensor([0, -1, 0], { dtype: "int32" }))', 1),
  (site) => named(site, "x.at(0).add(0.5)", 1),
  (site) => withPartner(site, "x.at(-1).set(y)", sameAs(site.shape.slice(1)), 1),
  (site) => withPartner(site, "where(x.greater(100), x, y)", broadcasts(site.shape)),
  (site) => withPartner(site, "where(tensor([true, false, true]), x, y)", endsInThree, 1),
  (site) => named(site, `x.tril(${String(site.choose(2) - 1)})`, 2),
  (site) => named(site, "x.triu()", 2),
  (site) => named(site, "x.diagonal()", 2),
  (site) => named(site, "x.trace()", 2),
];

/** One call of these stands for many operations, which their derivatives do one by one. */
const composed: readonly Operation[] = [
  // linear algebra
  (site) => named(site, `linalg.cholesky(${definite(site)})`, 2),
  (site) => named(site, `linalg.inv(${definite(site)})`, 2),
  (site) => named(site, `linalg.solve(${definite(site)}, x)`, 2),
  (site) => named(site, `linalg.qr(${definite(site)}).r`, 2),
  // loops
  (site) =>
    named(site, "scan((c, z) => [c.mul(z).sub(0.5).tanh(), c.add(z)], x.slice([0, 1]).sum(), x)[1]", 1),
];

export const operations: readonly Operation[] = [...elementary, ...composed];

function unary(text: string): Operation {
  return (site) => named(site, text);
}

function reduction(text: (options: string) => string): Operation {
  return (site) => {
    if (site.shape.length === 0 || site.choose(4) === 0) return named(site, text(""));
    return named(site, text(`{ axis: ${axisOf(site)}, keepDims: ${String(site.choose(2) === 0)} }`));
  };
}

/** A matrix that is symmetric, and at least as definite as the identity. */
function definite({ shape }: Site): string {
  return `x.tanh().matmul(x.tanh().matrixTranspose()).add(eye(${String(shape.at(-2))}))`;
}

/** The text with the name of the operand in it, which must have `rank` axes or more. */
function named({ x, shape }: Site, text: string, rank = 0): string | undefined {
  return shape.length < rank ? undefined : text.replaceAll(/\bx\b/g, x);
}

function withPartner(
  site: Site,
  text: string,
  fits: (shape: Shape) => boolean,
  rank = 0,
): string | undefined {
  const y = site.partner(fits);
  return y === undefined ? undefined : named(site, text, rank)?.replaceAll(/\by\b/g, y);
}

/** One of the axes, from either end. */
function axisOf(site: Site): string {
  const rank = site.shape.length;
  return rank === 0 ? "0" : String(site.choose(2 * rank) - rank);
}

const sameAs = (shape: Shape) => (other: Shape) => other.join() === shape.join();
const endsInThree = (shape: Shape) => shape.at(-1) === 3;
const inner = (shape: Shape, axis: number) => (other: Shape) =>
  shape.length > 0 && other.length > 0 && (other.at(axis) ?? other.at(-1)) === shape.at(-1);
const broadcasts = (shape: Shape) => (other: Shape) =>
  other.every((length, i) => {
    const own = shape.at(i - other.length) ?? 1;
    return length === own || length === 1 || own === 1;
  });
