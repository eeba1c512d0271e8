import { ValueError } from "@cotangent/core-tensor";

/**
 * What the tape of a scan of T steps keeps:
 *
 * - `"none"`: everything that each step needs;
 * - a number k: the carry before every k-th step. T / k states and the tape of k steps; 2 T steps are run;
 * - `{ arity: k }`: the carries of a k-ary recursion. At most k ceil(log_k T) + 1 states; at most T (1 + log_k T) steps
 *   are run.
 */
export type CheckpointPolicy = "none" | number | { readonly arity: number };

/** Refuses what is no policy. */
export function checkPolicy(policy: CheckpointPolicy): void {
  if (policy === "none") return;
  const [name, value, least] =
    typeof policy === "number" ? (["every", policy, 1] as const) : (["arity", policy.arity, 2] as const);
  if (!Number.isInteger(value) || value < least) {
    throw new ValueError(
      `scan: checkpoint (${name}) must be a whole number of at least ${String(least)}, got ${String(value)}`,
    );
  }
}

/** How n steps are cut into blocks that are run again on their own, or undefined: they are written on the tape as they are. */
export function blocks(policy: CheckpointPolicy, n: number, depth: number): readonly number[] | undefined {
  if (policy === "none") return undefined;
  if (typeof policy === "number") return depth > 0 ? undefined : equalBlocks(n, policy);
  const { arity } = policy;
  return n <= arity ? undefined : shares(n, arity);
}

function equalBlocks(n: number, size: number): readonly number[] {
  return Array.from({ length: Math.ceil(n / size) }, (_, i) => Math.min(size, n - i * size));
}

/** n cut into k parts that differ by one at most. */
function shares(n: number, k: number): readonly number[] {
  return Array.from({ length: k }, (_, i) => Math.floor(((i + 1) * n) / k) - Math.floor((i * n) / k));
}
