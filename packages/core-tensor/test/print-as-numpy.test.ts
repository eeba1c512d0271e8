import { expect, test } from "@jest/globals";
import { arange, tensor, type Tensor } from "@cotangent/core-tensor";

/**
 * What NumPy 2.4.6 writes for the same array with `array2string(x, separator=", ")`, where its precision gives as many
 * digits as ours. NumPy writes a point behind whole floats, which JavaScript does not.
 */
const ofNumPy: [string, Tensor, string][] = [
  [
    "fractions and whole numbers",
    tensor([[1.5, 2, 10.25], [-3, 0.125, 100]]),
    "[[  1.5  ,   2.   ,  10.25 ],\n [ -3.   ,   0.125, 100.   ]]",
  ],
  ["whole numbers", tensor([[1, 2], [30, -4]]), "[[ 1.,  2.],\n [30., -4.]]"],
  ["nan and inf", tensor([[NaN, 1.5], [-Infinity, 20]]), "[[ nan,  1.5],\n [-inf, 20. ]]"],
  ["nan and inf alone", tensor([[NaN, Infinity]]), "[[nan, inf]]"],
  ["many magnitudes", tensor([1e-10, 1, 1e10]), "[1.e-10, 1.e+00, 1.e+10]"],
  ["small numbers", tensor([1.5, 2e-5]), "[1.5e+00, 2.0e-05]"],
  [
    "zeros in scientific notation",
    tensor([[0, 1e-5], [-2.5e-5, 3]]),
    "[[ 0.0e+00,  1.0e-05],\n [-2.5e-05,  3.0e+00]]",
  ],
  [
    "nan and inf in scientific notation",
    tensor([[1e10, NaN], [-Infinity, 1.25]]),
    "[[1.00e+10,      nan],\n [    -inf, 1.25e+00]]",
  ],
  ["exponents of three digits", tensor([[1e-300, 1e300]]), "[[1.e-300, 1.e+300]]"],
  ["large numbers", tensor([[123456789, 1]]), "[[1.2345679e+08, 1.0000000e+00]]"],
  ["a ratio above 1000", tensor([0.5, 600]), "[5.e-01, 6.e+02]"],
  [
    "thirds",
    tensor([[1, 2], [4, -5]]).div(3).mul(tensor([[1, 1], [0.25, 0.4]])),
    "[[ 0.33333333,  0.66666667],\n [ 0.33333333, -0.66666667]]",
  ],
  [
    "three axes",
    arange(24).reshape([2, 3, 4]),
    `[[[ 0.,  1.,  2.,  3.],
  [ 4.,  5.,  6.,  7.],
  [ 8.,  9., 10., 11.]],

 [[12., 13., 14., 15.],
  [16., 17., 18., 19.],
  [20., 21., 22., 23.]]]`,
  ],
  [
    "four axes",
    arange(16).reshape([2, 2, 2, 2]),
    `[[[[ 0.,  1.],
   [ 2.,  3.]],

  [[ 4.,  5.],
   [ 6.,  7.]]],


 [[[ 8.,  9.],
   [10., 11.]],

  [[12., 13.],
   [14., 15.]]]]`,
  ],
  [
    "a long vector",
    arange(30).div(4),
    `[0.  , 0.25, 0.5 , 0.75, 1.  , 1.25, 1.5 , 1.75, 2.  , 2.25, 2.5 , 2.75,
 3.  , 3.25, 3.5 , 3.75, 4.  , 4.25, 4.5 , 4.75, 5.  , 5.25, 5.5 , 5.75,
 6.  , 6.25, 6.5 , 6.75, 7.  , 7.25]`,
  ],
  [
    "long rows",
    arange(60).div(8).reshape([2, 30]),
    `[[0.   , 0.125, 0.25 , 0.375, 0.5  , 0.625, 0.75 , 0.875, 1.   , 1.125,
  1.25 , 1.375, 1.5  , 1.625, 1.75 , 1.875, 2.   , 2.125, 2.25 , 2.375,
  2.5  , 2.625, 2.75 , 2.875, 3.   , 3.125, 3.25 , 3.375, 3.5  , 3.625],
 [3.75 , 3.875, 4.   , 4.125, 4.25 , 4.375, 4.5  , 4.625, 4.75 , 4.875,
  5.   , 5.125, 5.25 , 5.375, 5.5  , 5.625, 5.75 , 5.875, 6.   , 6.125,
  6.25 , 6.375, 6.5  , 6.625, 6.75 , 6.875, 7.   , 7.125, 7.25 , 7.375]]`,
  ],
  ["int32", tensor([[1, -20], [300, 4]], { dtype: "int32" }), "[[  1, -20],\n [300,   4]]"],
  [
    "long int32",
    arange(60, undefined, 1, { dtype: "int32" }),
    `[ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16, 17,
 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35,
 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53,
 54, 55, 56, 57, 58, 59]`,
  ],
  ["bool", tensor([[true, false]]), "[[ True, False]]"],
]; // prettier-ignore

/** A point without digits behind it goes, where others have digits it leaves a blank. */
function inJavaScript(text: string): string {
  const bare = /(?<=\d)\.(?=[ ,\]e])/g;
  const positional = /\d\.\d/.test(text) && !text.includes("e");
  return text.replaceAll(bare, positional ? " " : "").replaceAll(/True|False/g, (word) => word.toLowerCase());
}

test.each(ofNumPy)("as NumPy: %s", (_, x, text) => {
  expect(String(x)).toBe(inJavaScript(text));
});

test("whole numbers below 1e8 stay whole, other than in NumPy", () => {
  expect(String(tensor([1, 20000, 99999999]))).toBe("[1, 20000, 99999999]");
  expect(String(tensor([1, 100000000]))).toBe("[1e+00, 1e+08]");
});
