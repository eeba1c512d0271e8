import type { RowOperation, SimdFunction } from "../../simd/index.js";

/** Operations that are a few vector instructions; comparisons give masks, of which `select` makes numbers again. */
export type Operation =
  | ("neg" | "abs" | "sqrt" | "floor" | "ceil" | "sign" | "round32")
  | ("add" | "sub" | "mul" | "div" | "min" | "max")
  | ("eq" | "ne" | "lt" | "le" | "gt" | "ge" | "and" | "or" | "select");

/** What a value has a number for. */
export type Level = "element" | "row";

/** A value; its number is its position in the list. Numbers, and loads of single ones, are there for elements and rows. */
export type Node = { readonly level: Level } & (
  | { readonly kind: "number"; readonly value: number }
  /** What is read, by its position in the list of loads. */
  | { readonly kind: "load"; readonly load: number }
  | { readonly kind: "operation"; readonly operation: Operation; readonly inputs: readonly number[] }
  /** A function that runs over many elements at once. */
  | { readonly kind: "function"; readonly name: SimdFunction; readonly input: number }
  /** What runs along many rows at once. */
  | { readonly kind: "rows"; readonly name: RowOperation; readonly input: number }
);

type Content<N> = N extends unknown ? Omit<N, "level"> : never;

export const masks: readonly Operation[] = ["eq", "ne", "lt", "le", "gt", "ge", "and", "or"];

/** A list of nodes that is being written; what is in it already is not written again. */
export class Nodes {
  readonly list: Node[] = [];
  /** What further values have a number for. */
  level: Level = "element";
  private readonly known = new Map<string, number>();

  number(value: number): number {
    return this.add(Object.is(value, -0) ? "-0" : String(value), { kind: "number", value });
  }

  load(load: number): number {
    return this.add(`load ${String(load)}`, { kind: "load", load });
  }

  operation(operation: Operation, ...inputs: number[]): number {
    return this.add(`${operation} ${inputs.join()}`, { kind: "operation", operation, inputs });
  }

  call(name: SimdFunction, input: number): number {
    return this.add(`${name}() ${String(input)}`, { kind: "function", name, input });
  }

  /** The value is one of a row if it is reduced to it, and of an element otherwise. */
  rows(name: RowOperation, input: number): number {
    const level = name === "sum" || name === "max" || name === "min" ? "row" : "element";
    return this.add(`${name} along ${String(input)}`, { kind: "rows", name, input }, level);
  }

  /** Is this node the given operation? Then its inputs. */
  inputsOf(node: number, operation: Operation): readonly number[] | undefined {
    const found = this.list[node]!;
    return found.kind === "operation" && found.operation === operation ? found.inputs : undefined;
  }

  isMask(node: number): boolean {
    const found = this.list[node]!;
    return found.kind === "operation" && masks.includes(found.operation);
  }

  private add(content: string, node: Content<Node>, level = this.level): number {
    const key = `${level} ${content}`;
    let number = this.known.get(key);
    if (number === undefined) this.known.set(key, (number = this.list.push({ level, ...node }) - 1));
    return number;
  }
}
