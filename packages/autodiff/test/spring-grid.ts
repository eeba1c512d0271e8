import { tensor, type Tensor } from "@cotangent/core-tensor";

/** Coordinates [n, n, 2] of the nodes of a grid of unit squares, moved a little, each in another direction. */
export function gridOfNodes(n: number): Tensor {
  const data = Float64Array.from({ length: 2 * n * n }, (_, k) => {
    const [row, column, axis] = [Math.floor(k / (2 * n)), Math.floor(k / 2) % n, k % 2];
    return (axis === 0 ? row : column) + 0.2 * Math.sin(12.9898 * k + 1);
  });
  return tensor(data, { shape: [n, n, 2] });
}

/**
 * The energy of springs of rest lengths 1 and sqrt(2) between neighbours along rows, columns and diagonals:
 * the sum of (|p_i - p_j| - L)^2 / 2
 */
export function springEnergy(p: Tensor): Tensor {
  const n = p.shape[0]!;
  const springs = (from: [number, number], to: [number, number], length: number): Tensor => {
    const [rows, columns] = [n - Math.abs(to[0] - from[0]), n - Math.abs(to[1] - from[1])];
    const end = ([i, j]: [number, number]) => p.slice([i, i + rows], [j, j + columns]);
    const lengths = end(to).sub(end(from)).square().sum({ axis: -1 }).sqrt();
    return lengths.sub(length).square().sum().mul(0.5);
  };
  return springs([0, 0], [0, 1], 1)
    .add(springs([0, 0], [1, 0], 1))
    .add(springs([0, 0], [1, 1], Math.SQRT2))
    .add(springs([0, 1], [1, 0], Math.SQRT2));
}
