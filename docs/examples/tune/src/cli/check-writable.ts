import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { InputError, quote } from "../errors.js";

/** Refuses a place where no report can be written, before the work rather than after it. */
export function checkWritable(path: string): void {
  const folder = dirname(resolve(path));
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new InputError(`--out ${quote(path)}: there is no folder for it`);
  }
  if (existsSync(path) && !statSync(path).isFile())
    throw new InputError(`--out ${quote(path)} is not a file`);
  try {
    accessSync(existsSync(path) ? path : folder, constants.W_OK);
  } catch {
    throw new InputError(`--out ${quote(path)} cannot be written: no permission`);
  }
}
