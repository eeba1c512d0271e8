import { asTensor, formatShape, hostArray, sameShape, ShapeError, type Like } from "@cotangent/core-tensor";
import { placesOfEntries, type CsrPattern } from "./csr.js";
import { patternOfRows, type Pattern } from "./pattern.js";

/** A pattern that a user gives: compressed rows (a former result, for example), or a matrix that is not zero there. */
export type GivenPattern = Like | CsrPattern;

/**
 * @throws ShapeError when it is for a matrix of another shape
 * @throws ValueError for what are no compressed rows
 */
export function givenPattern(given: GivenPattern, shape: readonly [number, number], where: string): Pattern {
  const compressed = isCompressed(given);
  const found = compressed ? given.shape : asTensor(given).shape;
  if (!sameShape(found, shape)) {
    throw new ShapeError(
      `${where}: the derivative is a matrix ${formatShape(shape)}, but the pattern has shape ${formatShape(found)}. It ` +
        "is a matrix, or { indices, indptr, shape }",
    );
  }
  const rows = Array.from({ length: shape[0] }, (): number[] => []);
  if (compressed) {
    const { rows: at, columns } = placesOfEntries(given, where);
    columns.forEach((j, k) => rows[at[k]!]!.push(j));
  } else {
    hostArray(asTensor(given), where).forEach((value, k) => {
      if (value !== 0) rows[Math.floor(k / shape[1])]!.push(k % shape[1]);
    });
  }
  return patternOfRows(rows, shape[1]);
}

function isCompressed(given: GivenPattern): given is CsrPattern {
  return typeof given === "object" && "indptr" in given;
}
