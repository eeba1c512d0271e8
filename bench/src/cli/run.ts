import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "commander";
import { findFact, type FoundFact } from "../facts/fact.js";
import { memory } from "../facts/memory.js";
import { machine } from "../machine.js";
import { measureGrowth, type GrowthMeasurement } from "../measure/growth.js";
import { measure, type Measurement } from "../measure/measure.js";
import { findPeers } from "../peers/peers.js";
import { writeHtml } from "../report/html.js";
import { writeJson } from "../report/json.js";
import { factLine, growthLine, line } from "../report/table.js";
import { groups } from "../rows/groups.js";
import { growths } from "../rows/growth.js";

/** Measures every row that is asked for, prints it as soon as it is there, and writes the report. */
export async function runBenchmarks(): Promise<void> {
  const program = new Command("bench")
    .description("Measures Cotangent and its peers side by side.")
    .option("--only <text>", "rows whose group or name contains this text", "")
    .option("--out <folder>", "where results.json and index.html are written", "bench-results")
    .parse();
  const { only, out } = program.opts<{ only: string; out: string }>();
  const peers = await findPeers();
  console.log([machine(), ...peers.said].join("\n"));
  const matches = (text: string): boolean => text.toLowerCase().includes(only.toLowerCase());
  const measurements: Measurement[] = [];
  const facts: FoundFact[] = [];
  const measuredGrowths: GrowthMeasurement[] = [];
  try {
    for (const makeGroup of groups) {
      const { title, rows } = makeGroup(peers);
      const wanted = rows.filter(({ name }) => matches(`${title} ${name}`));
      if (wanted.length > 0) console.log(`\n${title}`);
      for (const row of wanted) {
        const measurement = await measure(title, row);
        measurements.push(measurement);
        console.log(line(measurement));
      }
    }
    const title = "Growth of a hypergradient of ridge regression";
    for (const growth of growths.filter(({ name }) => matches(`${title} ${name}`))) {
      const measurement = await measureGrowth(growth);
      measuredGrowths.push(measurement);
      console.log(`  ${title}, ${growthLine(measurement)}`);
    }
    for (const fact of memory.filter(({ name }) => matches(name))) {
      const found = findFact(fact);
      facts.push(found);
      console.log(`  ${factLine(found)}`);
    }
  } finally {
    peers.jax?.stop();
  }
  const folder = resolve(out);
  mkdirSync(folder, { recursive: true });
  const results = { machine: machine(), peers: peers.said, measurements, growths: measuredGrowths, facts };
  writeJson(resolve(folder, "results.json"), results);
  writeHtml(resolve(folder, "index.html"), results);
  console.log(`
Written: ${folder}`);
}
