import type { Contraction, Label } from "./parse.js";

/** A pairwise order: terms are numbered, operands first, and step k makes term (number of operands) + k. */
export interface Plan {
  readonly steps: readonly Step[];
  /** The number of multiplications of all steps. */
  readonly multiplications: number;
  /** Those of one loop over all labels, with every product made anew. */
  readonly naive: number;
}

/** Terms `left` and `right` are replaced by one with the labels `result`. */
interface Step {
  readonly left: number;
  readonly right: number;
  readonly result: readonly Label[];
}

/** Up to this many operands every order is considered: 3^n splits of subsets. */
const EXACT = 8;

/**
 * The order of pairwise contractions with the fewest multiplications; for more than 8 operands the cheapest pair is taken
 * each time. A pair with labels A and B costs the product of the lengths of A union B, of which those that nothing else
 * needs are summed.
 */
export function plan({ operands, output, lengths }: Contraction): Plan {
  const distinct = operands.map((labels) => [...new Set(labels)]);
  const total = size(new Set(distinct.flat()), lengths);
  const naive = total * Math.max(operands.length - 1, 0);
  const search = operands.length <= EXACT ? exact : greedy;
  return { ...search(distinct, output, lengths), naive };
}

/** The labels of `own` that `others` or the output need: the rest can be summed. */
export function needed(
  own: readonly Label[],
  others: readonly (readonly Label[])[],
  output: readonly Label[],
): Label[] {
  return own.filter((label) => output.includes(label) || others.some((labels) => labels.includes(label)));
}

function size(labels: Iterable<Label>, lengths: ReadonlyMap<Label, number>): number {
  let product = 1;
  for (const label of labels) product *= lengths.get(label)!;
  return product;
}

interface Best {
  readonly cost: number;
  /** The subset on the left of the last contraction; 0 for a single operand. */
  readonly split: number;
  readonly labels: readonly Label[];
}

/** Dynamic programming over subsets: what a subset becomes depends on its members only, not on their order. */
function exact(
  operands: readonly (readonly Label[])[],
  output: readonly Label[],
  lengths: ReadonlyMap<Label, number>,
): Omit<Plan, "naive"> {
  const count = operands.length;
  const whole = (1 << count) - 1;
  const best: Best[] = [{ cost: 0, split: 0, labels: [] }];
  const members = (subset: number) => operands.filter((_, i) => (subset >> i) & 1);
  for (let subset = 1; subset <= whole; subset++) {
    const labels = needed([...new Set(members(subset).flat())], members(whole & ~subset), output);
    let [cost, split] = [0, 0];
    for (let left = (subset - 1) & subset; left > 0; left = (left - 1) & subset) {
      const right = subset & ~left;
      if (left > right) continue;
      const [a, b] = [best[left]!, best[right]!];
      const own = a.cost + b.cost + size(new Set([...a.labels, ...b.labels]), lengths);
      if (split === 0 || own < cost) [cost, split] = [own, left];
    }
    best.push({ cost, split, labels });
  }
  const steps: Step[] = [];
  const emit = (subset: number): number => {
    const { split, labels } = best[subset]!;
    if (split === 0) return Math.log2(subset);
    const [left, right] = [emit(split), emit(subset & ~split)];
    return count - 1 + steps.push({ left, right, result: labels });
  };
  emit(whole);
  return { steps, multiplications: best[whole]!.cost };
}

/** The cheapest pair next; at a tie the one with the smaller result, then the earlier one. */
function greedy(
  operands: readonly (readonly Label[])[],
  output: readonly Label[],
  lengths: ReadonlyMap<Label, number>,
): Omit<Plan, "naive"> {
  let terms: { id: number; labels: readonly Label[] }[] = operands.map((labels, i) => {
    const others = operands.filter((_, j) => j !== i);
    return { id: i, labels: needed(labels, others, output) };
  });
  const steps: Step[] = [];
  let multiplications = 0;
  while (terms.length > 1) {
    let [chosen, cost, width]: [Step | null, number, number] = [null, Infinity, Infinity];
    for (const [i, a] of terms.entries()) {
      for (const b of terms.slice(i + 1)) {
        const union = [...new Set([...a.labels, ...b.labels])];
        const rest = terms.filter((term) => term !== a && term !== b).map(({ labels }) => labels);
        const result = needed(union, rest, output);
        const [own, ownWidth] = [size(union, lengths), size(result, lengths)];
        if (chosen === null || own < cost || (own === cost && ownWidth < width)) {
          [chosen, cost, width] = [{ left: a.id, right: b.id, result }, own, ownWidth];
        }
      }
    }
    if (chosen === null) break;
    const { left, right, result } = chosen;
    const id = operands.length - 1 + steps.push(chosen);
    multiplications += cost;
    terms = [...terms.filter((term) => term.id !== left && term.id !== right), { id, labels: result }];
  }
  return { steps, multiplications };
}
