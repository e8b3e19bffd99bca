/**
 * @file The command: measures the honesty of the engine and writes docs/calibration.md, its figures and its numbers.
 *
 *     npm run calibrate                        everything, 2,000 studies of each scenario
 *     npm run calibrate -- --workers 2         the same numbers in half the time
 *     npm run calibrate -- --studies 200 --only scaling      some of it; nothing is written
 *
 * Ends with the pass or fail of every requirement, and exits non-zero if one is missed.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { requireInteger } from "@mesoscope/numerics";
import { toMarkdown } from "./document.js";
import { figuresOf } from "./figures.js";
import { controlsOf, judgementsOf, resultsOf, tasksOf, toJson, type Results } from "./results.js";
import { judgementLine, missedBy } from "./report.js";
import { runTasks } from "./run.js";

/** From calibration/dist/calibration, where this runs. */
const DOCS = new URL("../../../../../docs/", import.meta.url);
/** Fewer say too little to be kept. */
const FEWEST_KEPT = 2000;

const { values } = parseArgs({
  options: { studies: { type: "string", default: "2000" }, workers: { type: "string", default: "1" }, only: { type: "string" }, write: { type: "boolean", default: false } },
});
const studies = requireInteger("--studies", Number(values.studies), { min: 1 }, "Give the number of studies of each scenario.");
const workers = requireInteger("--workers", Number(values.workers), { min: 0, max: 64 }, "Give the number of worker threads; 0 uses none.");

// --write draws the document anew from the numbers that are kept.
const results = values.write ? kept() : await measure();
if (values.only === undefined && results.studies >= FEWEST_KEPT) keep(results);
else process.stderr.write(`Not kept: docs/calibration.md is written for all scenarios with at least ${FEWEST_KEPT} studies.\n`);

for (const judgement of judgementsOf(results)) process.stdout.write(`${judgementLine(judgement)}\n`);
for (const { broken, scenario, missed } of controlsOf(results)) {
  process.stdout.write(`${missed.length > 0 ? "ok    " : "MISSED"} ${broken} is caught in ${scenario}${missed.length > 0 ? `: ${missed[0]!.what}` : ""}\n`);
}
const missed = missedBy(results);
process.stdout.write(`${judgementsOf(results).length + controlsOf(results).length - missed} passed, ${missed} failed\n`);
process.exitCode = missed === 0 ? 0 : 1;

async function measure(): Promise<Results> {
  const tasks = tasksOf(studies, values.only === undefined ? undefined : new RegExp(values.only));
  const start = Date.now();
  let shown = 0;
  const onProgress = (done: number, all: number): void => {
    const seconds = (Date.now() - start) / 1000;
    if (seconds - shown < 10 && done < all) return;
    shown = seconds;
    process.stderr.write(`${done} of ${all} blocks, ${seconds.toFixed(0)} s, about ${((seconds / done) * (all - done)).toFixed(0)} s to go\n`);
  };
  return resultsOf(studies, tasks, await runTasks(tasks, { workers, onProgress }));
}

function kept(): Results {
  return JSON.parse(readFileSync(new URL("calibration.json", DOCS), "utf8")) as Results;
}

function keep(all: Results): void {
  mkdirSync(new URL("figures/", DOCS), { recursive: true });
  writeFileSync(new URL("calibration.json", DOCS), toJson(all));
  writeFileSync(new URL("calibration.md", DOCS), toMarkdown(all));
  for (const [name, svg] of Object.entries(figuresOf(all))) writeFileSync(new URL(`figures/${name}`, DOCS), svg);
}
