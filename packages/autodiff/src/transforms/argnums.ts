import { ValueError } from "@cotangent/core-tensor";

/** One argument by its number, or several. */
export type Argnums = number | readonly number[];

/** f as a function of the chosen arguments alone, with the others held at their values. */
export function restrict<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  args: A,
  argnums: Argnums,
  where: string,
): { chosen: unknown[]; restricted: (...chosen: unknown[]) => R; numbers: readonly number[] } {
  const numbers = typeof argnums === "number" ? [argnums] : argnums;
  if (new Set(numbers).size !== numbers.length) {
    throw new ValueError(`${where}: argnums names an argument twice: [${numbers.join(", ")}]`);
  }
  for (const n of numbers) {
    if (!Number.isInteger(n) || n < 0 || n >= args.length) {
      throw new ValueError(
        `${where}: argnums names argument ${String(n)}, but the call has ${String(args.length)} (they are counted from 0)`,
      );
    }
  }
  return {
    numbers,
    chosen: numbers.map((n) => args[n]),
    restricted: (...chosen) => {
      const all: unknown[] = [...args];
      numbers.forEach((n, i) => (all[n] = chosen[i]));
      return f(...(all as unknown as A));
    },
  };
}
