import { isFloat, isTensor, type Origin, type Tensor } from "@cotangent/core-tensor";
import { NotDifferentiableError } from "../errors/errors.js";
import { flatten, type Flat } from "../tree/index.js";
import { pathOf } from "../tree/paths.js";

/** What a transformation says of itself when something is wrong. */
export interface Call {
  readonly origin: Origin;
  /** The numbers that its arguments have for the user, where only some are differentiated. @defaultValue 0, 1, ... */
  readonly argnums?: readonly number[];
}

/**
 * All arguments as one tree, an array of them.
 *
 * @throws TreeError naming the argument, and the path in it, that is missing or not a tree
 */
export function flattenArguments(args: readonly unknown[], call: Call): Flat {
  const leaves: Tensor[] = [];
  const items = args.map((arg, i) => {
    const flat = isTensor(arg) ? flatten(arg) : flatten(arg, `${call.origin.name}: ${nameOf(i, call)}`);
    // Not as arguments of push, of which there may be some ten thousands only.
    for (const leaf of flat.leaves) leaves.push(leaf);
    return flat.structure;
  });
  return { leaves, structure: { kind: "array", items } };
}

/**
 * Refuses arguments that carry no derivative.
 *
 * @throws NotDifferentiableError
 */
export function checkFloating({ leaves, structure }: Flat, call: Call): void {
  const integer = leaves.findIndex((x) => !isFloat(x.dtype));
  if (integer < 0) return;
  const [, position, path] = /^\[(\d+)\](.*)$/s.exec(pathOf(structure, integer))!;
  throw new NotDifferentiableError(
    `${call.origin.name}: ${nameOf(Number(position), call)}${path!} has dtype ${leaves[integer]!.dtype}, which has no ` +
      'derivative. Convert it with astype("float64"), or pass it as an argument of its own that argnums leaves out',
  );
}

function nameOf(position: number, { argnums }: Call): string {
  return `argument ${String(argnums?.[position] ?? position)}`;
}
