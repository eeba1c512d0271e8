import { tracedOf, type Shape } from "@cotangent/core-tensor";
import {
  lengthsOf,
  stridesOf,
  type Box,
  type FusedKernel,
  type FusedValue,
} from "@cotangent/core-tensor/plan";
import { isConstant, type Atom, type Variable } from "../../program/atom.js";
import { broadcastStrides, sameNumbers } from "./fusible.js";
import type { Group, Member } from "./groups.js";

/** Writes the kernel of a group for a piece of its domain, where every box has all of it or nothing. */
export class PieceBuilder {
  private readonly values: FusedValue[] = [];
  private readonly after: boolean[] = [];
  private readonly numbers = new Map<Atom, number>();
  private readonly known = new Map<string, number>();
  private readonly reduced: readonly boolean[];
  /** The axes that are not reduced. */
  private readonly kept: readonly number[];

  /** @param operands - what all pieces read, which is added to */
  constructor(
    private readonly group: Group,
    private readonly piece: Box,
    private readonly operands: Atom[],
  ) {
    this.reduced = group.reduced ?? group.domain.map(() => false);
    this.kept = [...group.domain.keys()].filter((axis) => !this.reduced[axis]!);
  }

  /** The kernel that computes these values in the piece. */
  kernel(stored: readonly Variable[]): FusedKernel {
    const needed = new Set<Atom>(stored);
    const members = this.group.members.toReversed().filter((member) => {
      if (!needed.has(member.equation.outputs[0]!)) return false;
      for (const input of this.readBy(member)) needed.add(input);
      return true;
    });
    for (const member of members.reverse()) this.add(member);
    const { reduced, values, after } = this;
    const results = stored.map((output, array) => this.result(output, array));
    return { domain: lengthsOf(this.piece), reduced, values, after, results };
  }

  /** The operands that matter in the piece. */
  private readBy(member: Member): readonly Atom[] {
    const { role, equation } = member;
    if (role.kind === "choose") return equation.inputs.filter((_, i) => this.isIn(role.boxes[i]!, member));
    if (role.kind === "view" && role.inside && !this.isIn(role.inside, member)) return [];
    return equation.inputs;
  }

  /** Is the piece in this box of indices of a member? If not, none of it is. */
  private isIn(box: Box, { equation, after }: Member): boolean {
    let next = 0;
    return equation.outputs[0]!.shape.every((length, own) => {
      if (length === 1) return box.from[own]! < box.to[own]!;
      const axis = after ? this.kept[next++]! : next++;
      return box.from[own]! <= this.piece.from[axis]! && this.piece.to[axis]! <= box.to[own]!;
    });
  }

  private add(member: Member): void {
    const { equation, role, after } = member;
    const [output] = equation.outputs as [Variable];
    const { shape, dtype } = output;
    const read = this.readBy(member);
    const inputs = read.map((atom) => {
      const own = this.numbers.get(atom);
      if (own !== undefined) return own;
      if (isScalar(atom)) return this.push({ kind: "number", value: atom.item() }, false);
      if (role.kind === "reduce" || (role.kind !== "view" && sameNumbers(atom.shape, shape)))
        return this.load(atom, 0, stridesOf(atom.shape), atom.shape, role.kind !== "reduce" && after);
      const view = role.kind === "view" ? role : { offset: 0, strides: broadcastStrides(atom.shape, shape) };
      return this.load(atom, view.offset, view.strides, shape, after);
    });
    const input = inputs[0] ?? this.push({ kind: "number", value: 0 }, false);
    const number =
      role.kind === "map"
        ? this.push({ kind: "map", expression: role.expression, before: role.before, inputs, dtype }, after)
        : role.kind === "reduce"
          ? this.push({ kind: role.of, input, dtype }, true)
          : this.values[input]!.kind === "number"
            ? this.push({ kind: "map", expression: "a", before: [], inputs: [input], dtype }, after)
            : input;
    this.numbers.set(output, number);
  }

  /** Stores a value: its elements follow each other in the order of its axes. */
  private result(output: Variable, array: number) {
    const { domain } = this.group;
    const value = this.numbers.get(output)!;
    const isKept = this.after[value]!;
    const axes = isKept ? this.kept : [...domain.keys()];
    const own = stridesOf(axes.map((axis) => domain[axis]!));
    const strides = domain.map((_, axis) => own[axes.indexOf(axis)] ?? 0);
    return { array, value, offset: this.start(strides), strides };
  }

  /** How far from index 0 the piece begins. */
  private start(strides: readonly number[]): number {
    return this.piece.from.reduce((total, index, axis) => total + index * strides[axis]!, 0);
  }

  /** Adds a value, or finds the same one. */
  private push(value: FusedValue, after: boolean): number {
    const key = `${String(after)} ${keyOf(value)}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.after.push(after);
    const number = this.values.push(value) - 1;
    this.known.set(key, number);
    return number;
  }

  /** Reads an operand; `strides` are along the axes of `shape`, which are those of the domain or of what is kept of it. */
  private load(atom: Atom, offset: number, strides: readonly number[], shape: Shape, after: boolean): number {
    let array = this.operands.indexOf(atom);
    if (array < 0) array = this.operands.push(atom) - 1;
    const own = strides.filter((_, axis) => shape[axis] !== 1);
    let next = 0;
    const all = this.group.domain.map((_, axis) => (after && this.reduced[axis]! ? 0 : own[next++]!));
    return this.push({ kind: "load", array, offset: offset + this.start(all), strides: all }, after);
  }
}

function keyOf(value: FusedValue): string {
  switch (value.kind) {
    case "number":
      return `number ${Object.is(value.value, -0) ? "-0" : String(value.value)}`;
    case "load":
      return `load ${String(value.array)} ${String(value.offset)} ${value.strides.join()}`;
    case "map":
      return `${value.dtype} ${value.inputs.join()} ${value.before.join("")} ${value.expression}`;
    default:
      return `${value.kind} ${value.dtype} ${String(value.input)}`;
  }
}

/** A number that is known. */
function isScalar(atom: Atom): atom is Extract<Atom, { item: unknown }> {
  return isConstant(atom) && atom.size === 1 && tracedOf(atom) === undefined;
}
