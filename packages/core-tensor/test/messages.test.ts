import { describe, expect, test } from "@jest/globals";
import * as ct from "@cotangent/core-tensor";
import { CotangentError, linalg, ones, tensor, zeros } from "@cotangent/core-tensor";

const m = ones([2, 3]);
const v = ones([3]);
/** What JavaScript may pass, whatever the types say. */
const any = (value: unknown): never => value as never;

// prettier-ignore
const cases: [call: string, body: () => unknown, message: string][] = [
  ["sum(x, 0)", () => m.sum(any(0)), "sum: options are an object, such as { axis: 0 }, got 0"],
  ["mean(x, 0)", () => m.mean(any(0)), "mean: options are an object, such as { axis: 0 }, got 0"],
  ["argmax(x, 1)", () => ct.argmax(m, any(1)), "argmax: options are an object"],
  ["norm(x, 1)", () => ct.norm(m, any(1)), "norm: options are an object"],
  ["squeeze(x, 0)", () => ct.squeeze(m, any(0)), "squeeze: options are an object"],
  ["sort(x, 0)", () => ct.sort(m, any(0)), "sort: options are an object"],
  ["sum over axis 5", () => m.sum({ axis: 5 }), "sum: axis 5 is out of range for a tensor of rank 2: they go from -2 to 1"],
  ["sum over axis 0.5", () => m.sum({ axis: 0.5 }), "sum: an axis is a whole number, got 0.5"],
  ["sum over axis NaN", () => m.sum({ axis: NaN }), "sum: an axis is a whole number, got NaN"],
  ['sum over axis "0"', () => m.sum({ axis: any("0") }), 'sum: an axis is a whole number, got "0"'],
  ["sum over an axis twice", () => m.sum({ axis: [0, -2] }), "sum: axis 0 is given twice"],
  ["softmax of a scalar", () => ct.softmax(1), "softmax: axis -1 is out of range for a tensor of rank 0: a scalar has no axes"],
  ["logsumexp over axis 3", () => ct.logsumexp(m, { axis: 3 }), "logsumexp: axis 3 is out of range"],
  ["logSoftmax over axis 3", () => ct.logSoftmax(m, { axis: 3 }), "logSoftmax: axis 3 is out of range"],
  ["norm over axis 3", () => ct.norm(m, { axis: 3 }), "norm: axis 3 is out of range"],
  ["any over axis 3", () => ct.any(m, { axis: 3 }), "any: axis 3 is out of range"],
  ["all over axis 3", () => ct.all(m, { axis: 3 }), "all: axis 3 is out of range"],
  ["sort along axis 4", () => ct.sort(m, { axis: 4 }), "sort: axis 4 is out of range"],
  ["sort of a scalar", () => ct.sort(1), "sort: a scalar has no axis to sort along"],
  ["trace of a vector", () => ct.trace(v), "trace: needs at least two axes, got shape [3]"],
  ["tril of a vector", () => ct.tril(v), "tril: needs a matrix, got shape [3]"],
  ["triu from diagonal 0.5", () => ct.triu(m, 0.5), "triu: the number of a diagonal is a whole number, got 0.5"],
  ["tensor of ragged arrays", () => tensor([[1, 2], [3]]), "tensor: ragged nested arrays: at depth 1 found an array of length 1"],
  ["tensor of undefined", () => tensor(any(undefined)), "tensor: cannot make a tensor of undefined: is an argument missing?"],
  ["tensor of tensors", () => tensor(any([v, v])), "got a Tensor; join tensors with stack"],
  ['tensor([1], "float32")', () => tensor([1], any("float32")), 'tensor: options are an object, such as { dtype: "float32" }, got "float32"'],
  ["an unknown dtype", () => v.astype(any("float")), 'astype: unknown dtype "float"; use "float64", "float32", "int32" or "bool"'],
  ["zeros(3)", () => zeros(any(3)), "zeros: a shape is an array of lengths, such as [2, 3], got 3"],
  ["zeros([-1])", () => zeros([-1]), "zeros: [-1] is not a shape: lengths are whole numbers from 0"],
  ["ones too large", () => ones([1e6, 1e6]), "ones: [1000000, 1000000] has 1.0e+12 elements, more than an array can hold"],
  ["full with text", () => ct.full([2], any("a")), "full: the value is a number, got string"],
  ["arange to infinity", () => ct.arange(0, Infinity), "arange: needs finite ends and a step other than 0, got 0 to Infinity by 1"],
  ["shapes that do not broadcast", () => m.add(ones([4])), "add: shapes [2, 3] and [4] do not broadcast: axis -1 has lengths 3 and 4"],
  ["an operand that is missing", () => ct.add(m, any(undefined)), "is an argument missing?"],
  ["inner dimensions", () => m.matmul(m), "matmul: inner dimensions differ: [2, 3] @ [2, 3]"],
  ["batches of matrices", () => ct.matmul(ones([2, 3, 4]), ones([3, 4, 5])), "matmul: leading axes of [2, 3, 4] @ [3, 4, 5]: shapes [2] and [3] do not broadcast"],
  ["a right-hand side", () => linalg.solve(ct.eye(3), ones([2])), "linalg.solve: [3, 3] does not fit the right-hand side [2]"],
  ["a matrix that is not square", () => linalg.inv(m), "linalg.inv: needs square matrices [..., n, n], got [2, 3]"],
  ["concatenate(a, b)", () => ct.concatenate(any(m), any(m)), "concatenate: the tensors are given as an array, concatenate([a, b])"],
  ["concatenate of other ranks", () => ct.concatenate([m, v]), "concatenate: [2, 3] and [3] have different numbers of axes. To join along a new axis use stack"],
  ["concatenate of other lengths", () => ct.concatenate([m, ones([2, 4])]), "concatenate: [2, 3] and [2, 4] differ outside of axis 0"],
  ["stack of other shapes", () => ct.stack([m, v]), "stack: needs tensors of one shape, got [2, 3] and [3]"],
  ["stack along axis 5", () => ct.stack([m, m], 5), "stack: axis 5 is out of range for a tensor of rank 3"],
  ["split into unequal parts", () => ct.split(m, 2, 1), "split: 3 elements do not divide into 2 equal parts"],
  ["reshape(3, 2)", () => ct.reshape(m, any(3)), "reshape: a shape is an array, such as [2, -1], got 3"],
  ["reshape of another size", () => m.reshape([4]), "reshape: 6 elements of shape [2, 3] do not fill [4]"],
  ["reshape with -1 twice", () => m.reshape([-1, -1]), "do not fill [-1, -1]: only one length may be -1"],
  ["transpose(1, 0)", () => ct.transpose(m, any(1)), "transpose: the axes are an array, such as [1, 0], got 1"],
  ["transpose of too few axes", () => m.transpose([0]), "transpose: [0] is not an order of the 2 axes of [2, 3]"],
  ["broadcastTo", () => m.broadcastTo([3]), "broadcastTo: [2, 3] does not broadcast to [3]"],
  ["squeeze of a long axis", () => m.squeeze({ axis: 0 }), "squeeze: axis 0 of [2, 3] has not length 1"],
  ["take beyond the end", () => m.take(5), "take: index 5 is out of range for an axis of length 2: it goes from -2 to 1"],
  ["take from nothing", () => zeros([0]).take(0), "take: index 0 is out of range for an axis of length 0, which has no elements"],
  ["take at NaN", () => m.take(NaN), "take: indices must be whole numbers, got NaN"],
  ["take by a mask", () => m.take([true, false]), "take: indices must be int32, got bool. A mask does not select elements"],
  ["take by floats", () => m.take(tensor([0])), 'take: indices must be int32, got float64; convert them with astype("int32")'],
  ["slice at an index", () => m.slice(7), "slice: index 7 is out of range, for axis 0 of length 2"],
  ["slice at NaN", () => m.slice(NaN), "slice: index NaN is no whole number, for axis 0 of length 2"],
  ["slice with a flat list", () => m.slice(any([0, 1, 1, 1])), "slice: a range is [start, stop, step], got [0,1,1,1]"],
  ["slice by step 0", () => m.slice([0, 2, 0]), "slice: the step must be a whole number other than 0, got 0"],
  ["at beyond the end", () => m.at(7).set(1), "at: index 7 is out of range, for axis 0 of length 2"],
  ["at with values that do not fit", () => m.at(0).set([1, 2]), "at: values and part: shapes [2] and [3] do not broadcast"],
  ["pad(x, [1, 1])", () => ct.pad(m, any([1, 1])), "pad: needs one [before, after] of whole numbers from 0 per axis of [2, 3], got [1,1]"],
  ["roll by 1.5", () => ct.roll(m, 1.5), "roll: shifts are whole numbers, got 1.5"],
  ["repeat by too many counts", () => ct.repeat(m, [1, 2, 3], { axis: 0 }), "repeat: 3 counts for 2 positions along axis 0 of [2, 3]"],
  ["oneHot of 5", () => ct.oneHot([5], 3), "oneHot: index 5 is out of range for an axis of length 3"],
  ["topK of too many", () => ct.topK(v, 5), "topK: k must be a whole number from 0 to 3, the length of axis 0, got 5"],
  ["einsum without a specification", () => ct.einsum(any(m), m), 'einsum: the first argument is the specification, such as "ij,jk->ik"'],
  ["einsum of other lengths", () => ct.einsum("ij,jk", m, m), 'einsum: "j" in "ij,jk" has length 3 and, in operand 1 of shape [2, 3], 2'],
  ["item of many", () => m.item(), "item: needs exactly one element, but the shape is [2, 3]"],
];

describe("what is wrong is refused with the operation, the shapes and what to do", () => {
  test.each(cases)("%s", (_, body, message) => {
    expect(body).toThrow(CotangentError);
    expect(body).toThrow(message);
  });
});
