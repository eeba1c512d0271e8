import { ValueError } from "../errors/index.js";

/** Refuses `x.sum(0)`, which NumPy's users write for `x.sum({ axis: 0 })` and which would sum over everything. */
export function checkOptions(options: unknown, where: string): void {
  if (typeof options === "object" && options !== null) return;
  throw new ValueError(
    `${where}: options are an object, such as { axis: 0 }, got ${JSON.stringify(options)}`,
  );
}
