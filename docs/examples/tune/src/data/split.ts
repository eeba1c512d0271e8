import type { Dataset } from "./dataset.js";
import { shuffle } from "./shuffle.js";

/** Three disjoint parts of the rows, each in the order of the file. */
export interface Split {
  /** Fits the weights. */
  readonly training: readonly number[];
  /** Chooses the penalties. */
  readonly validation: readonly number[];
  /** Judges the result; nothing is chosen by it. */
  readonly test: readonly number[];
}

/**
 * 60 % training, 20 % validation, 20 % test, at random by the seed. For classification each class is split by itself, so
 * that every part has both classes in the same proportion.
 */
export function split({ rows, task, y }: Pick<Dataset, "rows" | "task" | "y">, seed: number): Split {
  const all = Array.from({ length: rows }, (_, i) => i);
  const groups = task === "regression" ? [all] : [0, 1].map((label) => all.filter((i) => y[i] === label));
  const parts = groups.map((group) => threeParts(shuffle(group, seed)));
  const join = (part: keyof Split): number[] => parts.flatMap((split) => split[part]).sort((a, b) => a - b);
  return { training: join("training"), validation: join("validation"), test: join("test") };
}

function threeParts(rows: readonly number[]): Split {
  const held = Math.max(1, Math.round(rows.length / 5));
  return {
    test: rows.slice(0, held),
    validation: rows.slice(held, 2 * held),
    training: rows.slice(2 * held),
  };
}
