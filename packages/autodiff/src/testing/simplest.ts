import * as fc from "fast-check";

/** One of some numbers, given from the simplest to the least simple; shrinks to the simplest one that still fails. */
export class Simplest extends fc.Arbitrary<number> {
  private readonly drawn: fc.Arbitrary<number>;

  /** @param weight - how often a number is drawn, in proportion */
  constructor(
    private readonly numbers: readonly number[],
    weight: (x: number) => number = () => 1,
  ) {
    super();
    this.drawn = fc.constantFrom(...numbers.flatMap((x) => new Array<number>(weight(x)).fill(x)));
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<number> {
    return new fc.Value(this.drawn.generate(random, bias).value, undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is number {
    return (this.numbers as readonly unknown[]).includes(value);
  }

  override shrink(value: number): fc.Stream<fc.Value<number>> {
    const simpler = this.numbers.slice(0, this.numbers.indexOf(value));
    return fc.Stream.of(...simpler.map((x) => new fc.Value(x, undefined)));
  }
}

/** 0, 1, -1, 2, -2, 1/2, -1/2, 3/2, -3/2, 1/4, ...: the eighths from -2 to 2, those with short decimals first. */
export const eighths = new Simplest(
  Array.from({ length: 33 }, (_, k) => (k - 16) / 8).sort(
    (a, b) => decimals(a) - decimals(b) || Math.abs(a) - Math.abs(b) || b - a,
  ),
);

function decimals(x: number): number {
  return [1, 2, 4, 8].findIndex((denominator) => Number.isInteger(x * denominator));
}
