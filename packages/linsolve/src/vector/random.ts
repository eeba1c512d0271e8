/** A fixed vector with elements spread over +-[0.5, 1.5): probes are the same in every run (32-bit xorshift). */
export function probeVector(size: number, seed: number): Float64Array {
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x5bd1e995) | 1;
  return Float64Array.from({ length: size }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const unit = (state >>> 0) / 2 ** 32;
    return unit < 0.5 ? -0.5 - 2 * unit : 2 * unit - 0.5;
  });
}
