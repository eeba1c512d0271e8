import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { run } from "../src/cli/run.js";
import { Recorder } from "./recorder.js";
import { aNumber, tinyCsv, twoClasses } from "./tiny-data.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cotangent-tune-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function start(...args: string[]): { code: number; out: string; err: string } {
  const [out, err] = [new Recorder(), new Recorder()];
  const code = run(args, { out, err }, { gridSize: 4, outerSteps: 2, tightest: 2, runs: 1 });
  return { code, out: out.text, err: err.text };
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe("the program", () => {
  test("tunes the user's classes: a table, a report, its path last", () => {
    const out = join(folder, "classes.html");
    const result = start(
      "--data",
      file("classes.csv", tinyCsv(twoClasses)),
      "--target",
      "target",
      "--out",
      out,
    );
    expect(result).toMatchObject({ code: 0, err: "" });
    expect(result.out).toContain("test accuracy");
    expect(result.out).toContain('"no" or "yes"');
    expect(result.out.trimEnd().split("\n").at(-1)).toBe(`report: ${out}`);
    expect(
      Math.max(
        ...result.out
          .replaceAll(/^report.*$/gm, "")
          .split("\n")
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(100);
    expect(readFileSync(out, "utf8")).toContain("classes.csv");
  });

  test("tunes the user's numbers", () => {
    const out = join(folder, "numbers.html");
    const data = file("numbers.csv", tinyCsv(aNumber));
    const result = start(
      "--data",
      data,
      "--target",
      "target",
      "--task",
      "regression",
      "--seed",
      "3",
      "--out",
      out,
    );
    expect(result).toMatchObject({ code: 0, err: "" });
    expect(result.out).toContain("test RMSE");
    expect(result.out).toContain("(seed 3)");
  });

  test("explains itself", () => {
    const { code, out, err } = start("--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("--target <column>");
  });

  test.each([
    ["unknown option", ["--frobnicate"], "unknown option '--frobnicate'"],
    ["unknown task", ["--task", "clustering"], "Allowed choices are classification, regression"],
    ["bad seed", ["--seed", "1.5"], "whole number"],
    ["stray argument", ["my.csv"], "too many arguments"],
    ["data without target", ["--data", "my.csv"], "--data needs --target"],
    ["target without data", ["--target", "y"], "--target needs --data"],
    ["no such file", ["--data", "no.csv", "--target", "y"], 'cannot read "no.csv": there is no such file'],
    ["no such folder", ["--out", "no/such/folder/report.html"], "there is no folder for it"],
    ["folder as report", ["--out", tmpdir()], "is not a file"],
  ])("refuses input in one line, with code 2: %s", (_, args, message) => {
    const { code, err } = start(...args);
    expect(code).toBe(2);
    expect(err).toMatch(/^error: [^\n]+\n$/);
    expect(err).toContain(message);
  });

  test.each([
    ["missing column", tinyCsv(twoClasses, ["a", "b", "c", "d"]), 'no column "target"'],
    ["text in a number", tinyCsv(twoClasses).replace(/\n-?[\d.e-]+,/, "\nabc,"), '"abc" is not a number'],
    ["empty", "", "is empty"],
    [
      "constant feature",
      tinyCsv(twoClasses).replaceAll(/^-?[\d.e-]+,/gm, "1,"),
      'column "first" is constant',
    ],
    [
      "NaN",
      tinyCsv(twoClasses).replace(/\n-?[\d.e-]+,/, "\nNaN,"),
      'column "first": "NaN" is not a finite number',
    ],
  ])("refuses a bad file in one line, with code 2: %s", (name, text, message) => {
    const { code, out, err } = start("--data", file(`bad ${name}.csv`, text), "--target", "target");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^error: [^\n]+\n$/);
    expect(err).toContain(message);
  });

  test("ends with code 1 when something else fails", () => {
    const err = new Recorder();
    const out = new Recorder();
    out.write = () => {
      throw new Error("broken pipe");
    };
    expect(run(["--help"], { out, err })).toBe(1);
    expect(err.text).toContain("broken pipe");
  });
});
