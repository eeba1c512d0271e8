import { SingleBar } from "cli-progress";
import type { Progress } from "../tuning/progress.js";

/** A stream of text that may be a terminal: process.stdout, or a recorder in tests. */
export interface Output extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
}

/** A bar on a terminal; elsewhere one line per phase, since a file or a pipe cannot redraw. */
export function progressOn(output: Output): Progress {
  return output.isTTY === true ? barOn(output) : linesOn(output);
}

function barOn(output: Output): Progress {
  const bar = new SingleBar({
    stream: output,
    format: "{bar} {percentage} %  {phase}",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 32,
    clearOnComplete: true,
    // The run is synchronous: a handler of Ctrl-C would never get its turn, and a hidden cursor would stay hidden.
    gracefulExit: false,
    hideCursor: false,
  });
  bar.start(100, 0, { phase: "" });
  let begun = 0;
  let current = 0;
  return {
    phase(name, share) {
      begun += current;
      current = share;
      bar.update(Math.round(100 * begun), { phase: name });
    },
    advance: (done) => bar.update(Math.round(100 * (begun + current * done))),
    finish: () => bar.stop(),
  };
}

function linesOn(output: Output): Progress {
  return {
    phase: (name) => output.write(`${name} ...\n`),
    advance: () => undefined,
    finish: () => undefined,
  };
}
