import type { Shape } from "@cotangent/core-tensor";
import { isConstant, type Atom, type Variable } from "../../program/atom.js";
import type { ProgramEquation } from "../../program/equation.js";
import type { Program } from "../../program/program.js";
import { fusible, squeezed, type Fusible } from "./fusible.js";

/** Equations that are one loop. */
export interface Group {
  /** Lengths of the axes, without those of length 1. */
  readonly domain: Shape;
  /** The axes that are reduced, once there is a reduction. */
  reduced: readonly boolean[] | undefined;
  /** Where along every axis another piece begins: boxes of members begin or end there. */
  readonly cuts: readonly Set<number>[];
  readonly members: Member[];
}

/** An equation of a group. */
export interface Member {
  readonly equation: Extract<ProgramEquation, { primitive: unknown }>;
  readonly role: Fusible;
  /** It is computed after the reductions, once for all of the reduced axes. */
  readonly after: boolean;
}

/** A group, or an equation that stands alone; and the views of its results under other shapes. */
export interface Item {
  readonly content: Group | ProgramEquation | undefined;
  readonly aliases: ProgramEquation[];
}

/** As many equations as a loop may have: the JavaScript compiler gives up on very long functions. */
const MOST_MEMBERS = 64;

/** The texts of all pieces together have as many values at most. */
const MOST_VALUES = 512;

/** So many groups are asked whether an equation may join, the last ones first: a program of n equations is sorted in O(n). */
const MOST_CANDIDATES = 32;

/** Where a variable is computed: by which item and, in a group, whether after its reductions. */
interface Place {
  readonly item: number;
  readonly after?: boolean;
}

/**
 * Sorts the equations of a program into groups, in an order in which they can be run. Items only read what items before them
 * have stored, so an equation may join any group that does not stand before what it reads; it prefers the last one.
 */
export function groupsOf({ equations }: Program): readonly Item[] {
  // The first item has the views of arguments.
  const items: Item[] = [{ content: undefined, aliases: [] }];
  const open = new Map<string, number[]>();
  const places = new Map<Variable, Place>();
  const placeOf = (atom: Atom): Place => (isConstant(atom) ? undefined : places.get(atom)) ?? { item: 0 };

  for (const equation of equations) {
    const role = fusible(equation);
    const place = role === undefined || "call" in equation ? alone(equation) : together(equation, role);
    for (const output of equation.outputs) places.set(output, place);
  }
  return items;

  function alone(equation: ProgramEquation): Place {
    if (!("call" in equation) && equation.primitive.name === "reshape") {
      const { item } = placeOf(equation.inputs[0]!);
      items[item]!.aliases.push(equation);
      return { item };
    }
    return { item: items.push({ content: equation, aliases: [] }) - 1 };
  }

  function together(equation: Member["equation"], role: Fusible): Place {
    const place = placeIn(equation, role) ?? (role.kind === "same" ? undefined : newGroup(equation, role));
    if (place === undefined) return alone(equation);
    const group = items[place.item]!.content as Group;
    group.members.push({ equation, role, after: place.after });
    cutsOf(equation, role, group, place.after).forEach(({ axis, at }) => group.cuts[axis]!.add(at));
    return place;
  }

  function placeIn(equation: Member["equation"], role: Fusible): Required<Place> | undefined {
    const sources = equation.inputs.map(placeOf);
    const first = Math.max(0, ...sources.map(({ item }) => item));
    const reads = (item: number, after: boolean): boolean =>
      sources.every((source) => source.item !== item || (role.kind !== "view" && source.after === after));
    const domain = domainOf(equation, role);
    const candidates = open.get(domain.join()) ?? [];
    const oldest = Math.max(0, candidates.length - MOST_CANDIDATES);
    for (let k = candidates.length - 1; k >= oldest; k--) {
      const item = candidates[k]!;
      if (item < first) return undefined;
      const group = items[item]!.content as Group;
      if (group.members.length >= MOST_MEMBERS || (role.kind === "same" && sources[0]!.item !== item))
        continue;
      const isKept = group.domain.length !== domain.length;
      if (role.kind !== "reduce") {
        if (reads(item, isKept) && hasRoom(group, cutsOf(equation, role, group, isKept)))
          return { item, after: isKept };
        continue;
      }
      const reduced = reducedAxes(equation.inputs[0]!.shape, role.axes);
      // A sum is one piece: the order in which it adds is that of its blocks.
      if (reduced.some((is, axis) => is && group.cuts[axis]!.size > 0)) continue;
      if (isKept || !reads(item, false) || (group.reduced ?? reduced).join() !== reduced.join()) continue;
      if (group.reduced === undefined) reduceIn(group, item, reduced);
      return { item, after: true };
    }
    return undefined;
  }

  function newGroup(equation: Member["equation"], role: Fusible): Required<Place> {
    const domain = domainOf(equation, role);
    const group: Group = { domain, reduced: undefined, cuts: domain.map(() => new Set()), members: [] };
    const item = items.push({ content: group, aliases: [] }) - 1;
    known(group.domain, item);
    if (role.kind === "reduce") reduceIn(group, item, reducedAxes(equation.inputs[0]!.shape, role.axes));
    return { item, after: role.kind === "reduce" };
  }

  function reduceIn(group: Group, item: number, reduced: readonly boolean[]): void {
    group.reduced = reduced;
    known(
      group.domain.filter((_, axis) => !reduced[axis]!),
      item,
    );
  }

  function known(domain: Shape, item: number): void {
    const list = open.get(domain.join());
    if (list === undefined) open.set(domain.join(), [item]);
    else if (item > list[list.length - 1]!) list.push(item);
    else
      list.splice(
        list.findIndex((other) => other > item),
        0,
        item,
      );
  }
}

/** Where the boxes of an equation begin and end, along the axes of the group. */
function cutsOf({ outputs }: ProgramEquation, role: Fusible, { domain, reduced }: Group, after: boolean) {
  const boxes =
    role.kind === "choose" ? role.boxes : role.kind === "view" && role.inside ? [role.inside] : [];
  if (boxes.length === 0) return [];
  const { shape } = outputs[0]!;
  const own = [...shape.keys()].filter((axis) => shape[axis] !== 1);
  const axes = [...domain.keys()].filter((axis) => !(after && reduced![axis]!));
  return axes.flatMap((axis, i) =>
    boxes
      .flatMap(({ from, to }) => [from[own[i]!]!, to[own[i]!]!])
      .filter((at) => at > 0 && at < domain[axis]!)
      .map((at) => ({ axis, at })),
  );
}

type Cuts = ReturnType<typeof cutsOf>;

/** May a member with these cuts join? */
function hasRoom({ cuts, reduced, members }: Group, added: Cuts): boolean {
  if (added.some(({ axis }) => reduced?.[axis] === true)) return false;
  const pieces = cuts.reduce((product, known, axis) => {
    const own = added.flatMap((cut) => (cut.axis === axis ? [cut.at] : []));
    return product * (new Set([...known, ...own]).size + 1);
  }, 1);
  return pieces === 1 || pieces * (members.length + 1) <= MOST_VALUES;
}

/** The axes that an equation runs over. */
function domainOf({ inputs, outputs }: ProgramEquation, role: Fusible): Shape {
  return squeezed((role.kind === "reduce" ? inputs[0]! : outputs[0]!).shape);
}

/** Which axes of the squeezed shape are reduced. */
function reducedAxes(shape: Shape, axes: readonly number[]): boolean[] {
  return [...shape.keys()].filter((axis) => shape[axis] !== 1).map((axis) => axes.includes(axis));
}
