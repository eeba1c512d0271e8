import {
  at,
  load32Splat,
  shuffle,
  splat32,
  storeLane,
  vector,
  vector32,
  type Code,
} from "../../simd/encode/index.js";
import { operations, type Lanes } from "./operate.js";

const eightBytes = (from: number): number[] => Array.from({ length: 8 }, (_, i) => from + i);
/** The first two lanes of two vectors, and the last two of the first of them. */
const firstOfBoth = shuffle([...eightBytes(0), ...eightBytes(16)]);
const secondHalf = shuffle([...eightBytes(8), ...eightBytes(8)]);
/** The lowest bytes of four integers. */
const lowestBytes = shuffle(Array.from({ length: 16 }, (_, i) => 4 * (i % 4)));

const twice = (value: Code): Code => [...value, ...value];

/** Four lanes of float32. What is read is rounded to it, what is written is not rounded any more. */
export const fourLanes: Lanes = {
  count: 4,
  operate: operations(vector32, splat32, []),
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
      const second = [...twice(value), ...secondHalf];
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
