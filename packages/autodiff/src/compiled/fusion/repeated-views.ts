import type { Atom } from "../../program/atom.js";
import type { Program } from "../../program/program.js";
import { fusible, sameNumbers } from "./fusible.js";
import type { Member } from "./groups.js";

/**
 * Views that every loop which reads them has for itself: another way to read a stored value costs nothing, a copy of it does.
 * Not those whose elements are needed in memory: results, operands of kernels and of other views, and what is broadcast.
 */
export function viewsToRepeat({ equations, outputs }: Program): ReadonlyMap<Atom, Omit<Member, "after">> {
  const views = new Map<Atom, Omit<Member, "after">>();
  for (const equation of equations) {
    const role = fusible(equation);
    const isMap = role?.kind === "map" || role?.kind === "choose";
    for (const input of equation.inputs) {
      const view = views.get(input);
      if (view === undefined) continue;
      // A sum is one piece, so that it cannot read what is cut.
      const isRead =
        role?.kind === "reduce"
          ? view.role.kind === "view" && view.role.inside === undefined
          : isMap && sameNumbers(input.shape, equation.outputs[0]!.shape);
      if (!isRead) views.delete(input);
    }
    if (!("call" in equation) && role?.kind === "view") views.set(equation.outputs[0]!, { equation, role });
  }
  for (const output of outputs) views.delete(output);
  return views;
}
