import { tracedOf } from "@cotangent/core-tensor";
import { Routine, tree } from "@cotangent/autodiff";

/** Compiling costs about as much as playing the tape so many times. */
const PLAYS = 64;

/**
 * One direction of a tape, to be played again and again: compiled when an iterative method has asked for many products. Under
 * a transformation, and where the tape has lines that need numbers (an inner solve), it is played as it is.
 */
export function replayed<V, R>(play: (v: V) => R): (v: V) => R {
  const routine = new Routine(play, { after: PLAYS });
  return (v) =>
    tree.leaves(v).some((leaf) => tracedOf(leaf) !== undefined) ? play(v) : (routine.call(v) as R);
}
