import type { SimdFunction } from "../../simd/index.js";
import type { Nodes, Operation } from "./nodes.js";

/** What vectors cannot do, or not with the same bits: plain loops do it. */
export class NotVectorisable extends Error {}

type Scope = Map<string, number>;

const token = /\s*([\d.]+(?:e[-+]?\d+)?|[A-Za-z_][\w.]*|==|!=|<=|>=|\|\||&&|[-+*/%<>?:(){};,=!])/gy;

/** The operators of two operands, those that bind least first. */
const levels: readonly Readonly<Record<string, Operation>>[] = [
  { "||": "or" },
  { "&&": "and" },
  { "==": "eq", "!=": "ne" },
  { "<": "lt", "<=": "le", ">": "gt", ">=": "ge" },
  { "+": "add", "-": "sub" },
  { "*": "mul", "/": "div" },
];

/** Functions whose instruction has the bits of JavaScript's, also for NaN and zeros of either sign. */
const instructions: Readonly<Record<string, Operation>> = {
  "Math.abs": "abs",
  "Math.sqrt": "sqrt",
  "Math.floor": "floor",
  "Math.ceil": "ceil",
  "Math.sign": "sign",
  "Math.min": "min",
  "Math.max": "max",
};

/** Functions that have kernels in WebAssembly. */
const kernels: Readonly<Record<string, SimdFunction>> = {
  "Math.exp": "exp",
  "Math.log": "log",
  "Math.sin": "sin",
  "Math.cos": "cos",
};

/**
 * Reads an expression of a kernel text, with the statements before it, into nodes: the language of elementwise primitives
 * (docs/decisions/0010), without loops. Throws NotVectorisable for whatever it does not know.
 */
export function readText(
  before: readonly string[],
  expression: string,
  operands: ReadonlyMap<string, number>,
  nodes: Nodes,
): number {
  const tokens = tokensOf(`${before.join(" ")} ${expression}`);
  const scopes: Scope[] = [new Map(operands)];
  let next = 0;
  const is = (text: string): boolean => tokens[next] === text;
  const take = (): string => {
    const found = tokens[next++];
    if (found === undefined) throw new NotVectorisable("the text ends early");
    return found;
  };
  const expect = (...texts: readonly string[]): void => {
    for (const text of texts) if (take() !== text) throw new NotVectorisable(`no ${text}`);
  };

  const statement = (): void => {
    if (is("{")) {
      next++;
      scopes.push(new Map());
      while (!is("}")) statement();
      next++;
      scopes.pop();
      return;
    }
    const isDeclaration = is("const") || is("let");
    if (isDeclaration) next++;
    const name = take();
    const scope = isDeclaration ? scopes[scopes.length - 1] : scopes.findLast((known) => known.has(name));
    if (scope === undefined) throw new NotVectorisable(`${name} is not declared`);
    expect("=");
    scope.set(name, choice());
    expect(";");
  };

  const choice = (): number => {
    const condition = binary(0);
    if (!is("?")) return condition;
    next++;
    const yes = choice();
    expect(":");
    return nodes.operation("select", number(yes), number(choice()), mask(condition));
  };
  const binary = (level: number): number => {
    const operators = levels[level];
    if (operators === undefined) return unary();
    let left = binary(level + 1);
    for (let operator = operators[tokens[next]!]; operator; operator = operators[tokens[next]!]) {
      next++;
      const check = level < 2 ? mask : number;
      left = nodes.operation(operator, check(left), check(binary(level + 1)));
    }
    return left;
  };
  const unary = (): number => {
    if (!is("-")) return primary();
    next++;
    const operand = number(unary());
    const node = nodes.list[operand]!;
    return node.kind === "number" ? nodes.number(-node.value) : nodes.operation("neg", operand);
  };
  const primary = (): number => {
    const name = take();
    if (name === "(") {
      const inside = choice();
      expect(")");
      return inside;
    }
    if (/^[\d.]/.test(name)) return nodes.number(Number(name));
    if (name === "Infinity" || name === "NaN") return nodes.number(Number(name));
    if (is("(")) return called(name);
    const value = scopes.findLast((known) => known.has(name))?.get(name);
    if (value === undefined) throw new NotVectorisable(`${name} is not declared`);
    return value;
  };
  const called = (name: string): number => {
    const inputs: number[] = [];
    do {
      next++;
      inputs.push(number(choice()));
    } while (is(","));
    expect(")");
    return apply(name, inputs, nodes);
  };
  const mask = (node: number): number => {
    if (!nodes.isMask(node)) throw new NotVectorisable("a number as a condition");
    return node;
  };
  const number = (node: number): number => {
    if (nodes.isMask(node)) throw new NotVectorisable("a condition as a number");
    return node;
  };

  while (is("const") || is("let") || is("{") || tokens[next + 1] === "=") statement();
  const result = number(choice());
  if (next !== tokens.length) throw new NotVectorisable("more than an expression");
  return result;
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  let end = 0;
  for (const match of text.matchAll(token)) {
    tokens.push(match[1]!);
    end = match.index + match[0].length;
  }
  if (text.slice(end).trim() !== "") throw new NotVectorisable(`unknown: ${text.slice(end)}`);
  return tokens;
}

function apply(name: string, inputs: readonly number[], nodes: Nodes): number {
  const [x] = inputs as [number];
  const instruction = instructions[name];
  const arity = instruction === "min" || instruction === "max" ? 2 : 1;
  if (inputs.length !== arity) throw new NotVectorisable(`${name} of ${String(inputs.length)}`);
  if (instruction !== undefined) return nodes.operation(instruction, ...inputs);
  const kernel = kernels[name];
  if (kernel !== undefined) return nodes.call(kernel, x);
  // softplus(-|t|) = max(-|t|, 0) + log(1 + e^-|t|), whose maximum is a zero
  const exponential = nodes.list[x]!;
  if (name === "Math.log1p" && exponential.kind === "function" && exponential.name === "exp") {
    const [size] = nodes.inputsOf(exponential.input, "neg") ?? [];
    if (size !== undefined && nodes.inputsOf(size, "abs")) return nodes.call("softplus", exponential.input);
  }
  throw new NotVectorisable(name);
}
