/** A colour for each vector: those of one colour are multiplied as one. */
export interface Colouring {
  readonly colours: Int32Array;
  readonly count: number;
}

/** Numbers 0 .. n - 1, those of the largest degree first; of equal degrees the smaller number first. */
export function largestFirst(degrees: Int32Array): Int32Array {
  return Int32Array.from(degrees.keys()).sort((a, b) => degrees[b]! - degrees[a]! || a - b);
}

/** Colours that a vertex may not have, forgotten when the next vertex comes. */
export class Forbidden {
  private readonly by: Int32Array;

  constructor(size: number) {
    this.by = new Int32Array(size).fill(-1);
  }

  add(colour: number, vertex: number): void {
    if (colour >= 0) this.by[colour] = vertex;
  }

  has(colour: number, vertex: number): boolean {
    return this.by[colour] === vertex;
  }

  /** The first colour that is allowed. */
  first(vertex: number): number {
    let colour = 0;
    while (this.by[colour] === vertex) colour += 1;
    return colour;
  }
}
