// Properties start from one seed, so that a commit which passes keeps passing. COTANGENT_SEED tries another.
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env.COTANGENT_SEED ?? 1) });
