import { describe, expect, test } from "@jest/globals";
import { progressOn } from "../src/cli/progress.js";
import { Recorder } from "./recorder.js";

function play(output: Recorder): string {
  const progress = progressOn(output);
  progress.phase("first", 0.5);
  for (let i = 1; i <= 100; i++) progress.advance(i / 100);
  progress.phase("second", 0.5);
  progress.advance(1);
  progress.finish();
  return output.text;
}

describe("progress", () => {
  test("is one line per phase where nothing can be redrawn", () => {
    expect(play(new Recorder(false))).toBe("first ...\nsecond ...\n");
  });

  test("is a bar on a terminal, cleared at the end", () => {
    const text = play(new Recorder(true));
    expect(text).toContain("100 %  second");
    expect(text).toMatch(/[█░]{32}/);
  });

  test("leaves no control characters there", () => {
    expect(play(new Recorder(false))).toMatch(/^[\n -~]*$/);
  });
});
