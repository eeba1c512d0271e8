import { lgamma as lgammaAt, polygamma as polygammaAt } from "../special/index.js";
import { hostMap } from "./host-map.js";
import type { Primitive } from "./primitive.js";

/** digamma is the one of order 0 */
export const polygamma = hostMap("polygamma", (x, { order }) => polygammaAt(order, x));
/** Its slope is digamma. */
export const lgamma: Primitive<"lgamma"> = { ...hostMap("lgamma", lgammaAt), slope: polygamma };
