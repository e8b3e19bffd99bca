/** @file The command as a process: what it does to streams, signals and the exit status, so that `main` need not know them. */
import { writeSync } from "node:fs";
import { main } from "./command/main.js";
import { exitStatus, InputError } from "./failure.js";
import type { Output } from "./world.js";

/**
 * Runs the command with the arguments, streams and folder of this process.
 * @param catalogue URL of the module that exports the `Catalogue`
 */
export async function runProcess(catalogue: string): Promise<void> {
  const words = process.argv.slice(2);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreGoneReader);
  const isOver = watchForSuddenEnd();
  process.exitCode = await main(words, {
    stdout: keepStdout(),
    stderr: process.stderr,
    stdin: async () => (process.stdin.isTTY ? undefined : textOf(process.stdin)),
    folder: process.cwd(),
    environment: process.env,
    signal: interruption(words),
    catalogue,
    cellWorker: new URL("./workers/cell-worker.js", import.meta.url).href,
  });
  isOver();
}

const mostInput = 16_000_000;

/** All that comes, but no more than what a request may be: a stream may have no end. */
async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const pieces: Buffer[] = [];
  let sum = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    sum += piece.length;
    if (sum > mostInput) throw new InputError({ what: "standard input", rule: `it has at most ${mostInput.toLocaleString("en")} bytes`, remedy: "Give one JSON object." });
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

/** A reader that has gone (`| head`) is no reason to lose what is being computed. */
function ignoreGoneReader(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") throw error;
}

/** Results alone go to stdout: what a stranger's module prints, here or in a worker, goes to stderr. */
function keepStdout(): Output {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = stderr.write.bind(stderr);
  return { write: (words) => write(words), isTTY: stdout.isTTY, columns: stdout.columns };
}

/**
 * Only `run` and `sweep` have something to keep when they are stopped; everything else ends at once, also in the middle of a
 * computation. A second signal ends them too.
 */
function interruption(words: readonly string[]): AbortSignal {
  const controller = new AbortController();
  const signals = words.includes("sweep") ? (["SIGINT", "SIGTERM", "SIGHUP"] as const) : words.includes("run") ? (["SIGINT"] as const) : [];
  for (const signal of signals) {
    process.once(signal, () => {
      controller.abort();
    });
  }
  return controller.signal;
}

/** A module that ends the process, or waits for what never comes, must not look like a success. */
function watchForSuddenEnd(): () => void {
  let isOver = false;
  process.once("exit", () => {
    if (isOver) return;
    process.exitCode = exitStatus.partial;
    try {
      writeSync(2, "mesoscope: the process ended before the command was done: a module ended it (process.exit), or waits for what never comes. Records that were finished are kept.\n");
    } catch {
      // Nobody reads it.
    }
  });
  return () => {
    isOver = true;
  };
}
