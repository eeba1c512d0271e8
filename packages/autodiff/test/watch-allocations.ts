/*
 * Counts the typed arrays that are made. Constructors are looked up when modules are loaded: this must be the first import
 * of a test.
 */

/** Typed arrays that are made, in new memory or a piece of some, and views of others. */
export interface Allocations {
  readonly arrays: number;
  readonly views: number;
}

const made = { arrays: 0, views: 0 };

/** What is made while `body` runs. */
export function allocationsOf(body: () => unknown): Allocations {
  const before = { ...made };
  body();
  return { arrays: made.arrays - before.arrays, views: made.views - before.views };
}

for (const name of ["Float64Array", "Float32Array", "Int32Array", "Uint8Array"] as const) {
  const original: { new (...args: never[]): object } = globalThis[name];
  const watched: unknown = new Proxy(original, {
    construct(target, args: unknown[], newTarget) {
      made.arrays += 1;
      return Reflect.construct(target, args, newTarget === watched ? target : newTarget) as object;
    },
  });
  Object.defineProperty(globalThis, name, { value: watched, configurable: true, writable: true });
}

/** Methods make their results without a look at the global names. */
const prototype = Object.getPrototypeOf(Float64Array.prototype) as Record<string, unknown>;
for (const [method, kind] of [
  ["subarray", "views"],
  ["slice", "arrays"],
  ["map", "arrays"],
  ["filter", "arrays"],
  ["toSorted", "arrays"],
  ["toReversed", "arrays"],
  ["with", "arrays"],
] as const) {
  const original = prototype[method] as (...args: unknown[]) => unknown;
  Object.defineProperty(prototype, method, {
    value(this: unknown, ...args: unknown[]) {
      made[kind] += 1;
      return original.apply(this, args);
    },
    configurable: true,
    writable: true,
  });
}
