/**
 * @file How much faster a sweep is with two workers than with one: whole processes, from start to record, taking turns, so that a busy machine
 * slows both alike. The reason: workers are worth their threads only if nothing beside them grows with the number of cells.
 *
 *   node tooling/bench/src/sweep-speed-up.mjs [--pairs 5] [-- STUDY [--level ...] [--set ...]]
 *
 * Needs a built apps/report and two idle cores. Ends with one line: the median over pairs of neighbouring runs, and their range.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const command = fileURLToPath(new URL("../../../apps/report/dist/cli.js", import.meta.url));
const { values, positionals } = parseArgs({ options: { pairs: { type: "string", default: "5" } }, allowPositionals: true });
const request = positionals.length > 0 ? positionals : ["growth-rates", "--set", "sizes=256", "--set", "replicas=512", "--set", "circleReplicas=512"];

const folder = mkdtempSync(join(tmpdir(), "speed-up-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

/** One sweep from nothing, in seconds; its record must be that of all others. */
let bytes;
function seconds(workers) {
  const out = join(folder, "out");
  rmSync(out, { recursive: true, force: true });
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [command, "sweep", "run", ...request, "--workers", String(workers), "--out", out], { encoding: "utf8" });
  const taken = (performance.now() - start) / 1000;
  if (status !== 0) throw new TypeError(`the sweep ended with ${status}:\n${stderr}`);
  const records = readdirSync(join(out, "records")).filter((name) => name.endsWith(".record.json")).map((name) => readFileSync(join(out, "records", name), "utf8")).join("");
  if (records !== (bytes ??= records)) throw new TypeError("two sweeps made different records");
  return taken;
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

const ratios = [];
for (let pair = 0; pair < Number(values.pairs); pair++) {
  const [one, two] = pair % 2 === 0 ? [seconds(1), seconds(2)] : [seconds(2), seconds(1)].reverse();
  ratios.push(one / two);
  console.log(`1 worker ${one.toFixed(1)} s, 2 workers ${two.toFixed(1)} s: ${(one / two).toFixed(2)}`);
}
const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
console.log(`speed-up with 2 workers, ${request.join(" ")}: ${median(ratios).toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)} in ${ratios.length} pairs)`);
