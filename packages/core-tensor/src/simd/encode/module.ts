import type { Code } from "./instructions.js";
import { unsigned } from "./numbers.js";

/** A module with one function, `run`, over an imported memory. */
export interface LoopCode {
  /** Functions that it imports, numbered in this order, with three or four parameters. */
  readonly imports: readonly { readonly name: string; readonly parameters: number }[];
  /** Further locals after the four parameters of `run`: so many of 32-bit integers, then so many vectors. */
  readonly integers: number;
  readonly vectors: number;
  readonly body: Code;
}

const [I32, V128, FUNCTION, MEMORY] = [0x7f, 0x7b, 0x60, 2];

/** The bytes of the module. Source: WebAssembly Core Specification 2.0, chapter 5, Binary Format. */
export function encodeModule({ imports, integers, vectors, body }: LoopCode): Uint8Array<ArrayBuffer> {
  const types = list([
    [FUNCTION, ...list([[I32], [I32], [I32]]), 0],
    [FUNCTION, ...list([[I32], [I32], [I32], [I32]]), 0],
  ]);
  const imported = imports.map(({ name, parameters }) => [...text("env"), ...text(name), 0, parameters - 3]);
  const memory = [...text("env"), ...text("memory"), MEMORY, 0, 1];
  const locals = list([
    [...unsigned(integers), I32],
    [...unsigned(vectors), V128],
  ]);
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, list([...imported, memory])),
    ...section(3, list([[1]])),
    ...section(7, list([[...text("run"), 0, ...unsigned(imports.length)]])),
    ...section(10, list([sized([...locals, ...body, 0x0b])])),
  ]);
}

const sized = (bytes: Code): Code => [...unsigned(bytes.length), ...bytes];
const section = (id: number, bytes: Code): Code => [id, ...sized(bytes)];
const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const text = (ascii: string): Code => sized(Array.from(ascii, (letter) => letter.charCodeAt(0)));
