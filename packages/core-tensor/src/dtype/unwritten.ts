/** From so many bytes on, to clear memory takes longer than to ask for some that is not. */
const LARGE = 64 * 1024;
/** Node refuses to make larger buffers than some 4 GiB, where a typed array may be possible. */
const LARGEST = 2 ** 30;

/** What is used of Node's global `Buffer`. */
interface WithBuffer {
  readonly Buffer?: { readonly allocUnsafeSlow?: (bytes: number) => Uint8Array<ArrayBuffer> };
}

/**
 * Memory of so many bytes with anything in it, or undefined where a new array, with zeros in it, is as good. The engine
 * clears every new array, which for a sum of two long vectors is a tenth of the time; Node alone has a way around, a global
 * one, so that nothing is imported. In a page, a `Buffer` put there by a bundler may give zeros, or a piece of a pool, which
 * is not taken.
 */
export function unwrittenMemory(bytes: number): ArrayBuffer | undefined {
  if (bytes < LARGE || bytes > LARGEST) return undefined;
  const { Buffer: buffers } = globalThis as WithBuffer;
  const memory = buffers?.allocUnsafeSlow?.(bytes);
  const isWhole = memory?.byteOffset === 0 && memory.buffer.byteLength === bytes;
  return isWhole ? memory.buffer : undefined;
}
