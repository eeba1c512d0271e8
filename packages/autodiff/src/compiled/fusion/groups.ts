import type { Shape } from "@cotangent/core-tensor";
import { isConstant, type Atom, type Variable } from "../../program/atom.js";
import type { ProgramEquation } from "../../program/equation.js";
import type { Program } from "../../program/program.js";
import { cutsOf, hasRoom } from "./cuts.js";
import { fusible, squeezed, type Fusible } from "./fusible.js";
import { viewsToRepeat } from "./repeated-views.js";

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
export function groupsOf(program: Program): readonly Item[] {
  // The first item has the views of arguments.
  const items: Item[] = [{ content: undefined, aliases: [] }];
  const open = new Map<string, number[]>();
  const places = new Map<Variable, Place>();
  const placeOf = (atom: Atom): Place => (isConstant(atom) ? undefined : places.get(atom)) ?? { item: 0 };

  const repeated = viewsToRepeat(program);
  /** The views that an equation reads and that are repeated in its group; a reduction reads at all elements. */
  const viewsFor = ({ inputs }: ProgramEquation, role: Fusible, after: boolean): readonly Member[] =>
    [...new Set(inputs)].flatMap((input) => {
      const view = repeated.get(input);
      return view === undefined ? [] : [{ ...view, after: after && role.kind !== "reduce" }];
    });

  for (const equation of program.equations) {
    if (repeated.has(equation.outputs[0]!)) continue;
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
    const views = viewsFor(equation, role, place.after).filter(
      (view) => !group.members.some((member) => member.equation === view.equation),
    );
    for (const member of [...views, { equation, role, after: place.after }]) {
      group.members.push(member);
      cutsOf(member, group).forEach(({ axis, at }) => group.cuts[axis]!.add(at));
    }
    return place;
  }

  function placeIn(equation: Member["equation"], role: Fusible): Required<Place> | undefined {
    const sources = equation.inputs.map((input) => {
      const view = repeated.get(input);
      const isView = view !== undefined || role.kind === "view";
      return { ...placeOf(view?.equation.inputs[0] ?? input), isView };
    });
    const first = Math.max(0, ...sources.map(({ item }) => item));
    const reads = (item: number, after: boolean): boolean =>
      sources.every((source) => source.item !== item || (!source.isView && source.after === after));
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
        const members = [...viewsFor(equation, role, isKept), { equation, role, after: isKept }];
        const cuts = () => members.flatMap((member) => cutsOf(member, group));
        if (reads(item, isKept) && hasRoom(group, cuts())) return { item, after: isKept };
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

/** The axes that an equation runs over. */
function domainOf({ inputs, outputs }: ProgramEquation, role: Fusible): Shape {
  return squeezed((role.kind === "reduce" ? inputs[0]! : outputs[0]!).shape);
}

/** Which axes of the squeezed shape are reduced. */
function reducedAxes(shape: Shape, axes: readonly number[]): boolean[] {
  return [...shape.keys()].filter((axis) => shape[axis] !== 1).map((axis) => axes.includes(axis));
}
