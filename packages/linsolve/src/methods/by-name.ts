import { ValueError } from "@cotangent/core-tensor";
import type { MethodName } from "../report/index.js";
import { auto } from "./auto.js";
import { bicgstab } from "./bicgstab.js";
import { cg } from "./cg.js";
import { cholesky } from "./cholesky.js";
import { gmres, type GmresOptions } from "./gmres.js";
import { lu } from "./lu.js";
import type { Method } from "./method.js";
import { minres } from "./minres.js";
import { normalCg } from "./normal-cg.js";
import { qr } from "./qr.js";

const methods: Record<MethodName, (options: GmresOptions) => Method> = {
  auto,
  lu,
  cholesky,
  qr,
  cg,
  minres,
  gmres,
  bicgstab,
  normalCg,
};

/**
 * The method of a name, with its default options.
 *
 * @throws ValueError for a name that does not exist
 */
export function methodByName(name: MethodName, options: GmresOptions = {}): Method {
  if (!Object.hasOwn(methods, name)) {
    throw new ValueError(
      `linearSolve: unknown method ${JSON.stringify(name)}; use ${Object.keys(methods).join(", ")}`,
    );
  }
  return methods[name](options);
}
