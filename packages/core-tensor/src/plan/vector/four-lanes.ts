import { at, load32Splat, shuffle, splat32, storeLane, vector, vector32 } from "../../simd/encode/index.js";
import type { Code } from "../../simd/encode/index.js";
import type { Lanes } from "./operate.js";

/** The first or the second two of four lanes, or those of two vectors. */
const [FIRST, SECOND] = [0, 8].map((from) => Array.from({ length: 8 }, (_, i) => from + i)) as [
  number[],
  number[],
];
const firstOfBoth = shuffle([...FIRST, ...FIRST.map((byte) => byte + 16)]);
const secondFirst = shuffle([...SECOND, ...SECOND]);
/** The lowest bytes of four integers. */
const lowestBytes = shuffle(Array.from({ length: 16 }, (_, i) => 4 * (i % 4)));

const twice = (value: Code): Code => [...value, ...value];

/** Four lanes of float32. What is read is rounded to it, what is written is not rounded any more. */
export const fourLanes: Lanes = {
  count: 4,
  operate: (operation, inputs) => {
    const operands = inputs.flat();
    switch (operation) {
      case "round32":
        return operands;
      case "select":
        return [...operands, ...vector("bitselect")];
      case "sign": {
        // As on two lanes.
        const one = [...operands, ...splat32(-0), ...vector("and"), ...splat32(1), ...vector("or")];
        const isOther = [...operands, ...vector32("abs"), ...splat32(0), ...vector32("gt")];
        return [...one, ...operands, ...isOther, ...vector("bitselect")];
      }
      default:
        return [...operands, ...vector32(operation)];
    }
  },
  read: (dtype, pointer, slot) => {
    switch (dtype) {
      case "float64": {
        const two = (offset: number): Code => [...pointer, ...at("load", offset), ...vector("demote")];
        return [...two(slot), ...two(slot + 16), ...firstOfBoth];
      }
      case "float32":
        return [...pointer, ...at("load", slot)];
      case "int32":
        return [...pointer, ...at("load", slot), ...vector32("convertS")];
      case "bool": {
        const integers = [...at("load32Zero", slot), ...vector("widen8U"), ...vector("widen16U")];
        return [...pointer, ...integers, ...vector32("convertU")];
      }
    }
  },
  write: (dtype, pointer, value, slot) => {
    if (dtype === "float32") return [...pointer, ...value, ...at("store", slot)];
    if (dtype === "float64") {
      const second = [...twice(value), ...secondFirst];
      const two = (values: Code, offset: number): Code => [
        ...pointer,
        ...values,
        ...vector("promote"),
        ...at("store", offset),
      ];
      return [...two(value, slot), ...two(second, slot + 16)];
    }
    const integers = [...value, ...vector32("truncateU")];
    return [...pointer, ...twice(integers), ...lowestBytes, ...storeLane("store32Lane", slot, 0)];
  },
  number: splat32,
  readNumber: (base, slot) => [...base, ...load32Splat(slot)],
};
