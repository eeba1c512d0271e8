import { sizeOf, tracedOf, type Shape } from "@cotangent/core-tensor";
import { stridesOf, fusedLoop, type FusedValue } from "@cotangent/core-tensor/plan";
import { isConstant, type Atom, type Variable } from "../../program/atom.js";
import type { ProgramEquation } from "../../program/equation.js";
import { Program } from "../../program/program.js";
import { broadcastStrides, sameNumbers } from "./fusible.js";
import type { Group, Member } from "./groups.js";

/** A group as one equation that computes the values which are needed outside of it. */
export function fusedEquation(
  { domain, reduced, members }: Group,
  stored: readonly Variable[],
): ProgramEquation {
  const [only] = members;
  if (members.length === 1 && hasOwnKernel(only!)) return only!.equation;
  const builder = new Builder(domain, reduced ?? domain.map(() => false));
  for (const member of members) builder.add(member);
  const kernel = {
    domain,
    reduced: builder.reduced,
    values: builder.values,
    after: builder.after,
    results: stored.map((output, array) => builder.result(output, array)),
  };
  const fused = new Program(
    builder.operands.flatMap((atom) => (isConstant(atom) ? [] : [atom])),
    members.map(({ equation }) => equation),
    stored,
  );
  const name = members.length === 1 ? only!.equation.primitive.name : "loop";
  const outputs = stored.map(({ shape, dtype }) => ({ shape, dtype }));
  return {
    primitive: fusedLoop(name, kernel, outputs),
    params: {},
    fused,
    inputs: builder.operands,
    outputs: stored,
  };
}

/** From this number of elements on, the kernel of a function by itself is faster than a loop. */
const MANY = 128;

/** A function of many numbers that has a kernel of its own, and nothing beside it that a loop would save. */
function hasOwnKernel({ equation, role }: Member): boolean {
  return role.kind === "map" && "simd" in equation.primitive && sizeOf(equation.outputs[0]!.shape) >= MANY;
}

/** The values of a kernel, numbered as they are added. */
class Builder {
  readonly values: FusedValue[] = [];
  readonly after: boolean[] = [];
  readonly operands: Atom[] = [];
  private readonly numbers = new Map<Atom, number>();
  private readonly loads = new Map<string, number>();

  constructor(
    private readonly domain: Shape,
    readonly reduced: readonly boolean[],
  ) {}

  add({ equation, role, after }: Member): void {
    const [output] = equation.outputs as [Variable];
    const { shape, dtype } = output;
    const inputs = equation.inputs.map((atom) => {
      const own = this.numbers.get(atom);
      if (own !== undefined) return own;
      if (isScalar(atom)) return this.push({ kind: "number", value: atom.item() }, false);
      if (role.kind === "reduce" || (role.kind !== "view" && sameNumbers(atom.shape, shape)))
        return this.load(atom, 0, stridesOf(atom.shape), atom.shape, role.kind !== "reduce" && after);
      const view = role.kind === "view" ? role : { offset: 0, strides: broadcastStrides(atom.shape, shape) };
      return this.load(atom, view.offset, view.strides, shape, after);
    });
    const [input] = inputs as [number];
    const number =
      role.kind === "map"
        ? this.push({ ...role, inputs, dtype }, after)
        : role.kind === "reduce"
          ? this.push({ kind: role.of, input, dtype }, true)
          : this.values[input]!.kind === "number"
            ? this.push({ kind: "map", expression: "a", before: [], inputs, dtype }, after)
            : input;
    this.numbers.set(output, number);
  }

  /** Stores a value: its elements follow each other in the order of its axes. */
  result(output: Variable, array: number) {
    const value = this.numbers.get(output)!;
    const isKept = this.after[value]!;
    const axes = [...this.domain.keys()].filter((axis) => !(isKept && this.reduced[axis]!));
    const own = stridesOf(axes.map((axis) => this.domain[axis]!));
    const strides = this.domain.map((_, axis) => own[axes.indexOf(axis)] ?? 0);
    return { array, value, offset: 0, strides };
  }

  private push(value: FusedValue, after: boolean): number {
    this.after.push(after);
    return this.values.push(value) - 1;
  }

  /** Reads an operand; `strides` are along the axes of `shape`, which are those of the domain or of what is kept of it. */
  private load(atom: Atom, offset: number, strides: readonly number[], shape: Shape, after: boolean): number {
    let array = this.operands.indexOf(atom);
    if (array < 0) array = this.operands.push(atom) - 1;
    const own = strides.filter((_, axis) => shape[axis] !== 1);
    let next = 0;
    const all = this.domain.map((_, axis) => (after && this.reduced[axis]! ? 0 : own[next++]!));
    const key = `${String(array)} ${String(offset)} ${all.join()} ${String(after)}`;
    const known = this.loads.get(key);
    if (known !== undefined) return known;
    const number = this.push({ kind: "load", array, offset, strides: all }, after);
    this.loads.set(key, number);
    return number;
  }
}

/** A number that is known. */
function isScalar(atom: Atom): atom is Extract<Atom, { item: unknown }> {
  return isConstant(atom) && atom.size === 1 && tracedOf(atom) === undefined;
}
