import { rows as code } from "./generated/rows.js";
import { kernelModule } from "./module.js";

/** Operations along rows: those that leave a number for each row, and those that leave one for each element. */
export type RowOperation = "sum" | "max" | "min" | "spread" | "cumsum" | "sort";

/** y from `rows` rows of `length` elements of float64; x and y are offsets in bytes, y another one than x. */
type AlongRows = (rows: number, length: number, x: number, y: number) => void;

/** The kernels of assembly/rows.ts. */
export const rows = kernelModule<Readonly<Record<RowOperation, AlongRows>>>(code);
