/** @file pnpm at the version that package.json names, fetched by npx: nobody has to install it. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** npx as a script for this very Node: works where `npx` is a shell script, a .cmd file, or not on the path. */
function npx() {
  const candidates = [
    process.env.npm_execpath && join(dirname(process.env.npm_execpath), "npx-cli.js"),
    join(dirname(process.execPath), "..", "lib", "node_modules", "npm", "bin", "npx-cli.js"),
    join(dirname(process.execPath), "node_modules", "npm", "bin", "npx-cli.js"),
  ];
  const script = candidates.find((path) => path && existsSync(path));
  return script ? { command: process.execPath, first: [script] } : { command: "npx", first: [] };
}

/** The field `packageManager` of the root, e.g. `pnpm@12.21.0`, without an integrity suffix. */
export function packageManager(root) {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8")).packageManager.split("+")[0];
}

/**
 * Runs pnpm and waits.
 * @param {string} root the workspace
 * @param {string[]} args
 * @param {{ quiet: boolean }} options quiet: output is kept back and given in the result; otherwise it goes to stderr,
 *   so that stdout stays the job's own
 * @returns {Promise<{ code: number, output: string }>}
 */
export function pnpm(root, args, { quiet }) {
  const { command, first } = npx();
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1", npm_config_yes: "true" };
  return new Promise((resolve) => {
    const child = spawn(command, [...first, "--yes", packageManager(root), ...args], {
      cwd: root,
      env,
      stdio: ["ignore", quiet ? "pipe" : 2, quiet ? "pipe" : 2],
    });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on("close", (code, signal) => resolve({ code: code ?? (signal === "SIGINT" ? 130 : 143), output }));
  });
}
