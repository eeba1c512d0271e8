/**
 * Packs `count` lines of `length` elements into panels of `width` lines, element l of all lines of a panel side by side:
 * what a tile reads is then one stream. The last panel is filled up with zeros, which only meet sums that are dropped.
 * `line` and `step` are the distances, in bytes, between lines and between the elements of one; `sign` is 1 or -1.
 */
export function pack<T>(
  from: usize,
  line: usize,
  step: usize,
  count: usize,
  length: usize,
  width: usize,
  sign: T,
  to: usize,
): void {
  for (let first: usize = 0; first < count; first += width) {
    const present = min(width, count - first);
    for (let i: usize = 0; i < present; i++) {
      packLine<T>(from + (first + i) * line, step, length, width * sizeof<T>(), sign, to + i * sizeof<T>());
    }
    for (let i = present; i < width; i++) {
      for (let l: usize = 0; l < length; l++) store<T>(to + (l * width + i) * sizeof<T>(), 0);
    }
    to += width * length * sizeof<T>();
  }
}

/** One line: every `step` bytes an element is read, every `width` bytes one is written. */
function packLine<T>(from: usize, step: usize, length: usize, width: usize, sign: T, to: usize): void {
  for (let l: usize = 0; l < length; l++, from += step, to += width) store<T>(to, sign * load<T>(from));
}
