import { describe, expect, test } from "@jest/globals";
import { parseHTML } from "linkedom";
import { parseCsv } from "../src/data/csv.js";
import { prepare } from "../src/data/prepare.js";
import { reportPage } from "../src/report/page.js";
import { runExperiment } from "../src/tuning/experiment.js";
import { silent } from "./silent.js";
import { tinyCsv, twoClasses } from "./tiny-data.js";

const hostile = [
  '<script>alert("1")</script>',
  "</svg></figure><img src=x onerror=alert(2)>",
  `'"&amp;`,
  "<b>target</b>",
];

const data = prepare(parseCsv("<i>tiny</i>.csv", tinyCsv(twoClasses, hostile)), "<b>target</b>");
const page = reportPage(
  runExperiment(data, silent, { seed: 0, gridSize: 4, outerSteps: 2, tightest: 3, runs: 1 }),
);

describe("the report", () => {
  test("is one page that fetches nothing", () => {
    expect(page.startsWith("<!doctype html>")).toBe(true);
    expect(page).not.toMatch(/https?:/i);
    expect(page).not.toMatch(/@import|url\(/i);
    const { document } = parseHTML(page);
    for (const selector of ["script", "link", "img", "iframe", "[src]", "[href]", "image", "use"]) {
      expect([selector, document.querySelectorAll(selector).length]).toEqual([selector, 0]);
    }
  });

  test("shows names as they are, not as HTML", () => {
    const { document } = parseHTML(page);
    expect(document.querySelectorAll("b, i").length).toBe(
      document.querySelectorAll(".tile b, .legend i").length,
    );
    const text = document.querySelector("main")?.textContent ?? "";
    for (const name of [...hostile, "<i>tiny</i>.csv"]) expect(text).toContain(name.slice(0, 29));
  });

  test("has a caption for each of its four plots", () => {
    const { document } = parseHTML(page);
    const figures = [...document.querySelectorAll("figure")];
    expect(figures).toHaveLength(4);
    for (const figure of figures) {
      expect(figure.querySelectorAll("svg")).toHaveLength(1);
      expect(figure.querySelector("svg")?.getAttribute("aria-label")).not.toBe("");
      expect(figure.querySelector("figcaption")?.textContent.length).toBeGreaterThan(100);
    }
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("states machine and versions", () => {
    expect(page).toContain(`Node ${process.version}`);
    expect(page).toMatch(/Cotangent \d+\.\d+\.\d+/);
    expect(page).toContain("logical cores");
  });
});
