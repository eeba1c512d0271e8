import type { SimdFunction } from "../../simd/index.js";

/** Operations that are a few vector instructions; comparisons give masks, of which `select` makes numbers again. */
export type Operation =
  | ("neg" | "abs" | "sqrt" | "floor" | "ceil" | "sign" | "round32")
  | ("add" | "sub" | "mul" | "div" | "min" | "max")
  | ("eq" | "ne" | "lt" | "le" | "gt" | "ge" | "and" | "or" | "select");

/** A value at every element; its number is its position in the list. */
export type Node =
  | { readonly kind: "number"; readonly value: number }
  /** What is read, by its position in the list of loads. */
  | { readonly kind: "load"; readonly load: number }
  | { readonly kind: "operation"; readonly operation: Operation; readonly inputs: readonly number[] }
  /** A function that runs over many elements at once. */
  | { readonly kind: "function"; readonly name: SimdFunction; readonly input: number };

export const masks: readonly Operation[] = ["eq", "ne", "lt", "le", "gt", "ge", "and", "or"];

/** A list of nodes that is being written; what is in it already is not written again. */
export class Nodes {
  readonly list: Node[] = [];
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

  /** Is this node the given operation? Then its inputs. */
  inputsOf(node: number, operation: Operation): readonly number[] | undefined {
    const found = this.list[node]!;
    return found.kind === "operation" && found.operation === operation ? found.inputs : undefined;
  }

  isMask(node: number): boolean {
    const found = this.list[node]!;
    return found.kind === "operation" && masks.includes(found.operation);
  }

  private add(key: string, node: Node): number {
    let number = this.known.get(key);
    if (number === undefined) this.known.set(key, (number = this.list.push(node) - 1));
    return number;
  }
}
