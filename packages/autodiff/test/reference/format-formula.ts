import type { Tensor } from "@cotangent/core-tensor";
import type { Expression } from "./formula.js";

/** Text, and how tightly its outermost operation binds. */
interface Piece {
  readonly text: string;
  readonly binding: number;
}

const atom = 9;
const infix: Partial<Record<string, readonly [symbol: string, binding: number]>> = {
  equal: ["==", 1],
  notEqual: ["!=", 1],
  less: ["<", 1],
  lessEqual: ["<=", 1],
  greater: [">", 1],
  greaterEqual: [">=", 1],
  logicalAnd: ["and", 0],
  logicalOr: ["or", 0],
  add: ["+", 3],
  sub: ["-", 3],
  mul: ["*", 4],
  div: ["/", 4],
  matmul: ["@", 4],
  pow: ["^", 6],
};
/** What only changes shape or dtype is left out. */
const silent = new Set(["broadcastTo", "reshape", "cast"]);
/** where(mask, x, 0), by the mask. */
const parts = {
  lower: "tril",
  upper: "triu",
  strictlyLower: "strictlyTril",
  strictlyUpper: "strictlyTriu",
  I: "diag",
};

/**
 * The lines of a formula, the result last: parts that are used several times, or that would make a line long, are named
 * first.
 */
export function formatFormula(
  results: readonly (readonly [name: string, expression: Expression])[],
): string[] {
  const uses = new Map<Expression, number>();
  const count = (e: Expression): void => {
    uses.set(e, (uses.get(e) ?? 0) + 1);
    if (e.kind === "operation" && uses.get(e) === 1) e.operands.forEach(count);
  };
  results.forEach(([, e]) => count(e));
  const names = new Map<Expression, string>();
  const lines: string[] = [];
  const write = (e: Expression): Piece => {
    if (e.kind === "name") return { text: e.text, binding: atom };
    if (e.kind === "constant") return { text: formatConstant(e.value), binding: atom };
    const known = names.get(e);
    if (known !== undefined) return { text: known, binding: atom };
    if (silent.has(e.primitive.name)) return standing(e, write(e.operands[0]!));
    const piece = apply(e, e.operands.map(write));
    const isSmall = e.operands.every(({ kind }) => kind !== "operation");
    if ((uses.get(e)! < 2 || isSmall) && piece.text.length < 60) return piece;
    const name = `t${String(names.size + 1)}`;
    names.set(e, name);
    lines.push(`${name} = ${piece.text}`);
    return { text: name, binding: atom };
  };
  for (const [name, e] of results) {
    const { text } = write(e);
    const own = lines.at(-1);
    // The result itself needs no name of its own.
    if (own?.startsWith(`${text} = `) === true) lines[lines.length - 1] = name + own.slice(text.length);
    else lines.push(`${name} = ${text}`);
    if (!names.has(e)) continue;
    names.set(e, name);
  }
  return lines;
}

function apply(
  { primitive: { name }, params, output }: Expression & { kind: "operation" },
  operands: readonly Piece[],
): Piece {
  const [a, b] = operands as readonly [Piece, Piece];
  const inside = (piece: Piece, binding: number) =>
    piece.binding < binding ? `(${piece.text})` : piece.text;
  const transposed = (piece: Piece, when: unknown) =>
    when === true ? `${inside(piece, atom)}^T` : undefined;
  if (name === "equal" && a.text.startsWith("isFinite(") && b.text === "0") {
    return { text: `not ${a.text}`, binding: 1 };
  }
  const known = infix[name];
  if (known !== undefined) {
    const [symbol, binding] = known;
    const { transposeA, transposeB } = params as { transposeA?: boolean; transposeB?: boolean };
    const left = transposed(a, transposeA) ?? inside(a, binding);
    const right = transposed(b, transposeB) ?? inside(b, binding + 1);
    return { text: symbol === "^" ? `${left}^${right}` : `${left} ${symbol} ${right}`, binding };
  }
  if (name === "neg") return { text: `-${inside(a, 4)}`, binding: 3 };
  if (name === "square") return { text: `${inside(a, 7)}^2`, binding: 6 };
  if (name === "transpose") return { text: `${inside(a, atom)}^T`, binding: 8 };
  if (name === "where" && operands[2]!.text === "0" && Object.hasOwn(parts, a.text)) {
    return { text: `${parts[a.text as keyof typeof parts]}(${b.text})`, binding: atom };
  }
  const order = "order" in params ? [String(params.order)] : [];
  const { transpose, reverse } = params as { transpose?: boolean; reverse?: boolean };
  const call = `${name}${transpose === true || reverse === true ? "^T" : ""}(${[...order, ...operands.map(({ text }) => text)].join(", ")})`;
  return { text: output === undefined ? call : `${call}[${String(output)}]`, binding: atom };
}

/** A vector that is made a row or a column of a matrix says so. */
function standing(
  { primitive: { name }, params, operands }: Expression & { kind: "operation" },
  piece: Piece,
): Piece {
  const x = operands[0]!;
  if (name !== "reshape" || x.kind === "constant" || x.shape.length === 0) return piece;
  const { shape } = params as { shape: readonly number[] };
  const n = x.shape.at(-1);
  if (shape.length <= x.shape.length) return piece;
  if (shape.at(-1) === 1 && shape.at(-2) === n) return { text: `column(${piece.text})`, binding: atom };
  if (shape.at(-2) === 1 && shape.at(-1) === n) return { text: `row(${piece.text})`, binding: atom };
  return piece;
}

/** A number; a matrix by what it is for. */
function formatConstant(x: Tensor): string {
  const values = Array.from(x.toTypedArray());
  if (values.every((value) => value === values[0])) return String(Number((values[0] ?? 0).toPrecision(6)));
  const n = x.shape.at(-1)!;
  const at = (i: number) => [Math.floor(i / n), i % n] as const;
  const ones = (where: (row: number, column: number) => boolean) =>
    values.every((value, i) => (value !== 0) === where(...at(i)));
  if (ones((i, j) => i === j)) return "I";
  if (ones((i, j) => i >= j)) return "lower";
  if (ones((i, j) => i <= j)) return "upper";
  if (ones((i, j) => i > j)) return "strictlyLower";
  if (ones((i, j) => i < j)) return "strictlyUpper";
  return "constant";
}
