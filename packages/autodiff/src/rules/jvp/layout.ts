import { along, each, linear, primitives as p } from "../rule.js";

/** Moving elements is linear. */
export const layoutJvp = {
  reshape: linear<"reshape">(p.reshape),
  transpose: linear<"transpose">(p.transpose),
  broadcastTo: linear<"broadcastTo">(p.broadcastTo),
  slice: linear<"slice">(p.slice),
  place: linear<"place">(p.place),
  concatenate: linear<"concatenate">(p.concatenate),
  take: each<"take">(along(p.take, 0), null),
  scatterAdd: each<"scatterAdd">(along(p.scatterAdd, 0), null),
};
