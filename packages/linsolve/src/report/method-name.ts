/** The names of the methods. */
export type MethodName =
  "auto" | "lu" | "cholesky" | "qr" | "cg" | "minres" | "gmres" | "bicgstab" | "normalCg";
