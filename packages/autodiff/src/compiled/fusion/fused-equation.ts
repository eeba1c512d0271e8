import { sizeOf } from "@cotangent/core-tensor";
import { piecewiseLoop, type Box } from "@cotangent/core-tensor/plan";
import { isConstant, type Atom, type Variable } from "../../program/atom.js";
import type { ProgramEquation } from "../../program/equation.js";
import { Program } from "../../program/program.js";
import type { Group, Member } from "./groups.js";
import { PieceBuilder } from "./piece-builder.js";

/** A group as one equation that computes the values which are needed outside of it. */
export function fusedEquation(group: Group, stored: readonly Variable[]): ProgramEquation {
  const { members } = group;
  const [only] = members;
  if (members.length === 1 && hasOwnKernel(only!)) return only!.equation;
  const operands: Atom[] = [];
  const kernels = piecesOf(group).map((piece) => new PieceBuilder(group, piece, operands).kernel(stored));
  const fused = new Program(
    operands.flatMap((atom) => (isConstant(atom) ? [] : [atom])),
    members.map(({ equation }) => equation),
    stored,
  );
  const name = members.length === 1 ? only!.equation.primitive.name : "loop";
  const outputs = stored.map(({ shape, dtype }) => ({ shape, dtype }));
  return {
    primitive: piecewiseLoop(name, kernels, outputs),
    params: {},
    fused,
    inputs: operands,
    outputs: stored,
  };
}

/** The boxes between the cuts of a group: together its domain. */
function piecesOf({ domain, cuts }: Group): readonly Box[] {
  return domain.reduce<readonly Box[]>(
    (boxes, length, axis) => {
      const bounds = [0, ...[...cuts[axis]!].sort((a, b) => a - b), length];
      return boxes.flatMap(({ from, to }) =>
        bounds.slice(1).map((end, i) => ({ from: [...from, bounds[i]!], to: [...to, end] })),
      );
    },
    [{ from: [], to: [] }],
  );
}

/** From this number of elements on, the kernel of a function by itself is faster than a loop. */
const MANY = 128;

/** A function of many numbers that has a kernel of its own, and nothing beside it that a loop would save. */
function hasOwnKernel({ equation, role }: Member): boolean {
  return role.kind === "map" && "simd" in equation.primitive && sizeOf(equation.outputs[0]!.shape) >= MANY;
}
