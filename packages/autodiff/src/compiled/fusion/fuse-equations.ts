import { programOf } from "../../program/dead-equations.js";
import { isConstant, type Atom } from "../../program/atom.js";
import type { Program } from "../../program/program.js";
import { fusedEquation } from "./fused-equation.js";
import { groupsOf, type Group } from "./groups.js";

/** Elementwise operations, views and reductions that may run in one loop are made one equation. */
export function fuseEquations(program: Program): Program {
  const items = groupsOf(program);
  // What a group stores: values that are read outside of it.
  const readers = new Map<Atom, Set<Group | undefined>>();
  const read = (atom: Atom, by: Group | undefined): void => {
    if (isConstant(atom)) return;
    const known = readers.get(atom);
    if (known === undefined) readers.set(atom, new Set([by]));
    else known.add(by);
  };
  for (const { content, aliases } of items) {
    const alone = content === undefined || "members" in content ? aliases : [content, ...aliases];
    for (const { inputs } of alone) for (const atom of inputs) read(atom, undefined);
    if (content === undefined || !("members" in content)) continue;
    const own = new Set<Atom>(content.members.map(({ equation }) => equation.outputs[0]!));
    for (const { equation } of content.members)
      for (const atom of equation.inputs) if (!own.has(atom)) read(atom, content);
  }
  for (const output of program.outputs) read(output, undefined);
  const equations = items.flatMap(({ content, aliases }) => {
    if (content === undefined) return aliases;
    if (!("members" in content)) return [content, ...aliases];
    const stored = content.members
      .map(({ equation }) => equation.outputs[0]!)
      .filter((output) => [...(readers.get(output) ?? [])].some((reader) => reader !== content));
    return [fusedEquation(content, stored), ...aliases];
  });
  return programOf(program.inputs, equations, program.outputs);
}
