import { CotangentError } from "@cotangent/core-tensor";
import type { Program } from "../program/program.js";

/** A program that a recording was made of: the one of a routine, for the time of a run. */
export interface Part {
  readonly program: Program;
  /** Is it still what a call of the routine runs? */
  stands(): boolean;
}

/** A routine that a composition calls has no program: not yet in this run, or not at all. */
export class NoProgram extends Error {}

/**
 * Passes over why a composition could not be recorded: a routine has no program, or something (a derivative of a loop, a number
 * that is asked for) needs values that are unknown then. The routines themselves, called one by one, do it or say it. Anything
 * else is thrown again.
 */
export function rethrowFaults(error: unknown): void {
  if (!(error instanceof NoProgram) && !(error instanceof CotangentError)) throw error;
}

let gathered: Part[] | undefined;

/** Runs a function that calls routines, and says of which programs its result is made. */
export function gatherParts<R>(body: () => R): { readonly result: R; readonly parts: readonly Part[] } {
  const parts: Part[] = [];
  return { result: gathering(parts, body), parts };
}

/** Runs a function whose calls of routines are no parts of what is being made. */
export function apart<R>(body: () => R): R {
  return gathered === undefined ? body() : gathering(undefined, body);
}

/** Are routines being called as parts? */
export function isGathering(): boolean {
  return gathered !== undefined;
}

/** Adds one to the parts that are gathered now. */
export function addPart(part: Part): void {
  if (gathered?.every(({ program }) => program !== part.program) === true) gathered.push(part);
}

function gathering<R>(parts: Part[] | undefined, body: () => R): R {
  const before = gathered;
  gathered = parts;
  try {
    return body();
  } finally {
    gathered = before;
  }
}
