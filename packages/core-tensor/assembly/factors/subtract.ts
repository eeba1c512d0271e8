/** to[j] -= factor from[j] for `count` elements. */
export function subtractScaled<T>(count: usize, factor: T, from: usize, to: usize): void {
  const splat = v128.splat<T>(factor);
  const end = to + count * sizeof<T>();
  for (; to + 16 <= end; to += 16, from += 16) {
    v128.store(to, v128.sub<T>(v128.load(to), v128.mul<T>(splat, v128.load(from))));
  }
  for (; to < end; to += sizeof<T>(), from += sizeof<T>()) {
    store<T>(to, load<T>(to) - factor * load<T>(from));
  }
}
