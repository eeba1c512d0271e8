import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { bundled } from "../data/bundled.js";
import type { Task } from "../data/dataset.js";
import { InputError } from "../errors.js";

/** What the user asked for. */
export interface Options {
  readonly data: string;
  readonly target: string;
  readonly task: Task | undefined;
  readonly seed: number;
  readonly out: string;
}

interface ParsedOptions {
  readonly data?: string;
  readonly target?: string;
  readonly task?: Task;
  readonly seed: number;
  readonly out: string;
}

/**
 * Reads the command line.
 *
 * @returns the options, or undefined where only help was asked for, which `write` got
 * @throws InputError for an unknown or incomplete option
 */
export function parseOptions(args: readonly string[], write: (text: string) => void): Options | undefined {
  const command = describe()
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: () => undefined });
  try {
    command.parse(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new InputError(error.message.replace(/^error: /, ""));
  }
  return complete(command.opts<ParsedOptions>());
}

function describe(): Command {
  return new Command("npm start --")
    .description("Tunes one penalty per feature of a regularised linear model by its hypergradient.")
    .usage("[--data <file> --target <column>] [options]")
    .option("--data <file>", "a CSV file with a line of column names (default: breast-cancer.csv)")
    .option("--target <column>", "the column to predict; all others are features")
    .addOption(
      new Option("--task <task>", "the kind of target (default: by its values)").choices([
        "classification",
        "regression",
      ]),
    )
    .option("--seed <number>", "what the random split depends on", wholeNumber, 0)
    .option("--out <file>", "where the report goes", "cotangent-report.html")
    .allowExcessArguments(false);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError("It must be a whole number from 0 to 999999999.");
  return Number(text);
}

function complete({ data, target, task, seed, out }: ParsedOptions): Options {
  if (data === undefined) {
    if (target !== undefined)
      throw new InputError("--target needs --data: name the file that has this column");
    return { data: bundled.path, target: bundled.target, task: task ?? "classification", seed, out };
  }
  if (target === undefined) throw new InputError("--data needs --target: name the column to predict");
  return { data, target, task, seed, out };
}
