/** A whole number below 2^32 as WebAssembly writes it: seven bits a byte, the lowest first. */
export function unsigned(n: number): number[] {
  const bytes: number[] = [];
  let rest = n;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return [...bytes, rest];
}

/** A whole number that is not negative where a signed one is read: the last byte must not look like a minus sign. */
export function positive(n: number): number[] {
  const bytes = unsigned(n);
  const last = bytes[bytes.length - 1]!;
  return last < 64 ? bytes : [...bytes.slice(0, -1), last | 128, 0];
}

/** The eight bytes of a float64, the lowest first. */
export function float64(x: number): number[] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x, true);
  return Array.from(new Uint8Array(view.buffer));
}

/** The four bytes of a float32, the lowest first. */
export function float32(x: number): number[] {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, x, true);
  return Array.from(new Uint8Array(view.buffer));
}
