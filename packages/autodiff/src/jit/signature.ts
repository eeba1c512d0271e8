import { sameShape, type Abstract } from "@cotangent/core-tensor";
import { sameStructure, type Structure } from "../tree/index.js";
import { sameValue } from "./static.js";

/** What a recording is for: the structure of the arguments, shapes and dtypes of their leaves, static arguments by value. */
export interface Signature {
  readonly structure: Structure;
  readonly leaves: readonly Abstract[];
  readonly statics: readonly unknown[];
}

/** May what was recorded for one be used for the other? */
export function sameSignature(a: Signature, b: Signature): boolean {
  return (
    sameLeaves(a.leaves, b.leaves) &&
    sameStructure(a.structure, b.structure) &&
    sameValue(a.statics, b.statics)
  );
}

function sameLeaves(a: readonly Abstract[], b: readonly Abstract[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i]!.dtype !== b[i]!.dtype || !sameShape(a[i]!.shape, b[i]!.shape)) return false;
  }
  return true;
}
