/** Arrays of up to so many bytes are kept in their own object by V8: nothing is faster. */
const INSIDE = 64;
/** Larger ones would each have memory of their own, which takes ten times as long to get, and to give back. */
const SHARED = 1024;
/** Bytes that are taken at once. What one array of them keeps alive is all of them, so they are few. */
const SLAB = 8192;
/** Every typed array may start here. */
const ALIGNMENT = 8;

let slab = new ArrayBuffer(0);
let used = 0;

/** A piece of memory for an array, with zeros in it. */
export interface Piece {
  readonly buffer: ArrayBuffer;
  readonly offset: number;
}

/** Where an array of so many bytes is to lie, or undefined where it is better off by itself. */
export function pieceOfSlab(bytes: number): Piece | undefined {
  if (bytes <= INSIDE || bytes > SHARED) return undefined;
  if (used + bytes > slab.byteLength) {
    slab = new ArrayBuffer(SLAB);
    used = 0;
  }
  const offset = used;
  used += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
  return { buffer: slab, offset };
}
