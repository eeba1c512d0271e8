import { describe, test } from "@jest/globals";
import { checkPair, transformations } from "./compositions.js";

const names = Object.keys(transformations);

describe.each(names)("%s", (outer) => {
  test.each(names)("of %s, with a batch between or around, is that of a loop", (inner) => {
    checkPair(outer, inner);
  });
});
