export {
  allocate,
  allocateUnwritten,
  arrayIn,
  bytesOf,
  checkDType,
  dtypeOf,
  isFloat,
  isTypedArray,
  promote,
} from "./dtype.js";
export type { DType, TypedArray } from "./dtype.js";
