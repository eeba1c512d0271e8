import { sizeOf } from "../shape/index.js";
import type { Abstract } from "./primitive.js";

/** The sizes of a batch of matrices [..., m, n]: how many, and k = min(m, n). */
export function matricesOf({ shape }: Abstract) {
  const [m, n] = shape.slice(-2) as [number, number];
  return { m, n, k: Math.min(m, n), count: sizeOf(shape.slice(0, -2)) };
}
