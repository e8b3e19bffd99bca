/**
 * The honesty of the engine, in small and as it was last measured in full (docs/calibration.md, made by `npm run calibrate`).
 *
 * In small: seeds fixed, counts of studies below; every share may be outside its bound by 3 binomial standard errors at that bound (about
 * 1 in 700 each, were the engine just at the bound; with 40 studies a coverage of 93 % may look like 81 %, so this catches what is
 * broken, not what is a little off: that is for the full run). 199 resamples instead of 499 or 999 turn a level of 5 % into 5.7 %, within that slack.
 */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { toMarkdown } from "../calibration/document.js";
import { figuresOf } from "../calibration/figures.js";
import { judgementLine } from "../calibration/report.js";
import { judge } from "../calibration/requirements.js";
import { controlsOf, judgementsOf, tallyOf, tasksOf, VISIBLE, type Results } from "../calibration/results.js";
import { runBlock, runTasks, scenarioOf, type Task } from "../calibration/run.js";
import { addTallies } from "../calibration/tally.js";

const docs = new URL("../../../docs/", import.meta.url);
const kept = JSON.parse(readFileSync(new URL("calibration.json", docs), "utf8")) as Results;

async function missed(task: Task): Promise<readonly string[]> {
  const [tally] = await runTasks([{ resamples: 199, ...task }], { workers: 0 });
  return judge(scenarioOf(task.scenario), tally!, VISIBLE)
    .filter(({ met }) => !met)
    .map(judgementLine);
}

it.each([
  ["curve-normal", 40],
  ["curve-uneven", 30],
  ["curve-rarely-diverging", 30],
  ["curve-often-diverging", 30],
  ["scaling-normal", 20],
  ["scaling-wrong-exponent", 10],
  ["series-noisy", 10],
])("in small: %s meets its requirements in %i studies", async (scenario, studies) => {
  expect(await missed({ scenario, studies })).toEqual([]);
});

it.each([
  ["small-error", "scaling-normal", 20],
  ["no-largest-tenth", "curve-normal", 30],
  ["no-multiplicity", "series-noisy", 10],
])("in small: %s is caught in %s", async (broken, scenario, studies) => {
  expect(await missed({ scenario, broken, studies })).not.toEqual([]);
});

it("studies have the same counts in any blocks and any order", async () => {
  const block = { scenario: "curve-rarely-diverging", resamples: 199, count: 2 };
  const parts = [await runBlock({ ...block, from: 2 }), await runBlock({ ...block, from: 0 })];
  expect(addTallies(parts)).toEqual(addTallies([await runBlock({ ...block, from: 0, count: 4 })]));
});

it("in full, as kept in docs: at least 2,000 studies of every scenario, all requirements met, every broken estimator caught", () => {
  expect(kept.studies).toBeGreaterThanOrEqual(2000);
  expect(kept.measured.map(({ scenario, broken, studies }) => ({ scenario, broken, studies }))).toEqual(tasksOf(kept.studies).map(({ scenario, broken, studies }) => ({ scenario, broken, studies })));
  expect(judgementsOf(kept).filter(({ met }) => !met).map(judgementLine)).toEqual([]);
  expect(controlsOf(kept).filter((control) => control.missed.length === 0)).toEqual([]);
  for (const one of kept.measured) for (const { hits, trials } of Object.values(tallyOf(one))) expect(hits).toBeLessThanOrEqual(trials);
});

it("document and figures are those of the numbers (npm run calibrate -- --write makes them anew)", () => {
  expect(readFileSync(new URL("calibration.md", docs), "utf8")).toBe(toMarkdown(kept));
  for (const [name, svg] of Object.entries(figuresOf(kept))) expect(readFileSync(new URL(`figures/${name}`, docs), "utf8"), name).toBe(svg);
});
