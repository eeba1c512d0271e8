import type { Measurement } from "./measure.js";

/** One line per row: both medians, and how many times the peer's time ours is. */
export function printTable(title: string, rows: readonly Measurement[]): void {
  console.log(`\n${title}`);
  for (const { name, against, ours, peer, spread } of rows) {
    const ratio = (ours / peer).toFixed(2).padStart(7);
    const spreadText = `±${(100 * spread).toFixed(0)} %`;
    console.log(
      `  ${name.padEnd(46)} ${show(ours)} ${spreadText.padStart(6)}   ${against.padEnd(22)} ${show(peer)}   ratio ${ratio}`,
    );
  }
}

function show(microseconds: number): string {
  return microseconds < 1000
    ? `${microseconds.toFixed(1)} us`.padStart(10)
    : `${(microseconds / 1000).toFixed(2)} ms`.padStart(10);
}
