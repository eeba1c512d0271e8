import fc from "fast-check";
import {
  concatenate,
  CotangentError,
  einsum,
  expm1,
  eye,
  isFloat,
  linalg,
  log1p,
  stack,
  tensor,
  where,
  zeros,
  type Tensor,
} from "@cotangent/core-tensor";
import { scan } from "@cotangent/autodiff";
import { arbTensor } from "@cotangent/autodiff/testing";
import { operations, type Operation, type Site } from "./operations.js";

/** A random program: a function, a point inside of its domain, and both as text to paste into a test. */
export interface Program {
  readonly f: (...inputs: readonly Tensor[]) => Tensor;
  readonly inputs: readonly Tensor[];
  readonly steps: number;
  toString(): string;
}

/** Choices from which a step is made, whatever the values before it are: so that a program without a step is one too. */
interface Choice {
  readonly operation: number;
  /** The operand, counted from the newest value. */
  readonly operand: number;
  readonly partner: number;
  readonly detail: number;
}

/**
 * Programs over smooth operations of every kind, with tensors of 0 to 3 axes and lengths from 0, several inputs, values
 * that are used often or never, and constants. No value is infinite, or larger than 4 without being scaled down. Shrinks
 * to fewer and simpler steps.
 */
export function arbProgram({ minSteps = 1, maxSteps = 30, of = operations } = {}): fc.Arbitrary<Program> {
  const choice = fc.record<Choice>({
    operation: fc.nat(of.length - 1),
    operand: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat(5) }),
    partner: fc.nat(99),
    detail: fc.nat(9999),
  });
  const choices = fc.array(choice, { minLength: minSteps, maxLength: maxSteps, size: "max" });
  // Arrays shrink from their front: this cuts them at the end, in the rare case and when it shrinks.
  const kept = fc.integer({ min: minSteps, max: 3 * maxSteps });
  return fc
    .tuple(kept, arbInputs, choices)
    .map(([count, inputs, all]) => written(inputs, all.slice(0, count), of));
}

const length = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 1, max: 3 }) },
  { weight: 1, arbitrary: fc.constant(0) },
);

/** Shapes that are parts of one, with some lengths of 1: they broadcast in many ways. */
const arbInputs = fc
  .tuple(
    fc.array(length, { maxLength: 3, size: "max" }),
    fc.array(fc.tuple(fc.nat(3), fc.nat(15)), { minLength: 1, maxLength: 3 }),
  )
  .chain(([whole, parts]) =>
    fc.tuple(
      ...parts.map(([from, stretched]) =>
        arbTensor({
          shape: whole.map((n, i) => (stretched === i ? 1 : n)).slice(Math.max(0, from - (3 - whole.length))),
        }),
      ),
    ),
  );

interface Value {
  readonly name: string;
  readonly tensor: Tensor;
}

function written(inputs: readonly Tensor[], choices: readonly Choice[], of: readonly Operation[]): Program {
  const parameters = inputs.map((_, i) => "xyz"[i]!);
  const values: Value[] = inputs.map((tensor, i) => ({ name: parameters[i]!, tensor }));
  const lines = choices.map((choice, i) => {
    const x = values[values.length - 1 - (choice.operand % values.length)]!;
    const made = firstUsable(x, values, choice, of);
    const name = String.fromCharCode(97 + (i % 20)) + (i < 20 ? "" : "2");
    values.push({ name, tensor: made.tensor });
    return `const ${name} = ${made.text};`;
  });
  const result = values[values.length - 1]!.name;
  const f = compile(parameters, [...lines, `return ${result};`].join("\n"));
  const text = () =>
    [
      `const f = (${parameters.map((x) => `${x}: Tensor`).join(", ")}) => {`,
      ...[...lines, `return ${result};`].map((line) => `  ${line}`),
      "};",
      `const inputs = [${inputs.map(literal).join(", ")}] as const;`,
    ].join("\n");
  const program = { f, inputs, steps: choices.length, toString: text };
  return Object.assign(program, { [fc.toStringMethod]: () => `\n${text()}\n` });
}

/** The chosen operation, or the next in some order that can be applied here. */
function firstUsable(
  x: Value,
  values: readonly Value[],
  choice: Choice,
  of: readonly Operation[],
): { text: string; tensor: Tensor } {
  // All come once: this and their number have no common factor.
  const step = of.length % 11 === 0 ? 13 : 11;
  for (let k = choice.operation; ; k += step) {
    const text = of[k % of.length]!(siteOf(x, values, choice));
    const made = usable(text, values);
    if (made !== undefined) return made;
  }
}

function siteOf(x: Value, values: readonly Value[], { partner, detail }: Choice): Site {
  let rest = detail;
  return {
    x: x.name,
    shape: x.tensor.shape,
    choose: (n) => {
      const chosen = rest % n;
      rest = Math.floor(rest / n);
      return chosen;
    },
    partner: (fits) => {
      const fitting = values.filter(({ tensor }) => fits(tensor.shape));
      return fitting.length === 0
        ? undefined
        : fitting[fitting.length - 1 - (partner % fitting.length)]!.name;
    },
  };
}

const LARGEST_SIZE = 40;

/** The text, scaled where its value is large; undefined when it has none, or one that is not a small finite tensor. */
function usable(
  text: string | undefined,
  values: readonly Value[],
): { text: string; tensor: Tensor } | undefined {
  if (text === undefined) return undefined;
  const names = values.map(({ name }) => name);
  const run = (code: string) => compile(names, `return ${code};`)(...values.map(({ tensor }) => tensor));
  let result: Tensor;
  try {
    result = run(text);
  } catch (error) {
    if (error instanceof CotangentError) return undefined;
    throw error;
  }
  if (result.size > LARGEST_SIZE || result.ndim > 4 || !isFloat(result.dtype)) return undefined;
  const largest = Array.from(result.toTypedArray()).reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  if (!Number.isFinite(largest)) return undefined;
  if (largest <= 4) return { text, tensor: result };
  const scaled = `${text}.mul(${String(2 ** -Math.ceil(Math.log2(largest / 2)))})`;
  return { text: scaled, tensor: run(scaled) };
}

const library = { concatenate, einsum, expm1, eye, linalg, log1p, scan, stack, tensor, where, zeros };

/** A program is its text: what is printed is what runs. */
function compile(parameters: readonly string[], body: string): Program["f"] {
  const source = `return (${parameters.join(", ")}) => { ${body} };`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- texts of operations.ts
  const make = new Function(...Object.keys(library), source) as (...values: unknown[]) => Program["f"];
  return make(...Object.values(library));
}

function literal(x: Tensor): string {
  return x.size === 0 ? `zeros([${x.shape.join(", ")}])` : `tensor(${JSON.stringify(x.toArray())})`;
}
