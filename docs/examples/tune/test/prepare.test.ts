import { describe, expect, test } from "@jest/globals";
import { parseCsv } from "../src/data/csv.js";
import { prepare } from "../src/data/prepare.js";
import { InputError } from "../src/errors.js";

/** Twelve rows "x,y", with some replaced. */
function csv(replaced: Record<number, string> = {}, header = "x,y"): string {
  const rows = Array.from({ length: 12 }, (_, i) => replaced[i] ?? `${String(i * 1.5)},${String(i % 2)}`);
  return [header, ...rows].join("\n");
}

const prepared = (text: string, target = "y", task?: "classification" | "regression") =>
  prepare(parseCsv("t.csv", text), target, task);

describe("a table", () => {
  test("becomes numbers, the target apart from the features", () => {
    const data = prepared(csv({ 3: "-1e2,1" }));
    expect(data).toMatchObject({ task: "classification", classes: ["0", "1"], features: ["x"], rows: 12 });
    expect([...data.x.slice(0, 4)]).toEqual([0, 1.5, 3, -100]);
    expect([...data.y.slice(0, 4)]).toEqual([0, 1, 0, 1]);
  });

  test("keeps rows together when the target is in the middle", () => {
    const rows = Array.from({ length: 10 }, (_, i) => `${i},${i % 2 === 0 ? "no" : "yes"},${10 * i}`);
    const data = prepared(["a,y,b", ...rows].join("\n"));
    expect(data.features).toEqual(["a", "b"]);
    expect([...data.x.slice(4, 6)]).toEqual([2, 20]);
    expect(data.classes).toEqual(["no", "yes"]);
  });

  test("tells a number from a class by its values", () => {
    const rows = Array.from({ length: 12 }, (_, i) => `${i},${i / 4}`);
    expect(prepared(["x,y", ...rows].join("\n")).task).toBe("regression");
    expect(prepared(csv()).task).toBe("classification");
    expect(prepared(csv(), "y", "regression").task).toBe("regression");
  });

  test.each([
    ["missing column", csv(), "z", 't.csv has no column "z"; its columns are "x", "y"'],
    ["text", csv({ 1: "abc,1" }), "y", 't.csv, line 3, column "x": "abc" is not a number'],
    ["hexadecimal", csv({ 1: "0x1F,1" }), "y", 't.csv, line 3, column "x": "0x1F" is not a number'],
    ["NaN", csv({ 1: "NaN,1" }), "y", 't.csv, line 3, column "x": "NaN" is not a finite number'],
    ["infinity", csv({ 1: "-Infinity,1" }), "y", '"-Infinity" is not a finite number'],
    ["overflow", csv({ 1: "1e999,1" }), "y", '"1e999" is not a finite number'],
    ["gap", csv({ 1: ",1" }), "y", 't.csv, line 3, column "x": the value is missing'],
    ["gap in the target", csv({ 1: "1," }), "y", 't.csv, line 3, column "y": the value is missing'],
    [
      "too few rows",
      "x,y\n1,0\n2,1",
      "y",
      "t.csv has 2 rows; training, validation and test need at least 10",
    ],
    ["no feature", csv().replaceAll(/^[^,]*,/gm, ""), "y", "t.csv has no feature beside the target"],
    [
      "constant",
      csv().replaceAll(/^[\d.]+,/gm, "7,"),
      "y",
      't.csv, column "x" is constant (always 7); remove it',
    ],
    [
      "one class",
      csv().replaceAll(/,\d$/gm, ",1"),
      "y",
      'target "y" is constant ("1"); two classes are needed',
    ],
    [
      "rare class",
      csv({ 1: "2,0", 3: "3,0", 5: "4,0", 7: "5,0" }),
      "y",
      'class "1" has 2 rows, fewer than 5',
    ],
    ["three classes", csv({ 0: "0,a", 1: "1,b", 2: "2,c" }).replaceAll(/,\d$/gm, ",c"), "y", "has 3 classes"],
  ])("is refused: %s", (_, text, target, message) => {
    expect(() => prepared(text, target)).toThrow(InputError);
    expect(() => prepared(text, target)).toThrow(message);
  });

  test("a message stays on one line whatever a cell holds", () => {
    const text = csv({ 1: `"a\nb${"c".repeat(500)}",1` });
    expect(() => prepared(text)).toThrow(/^[^\n]{1,200}$/);
  });

  test("more than two classes of numbers: the message offers regression", () => {
    const rows = Array.from({ length: 12 }, (_, i) => `${i},${i % 3}`);
    expect(() => prepared(["x,y", ...rows].join("\n"), "y", "classification")).toThrow("--task regression");
  });
});
