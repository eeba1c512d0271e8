import { float32, float64, positive, unsigned } from "./numbers.js";

/** Instructions as bytes: those that generated loops consist of. */
export type Code = readonly number[];

export const localGet = (local: number): Code => [0x20, ...unsigned(local)];
export const localSet = (local: number): Code => [0x21, ...unsigned(local)];
export const call = (f: number): Code => [0x10, ...unsigned(f)];

const i32Const = (n: number): Code => [0x41, ...positive(n)];
const i32Add: Code = [0x6a];
const i32ShiftLeft: Code = [0x74];
const i32LessUnsigned: Code = [0x49];

/** local + n, on the stack */
export const plus = (local: number, n: number): Code => [...localGet(local), ...i32Const(n), ...i32Add];

/** a + b 2^shift of two locals, on the stack */
export const shiftedSum = (a: number, b: number, shift: number): Code => [
  ...localGet(a),
  ...localGet(b),
  ...i32Const(shift),
  ...i32ShiftLeft,
  ...i32Add,
];

/** Runs the body once and then as long as one local is below another, as addresses. */
export const repeatWhileBelow = (body: Code, local: number, end: number): Code => [
  ...[0x03, 0x40],
  ...body,
  ...localGet(local),
  ...localGet(end),
  ...i32LessUnsigned,
  ...[0x0d, 0x00],
  0x0b,
];

/** Instructions on vectors, and on two lanes of float64, by their numbers in the specification. */
const numbers = {
  load: 0x00,
  load8x8U: 0x02,
  load64Splat: 0x0a,
  load32Zero: 0x5c,
  load64Zero: 0x5d,
  store: 0x0b,
  store8Lane: 0x58,
  store32Lane: 0x5a,
  store64Lane: 0x5b,
  constant: 0x0c,
  eq: 0x47,
  ne: 0x48,
  lt: 0x49,
  gt: 0x4a,
  le: 0x4b,
  ge: 0x4c,
  and: 0x4e,
  or: 0x50,
  bitselect: 0x52,
  shuffle: 0x0d,
  demote: 0x5e,
  promote: 0x5f,
  ceil: 0x74,
  floor: 0x75,
  widen8U: 0x89,
  widen16U: 0xa9,
  abs: 0xec,
  neg: 0xed,
  sqrt: 0xef,
  add: 0xf0,
  sub: 0xf1,
  mul: 0xf2,
  div: 0xf3,
  min: 0xf4,
  max: 0xf5,
  truncateU: 0xfd,
  convertS: 0xfe,
  convertU: 0xff,
} as const;

export type VectorInstruction = keyof typeof numbers;

export const vector = (name: VectorInstruction): Code => [0xfd, ...unsigned(numbers[name])];

/** How far before it is the instruction that does the same on four lanes of float32: conversions, arithmetic, rounding, comparisons. */
function distanceOnFloat32(number: number): number {
  if (number > 0xfc) return 4;
  if (number > 0xeb) return 12;
  if (number === numbers.ceil || number === numbers.floor) return 13;
  return number >= numbers.eq && number <= numbers.ge ? 6 : 0;
}

/** An instruction on four lanes of float32. */
export const vector32 = (name: VectorInstruction): Code => {
  const number = numbers[name];
  return [0xfd, ...unsigned(number - distanceOnFloat32(number))];
};

/** Bytes of two vectors, numbered from those of the first. */
export const shuffle = (bytes: readonly number[]): Code => [...vector("shuffle"), ...bytes];

/** Access to memory at an offset from the address on the stack; nothing is promised about alignment. */
export const at = (name: VectorInstruction, offset: number): Code => [
  ...vector(name),
  0,
  ...unsigned(offset),
];

export const storeLane = (
  name: "store8Lane" | "store32Lane" | "store64Lane",
  offset: number,
  lane: number,
): Code => [...at(name, offset), lane];

/** The same number in both lanes. */
export const splat = (x: number): Code => [...vector("constant"), ...float64(x), ...float64(x)];

/** The same number in all four lanes. */
export const splat32 = (x: number): Code => [...vector("constant"), ...[x, x, x, x].flatMap(float32)];

/** The float64 at an offset from the address on the stack, rounded to float32, in all four lanes. */
export const load32Splat = (offset: number): Code => [0x2b, 0, ...unsigned(offset), 0xb6, 0xfd, 0x13];
