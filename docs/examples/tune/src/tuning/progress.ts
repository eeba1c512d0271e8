/** How far the run is: told by the experiment, shown by the command line. */
export interface Progress {
  /** Begins a phase that counts for this share (0 to 1) of the whole run. */
  phase(name: string, share: number): void;
  /** How much of the current phase is done, 0 to 1. */
  advance(done: number): void;
  /** Leaves the screen ready for other text. */
  finish(): void;
}
