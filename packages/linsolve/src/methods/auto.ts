import type { MethodName } from "../report/index.js";
import type { LinearSystem } from "../system/index.js";
import { cg } from "./cg.js";
import { factorCholesky } from "./cholesky.js";
import { direct } from "./direct.js";
import { gmres, type GmresOptions } from "./gmres.js";
import { factorLu } from "./lu.js";
import type { Method, Prepared } from "./method.js";
import { minres } from "./minres.js";

/** Up to this many unknowns a dense factorisation costs less than most iterations. */
const DENSE = 300;

/**
 * Chooses by size and by what the numbers show: up to 300 unknowns cholesky or lu; above, cg, minres or gmres, by probes
 * of the structure, falling back on the next of them where one fails. Claims are checked, and the report says why.
 */
export function auto(options: GmresOptions = {}): Method {
  return {
    name: "auto",
    prepare: (system) => (system.columns <= DENSE ? prepareDense(system) : prepareByProbe(system, options)),
  };
}

function prepareDense(system: LinearSystem): Prepared {
  const size = `${system.columns} unknowns`;
  const claimed = system.claims.positiveDefinite === true;
  if (isGeneral(system)) {
    return direct(
      system,
      "lu",
      `auto: ${size}, structure "general" given: lu factorisation`,
      factorLu(system),
    );
  }
  const factors = factorCholesky(system);
  if (!("status" in factors)) {
    return direct(system, "cholesky", `auto: ${size}, positive definite: cholesky factorisation`, factors);
  }
  const refuted = claimed && factors.status === "breakdown" ? ` (claimed, but ${factors.because})` : "";
  return direct(
    system,
    "lu",
    `auto: ${size}, not positive definite${refuted}: lu factorisation`,
    factorLu(system),
  );
}

function prepareByProbe(system: LinearSystem, options: GmresOptions): Prepared {
  const { names, why } = chain(system);
  const makers: Partial<Record<MethodName, () => Method>> = { cg, minres, gmres: () => gmres(options) };
  const prepared = new Map<MethodName, Prepared>();
  let from = 0;
  return {
    solve: (b, goal) => {
      const failed: string[] = [];
      for (;;) {
        const name = names[from]!;
        if (!prepared.has(name)) prepared.set(name, makers[name]!().prepare(system));
        const outcome = prepared.get(name)!.solve(b, goal);
        const because = [why, ...failed, outcome.because].join("; ");
        const done =
          outcome.status === "converged" || outcome.status === "nonFinite" || from === names.length - 1;
        if (done) return { ...outcome, because };
        failed.push(`${name} ended as "${outcome.status}": ${outcome.because}`);
        // What failed once is not tried again for the next right-hand side.
        from += 1;
      }
    },
  };
}

/** The methods to try, in order, and why these. */
function chain(system: LinearSystem): { names: readonly MethodName[]; why: string } {
  const size = `auto: ${system.columns} unknowns, too many to factor`;
  const { claimedSymmetric } = system;
  if (isGeneral(system)) return { names: ["gmres"], why: `${size}; structure "general" given` };
  const probe = system.symmetry();
  if (!probe.symmetric) {
    const claim = claimedSymmetric ? "claimed symmetric, but that is refuted: " : "not symmetric: ";
    return { names: ["gmres"], why: `${size}; ${claim}${probe.witness}` };
  }
  if (probe.maybePositiveDefinite) {
    const claim = system.claims.positiveDefinite === true ? "claimed" : "as far as probed";
    return {
      names: ["cg", "minres", "gmres"],
      why: `${size}; symmetric by a probe, positive definite ${claim}`,
    };
  }
  const claim =
    system.claims.positiveDefinite === true
      ? "claimed positive definite, but a probe refutes it"
      : "indefinite";
  return { names: ["minres", "gmres"], why: `${size}; symmetric by a probe, ${claim}` };
}

/** Symmetry is ruled out by who made the system: it is not looked for. */
function isGeneral({ claims, claimedSymmetric }: LinearSystem): boolean {
  return claims.symmetric === false && !claimedSymmetric;
}
