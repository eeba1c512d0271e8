import { bytesOf } from "../dtype/index.js";
import { sizeOf } from "../shape/index.js";
import type { Abstract } from "../primitives/primitive.js";
import { layOut } from "./arena.js";
import type { PlanDescription } from "./description.js";

/** Where a plan keeps the numbers of its slots. */
export interface PlanMemory {
  /** Slots in the arena, and where in it. */
  readonly arena: ReadonlyMap<number, Abstract & { readonly offset: number }>;
  /** Slots that get a new array in every run, because it is a result. */
  readonly fresh: ReadonlyMap<number, Abstract>;
  /** Bytes of the arena. */
  readonly arenaBytes: number;
  /** The most bytes of the arena that are needed at once. */
  readonly liveBytes: number;
}

/** Lays out the values between steps in one arena, by their lifetimes. */
export function memoryOf({ steps, results }: PlanDescription): PlanMemory {
  const resulting = new Set(results.map(({ slot }) => slot));
  const fresh = new Map<number, Abstract>();
  const lives = new Map<number, { readonly view: Abstract; readonly from: number; to: number }>();
  steps.forEach((step, at) => {
    for (const { slot } of step.inputs) {
      const life = lives.get(slot);
      if (life !== undefined) life.to = at;
    }
    if ("apply" in step) return;
    for (const { slot, shape, dtype } of step.outputs) {
      const view = { shape, dtype };
      if (resulting.has(slot)) fresh.set(slot, view);
      else lives.set(slot, { view, from: at, to: at });
    }
  });
  const pieces = [...lives].map(([slot, { view, from, to }]) => ({
    slot,
    view,
    from,
    to,
    bytes: sizeOf(view.shape) * bytesOf(view.dtype),
  }));
  const { offsets, bytes, live } = layOut(pieces);
  const arena = new Map(pieces.map(({ slot, view }, i) => [slot, { ...view, offset: offsets[i]! }]));
  return { arena, fresh, arenaBytes: bytes, liveBytes: live };
}
