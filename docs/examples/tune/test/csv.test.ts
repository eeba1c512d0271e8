import { describe, expect, test } from "@jest/globals";
import { parseCsv, readCsv } from "../src/data/csv.js";
import { InputError } from "../src/errors.js";

describe("a CSV file", () => {
  test("is names and cells, with the line of each row", () => {
    const table = parseCsv("t.csv", 'a,"b, c"\n\n1,2\n"x ""y""", 4 \n');
    expect(table.columns).toEqual(["a", "b, c"]);
    expect(table.rows).toEqual([
      { line: 3, cells: ["1", "2"] },
      { line: 4, cells: ['x "y"', "4"] },
    ]);
  });

  test.each([
    ["comma", "a,b\r\n1,2\r\n"],
    ["semicolon", "a;b\n1;2"],
    ["tab", "a\tb\n1\t2"],
    ["byte order mark", "\uFEFFa,b\n1,2"],
  ])("may be written with: %s", (_, text) => {
    const { columns, rows } = parseCsv("t.csv", text);
    expect(columns).toEqual(["a", "b"]);
    expect(rows.map(({ cells }) => cells)).toEqual([["1", "2"]]);
  });

  test.each([
    ["", "t.csv is empty"],
    [" \n\n", "t.csv is empty"],
    ["a,b\n", "t.csv has column names but no rows"],
    ["a,b\n1,2\n3\n", "t.csv, line 3: the first line names 2 columns, but this one has 1"],
    ["a,b\n1,2,3\n", "t.csv, line 2: the first line names 2 columns, but this one has 3"],
    ["a,,c\n1,2,3", "t.csv: column 2 has no name in the first line"],
    ["a,b,a\n1,2,3", 't.csv: two columns are named "a"'],
  ])("is refused: %j", (text, message) => {
    expect(() => parseCsv("t.csv", text)).toThrow(new InputError(message));
  });

  test("with an open quote is refused in one line", () => {
    expect(() => parseCsv("t.csv", 'a,b\n1,"2\n3,4\n')).toThrow(/^t\.csv is not a CSV file: [^\n]+$/);
  });

  test("that is not there, or is a folder, is refused", () => {
    expect(() => readCsv("no-such.csv")).toThrow(
      new InputError('cannot read "no-such.csv": there is no such file'),
    );
    expect(() => readCsv(import.meta.dirname)).toThrow(/it is a folder$/);
  });
});
