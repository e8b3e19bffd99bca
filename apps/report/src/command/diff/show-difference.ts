import { showInterval, showNumber } from "../../page/number.js";
import type { World } from "../../world.js";
import { forCell, showValue } from "../../words.js";
import { terminalTable } from "../table.js";
import type { FigureChange } from "./figure-changes.js";
import type { RecordDifference } from "./record-difference.js";
import type { TableChange } from "./table-changes.js";
import type { Change, VerdictChange, VerdictNumbers } from "./verdict-changes.js";

const changeWords: Readonly<Record<Change, string>> = {
  equal: "equal",
  "within-chance": "within chance",
  "beyond-chance": "BEYOND CHANCE",
  "not-judged": "not judged",
  "only-in-first": "only in the first",
  "only-in-second": "only in the second",
};

/** The difference as tables for a terminal; what is equal is only counted. */
export function showDifference(difference: RecordDifference, world: World): string {
  if (difference.identical) return `the same record, hash ${difference.first.hash}\n`;
  const width = world.stdout.columns ?? 130;
  const part = (title: string, head: readonly string[], rows: readonly (readonly string[])[], flexible: readonly number[]): string =>
    rows.length === 0 ? "" : `${title}\n${terminalTable(head, rows.map((row) => row.map(forCell)), flexible, width)}\n`;
  const verdicts = difference.verdicts.filter(({ change }) => change !== "equal");
  const figures = difference.figures.filter(({ change }) => change !== "equal");
  const tables = difference.tables.filter(({ change }) => change !== "equal");
  const { first, second, change, level } = difference.outcomes;
  return [
    part("Setting", ["what", "first", "second"], difference.setting.map((it) => [it.what, showValue(it.first), showValue(it.second)]), [1, 2]),
    part(counted("Verdicts", verdicts.length, difference.verdicts.length), ["verdict", "change", "first", "second", "z", "p (Holm)"], verdicts.map(verdictRow), [0, 2, 3]),
    part(counted("Figures", figures.length, difference.figures.length), ["figure", "change", "in its intervals", "relative", "p (Holm)"], figures.map(figureRow), [0]),
    part(counted("Tables", tables.length, difference.tables.length), ["table", "change", "cells", "relative"], tables.map(tableRow), [0]),
    change === "equal"
      ? ""
      : part("Replicas", ["ended", "first", "second"], (["completed", "diverged", "censored"] as const).map((name) => [name, String(first[name]), String(second[name])]), []) +
        `Share that diverged: ${changeWords[change]}${level === undefined ? "" : `, p = ${showNumber(level, 2)}`}\n\n`,
    `${summary(difference)}\n`,
  ].join("");
}

/** What somebody must know who reads the numbers; for stderr. */
export function warnings(difference: RecordDifference): readonly string[] {
  if (difference.identical) return [];
  const some: string[] = [];
  if (difference.reproducibilityFault) {
    some.push("fault of reproducibility: id, level, seed, parameters, versions and backend are equal, the bytes are not. Equal requests promise equal bytes. Make both again; if a pair or a study of your own changed in between, that is the reason, else report a fault.");
  }
  if (difference.first.id !== difference.second.id) some.push(`the records have different ids, ${forCell(difference.first.id)} and ${forCell(difference.second.id)}: only what has one id in both is compared`);
  if (difference.sameSeed) some.push("the seeds are equal: samples may be shared, and a change may be real though it is called within chance. Another seed makes the test sharp.");
  if (difference.setting.some(({ what }) => what === "level" || what.startsWith("parameter "))) some.push("level or parameters differ: a change beyond chance may be what was asked for");
  const silent = difference.verdicts.filter(({ change }) => change === "not-judged");
  for (const { id, because } of silent.slice(0, 20)) some.push(`${id}: ${because}`);
  if (silent.length > 20) some.push(`and ${silent.length - 20} more without what a test needs; --json lists them`);
  return some;
}

function summary({ beyondChance, unexplained, tests, reproducibilityFault }: RecordDifference): string {
  const parts = [
    ...(reproducibilityFault ? ["a fault of reproducibility"] : []),
    ...(beyondChance > 0 ? [`${beyondChance} beyond chance`] : []),
    ...(unexplained > 0 ? [`${unexplained} changed where no interval says whether by chance`] : []),
  ];
  const family = `${tests} ${tests === 1 ? "test" : "tests"}, together at 5 %`;
  if (parts.length > 0) return `${parts.join("; ")} (${family})`;
  return tests === 0 ? "nothing that has an interval: nothing was tested" : `all within chance (${family})`;
}

function counted(what: string, changed: number, all: number): string {
  return `${what}: ${all - changed} of ${all} equal`;
}

function verdictRow({ id, change, first, second, z, level, ruleChanged }: VerdictChange): readonly string[] {
  const shown = (of: VerdictNumbers | undefined): string => (of === undefined ? "–" : [of.outcome, showInterval(of.value, of.interval), of.unit === undefined || of.unit === "1" ? "" : of.unit, of.at === undefined ? "" : `at ${of.at}`].filter((word) => word !== "").join(" "));
  return [`${id}${ruleChanged ? " (other rule)" : ""}`, changeWords[change], shown(first), shown(second), z === undefined ? "" : showNumber(z, 3), shownLevel(level)];
}

function figureRow({ id, change, numbersEqual, inIntervals, relative, level, layers }: FigureChange): readonly string[] {
  const moved = layers.some((layer) => layer.change !== "numbers") ? " (other layers or places)" : "";
  const words = change === "not-judged" && numbersEqual ? "words only" : `${changeWords[change]}${moved}`;
  return [id, words, inIntervals === undefined ? "" : showNumber(inIntervals, 3), relative === undefined ? "" : showNumber(relative, 3), shownLevel(level)];
}

function tableRow({ id, change, cells, relative }: TableChange): readonly string[] {
  const words = { equal: "equal", words: "words only", numbers: "numbers", shape: "other columns or rows", "only-in-first": changeWords["only-in-first"], "only-in-second": changeWords["only-in-second"] };
  return [id, words[change], cells === undefined ? "" : String(cells), relative === undefined ? "" : showNumber(relative, 3)];
}

function shownLevel(level: number | undefined): string {
  return level === undefined ? "" : level < 1e-12 ? "< 10⁻¹²" : showNumber(level, 2);
}
