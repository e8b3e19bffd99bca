/** @file A program in Python that a benchmark takes turns with: JSON lines asked, JSON lines answered, its threads counted. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/**
 * Starts a script that lies beside this file. $PYTHON names another interpreter than /usr/bin/python3.
 * @param {string} script file name, for example "scipy_blocks.py"
 * @param {string} needs the Debian package that it imports
 * @param {number} [threads] of BLAS and OpenMP
 */
export function pythonRival(script, needs, threads = 1) {
  const count = String(threads);
  const child = spawn(process.env.PYTHON ?? "/usr/bin/python3", [fileURLToPath(new URL(script, import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, OMP_NUM_THREADS: count, OPENBLAS_NUM_THREADS: count, MKL_NUM_THREADS: count },
  });
  // Where there is no interpreter, or it ended, the next question says so.
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (question) => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new TypeError(`python3 ended: is ${needs} installed? Set PYTHON to an interpreter that has it.`);
    return JSON.parse(value);
  };
  return { ask, end: () => child.stdin.end() };
}
