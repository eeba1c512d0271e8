import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Candidate } from "../measure/candidate.js";

const script = fileURLToPath(new URL("../peers/python/main.py", import.meta.url));

/** Threads of JAX: on one thread it is compared with ours on one. */
const environment = { COTANGENT_BENCH_THREADS: process.env["COTANGENT_BENCH_THREADS"] ?? "1" };

/** JAX in a process of its own, which stays: a line asks for a sample, a line answers. */
export class PythonPeer {
  private constructor(
    readonly interpreter: string,
    private readonly process: ChildProcessWithoutNullStreams,
    private readonly answers: AsyncIterator<string, undefined>,
    private readonly lines: Interface,
    readonly versions: string,
  ) {}

  /** Starts the interpreter that COTANGENT_BENCH_PYTHON names; a string says why there is none. */
  static async start(): Promise<PythonPeer | string> {
    const interpreter = process.env["COTANGENT_BENCH_PYTHON"];
    if (interpreter === undefined) {
      return "JAX: skipped, COTANGENT_BENCH_PYTHON names no interpreter (see bench/README.md)";
    }
    const child = spawn(interpreter, [script], { env: { ...process.env, ...environment } });
    child.stderr.pipe(process.stderr);
    const lines = createInterface({ input: child.stdout });
    const answers = lines[Symbol.asyncIterator]();
    const failed = new Promise<string>((resolve) => child.once("error", ({ message }) => resolve(message)));
    const first = await Promise.race([answers.next(), failed]);
    if (typeof first === "string") return `JAX: skipped, ${interpreter} does not start: ${first}`;
    if (first.done === true) return `JAX: skipped, ${interpreter} has no jax`;
    return new PythonPeer(interpreter, child, answers, lines, `JAX: ${first.value}`);
  }

  /** A computation that main.py knows by name. */
  candidate(computation: string, parameters: object = {}, name = "JAX"): Candidate {
    return {
      name,
      sample: async (budget) => {
        this.process.stdin.write(`${JSON.stringify({ computation, parameters, budget })}\n`);
        const reply = await this.answers.next();
        if (reply.done === true) throw new Error(`JAX ended while it computed ${computation}`);
        const answer = JSON.parse(reply.value) as { seconds?: number; error?: string };
        if (answer.seconds === undefined) throw new Error(`JAX, ${computation}: ${String(answer.error)}`);
        return answer.seconds;
      },
    };
  }

  /** The command that computes something once, in a new process. */
  once(computation: string, parameters: object): { args: string[]; environment: NodeJS.ProcessEnv } {
    return { args: [script, "once", computation, JSON.stringify(parameters)], environment };
  }

  stop(): void {
    this.lines.close();
    this.process.kill();
  }
}
