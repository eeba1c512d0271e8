import type { DType } from "../../dtype/index.js";
import { at, splat, storeLane, vector, type Code, type VectorInstruction } from "../../simd/encode/index.js";
import type { Operation } from "./nodes.js";

/** How a pass over elements is written: so many at a time. Operands are given as code that leaves them on the stack. */
export interface Lanes {
  readonly count: number;
  readonly operate: (operation: Operation, inputs: readonly Code[]) => Code;
  /** Elements of a slot, from a pointer on. */
  readonly read: (dtype: DType, pointer: Code, slot: number) => Code;
  readonly write: (dtype: DType, pointer: Code, value: Code, slot: number) => Code;
  /** A number in all lanes, given or read as a float64. */
  readonly number: (value: number) => Code;
  readonly readNumber: (base: Code, slot: number) => Code;
}

/** Operations by an instruction for each, a number in all lanes, and what rounds to float32. */
export function operations(
  instruction: (name: VectorInstruction) => Code,
  number: (value: number) => Code,
  round32: Code,
): Lanes["operate"] {
  return (operation, inputs) => {
    const operands = inputs.flat();
    switch (operation) {
      case "round32":
        return [...operands, ...round32];
      case "select":
        return [...operands, ...instruction("bitselect")];
      case "sign": {
        // 1 with the sign of x where |x| > 0; zeros and NaN are their own signs.
        const one = [...operands, ...number(-0), ...instruction("and"), ...number(1), ...instruction("or")];
        const isOther = [...operands, ...instruction("abs"), ...number(0), ...instruction("gt")];
        return [...one, ...operands, ...isOther, ...instruction("bitselect")];
      }
      default:
        return [...operands, ...instruction(operation)];
    }
  };
}

/** Two elements of a slot, after a pointer on the stack. */
function readAs(dtype: DType, slot: number): Code {
  switch (dtype) {
    case "float64":
      return at("load", slot);
    case "float32":
      return [...at("load64Zero", slot), ...vector("promote")];
    case "int32":
      return [...at("load64Zero", slot), ...vector("convertS")];
    case "bool":
      return [...at("load8x8U", slot), ...vector("widen16U"), ...vector("convertU")];
  }
}

/** Stores two float64 in a slot. Bools are 0 or 1: the first bytes of two 32-bit integers. */
function writeAs(dtype: DType, pointer: Code, value: Code, slot: number): Code {
  if (dtype === "float64") return [...pointer, ...value, ...at("store", slot)];
  if (dtype === "float32") {
    return [...pointer, ...value, ...vector("demote"), ...storeLane("store64Lane", slot, 0)];
  }
  const integers = [...pointer, ...value, ...vector("truncateU")];
  return [
    ...integers,
    ...storeLane("store8Lane", slot, 0),
    ...integers,
    ...storeLane("store8Lane", slot + 1, 4),
  ];
}

/** Two lanes of float64, which hold every number exactly. */
export const twoLanes: Lanes = {
  count: 2,
  operate: operations(vector, splat, [...vector("demote"), ...vector("promote")]),
  read: (dtype, pointer, slot) => [...pointer, ...readAs(dtype, slot)],
  write: writeAs,
  number: splat,
  readNumber: (base, slot) => [...base, ...at("load64Splat", slot)],
};
