import { erf as erfAt, erfc as erfcAt, erfinv as erfinvAt } from "../special/index.js";
import { hostMap } from "./host-map.js";
import type { Primitive } from "./primitive.js";

export const erf: Primitive<"erf"> = hostMap("erf", erfAt, "erf");
export const erfc: Primitive<"erfc"> = hostMap("erfc", erfcAt);
export const erfinv: Primitive<"erfinv"> = hostMap("erfinv", erfinvAt);
