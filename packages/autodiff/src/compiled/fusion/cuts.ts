import type { Member, Group } from "./groups.js";

/** The texts of all pieces together have as many values at most. */
const MOST_VALUES = 512;

/** Places along axes of a group where another piece of it begins. */
export type Cuts = readonly { readonly axis: number; readonly at: number }[];

/** Where the boxes of a member begin and end, along the axes of its group. */
export function cutsOf({ equation, role, after }: Member, { domain, reduced }: Group): Cuts {
  const boxes =
    role.kind === "choose" ? role.boxes : role.kind === "view" && role.inside ? [role.inside] : [];
  if (boxes.length === 0) return [];
  const { shape } = equation.outputs[0]!;
  const own = [...shape.keys()].filter((axis) => shape[axis] !== 1);
  const axes = [...domain.keys()].filter((axis) => !(after && reduced![axis]!));
  return axes.flatMap((axis, i) =>
    boxes
      .flatMap(({ from, to }) => [from[own[i]!]!, to[own[i]!]!])
      .filter((at) => at > 0 && at < domain[axis]!)
      .map((at) => ({ axis, at })),
  );
}

/** May members with these cuts join? */
export function hasRoom({ cuts, reduced, members }: Group, added: Cuts): boolean {
  if (added.some(({ axis }) => reduced?.[axis] === true)) return false;
  const pieces = cuts.reduce((product, known, axis) => {
    const own = added.flatMap((cut) => (cut.axis === axis ? [cut.at] : []));
    return product * (new Set([...known, ...own]).size + 1);
  }, 1);
  return pieces === 1 || pieces * (members.length + 1) <= MOST_VALUES;
}
