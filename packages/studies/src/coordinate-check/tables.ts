import type { Table } from "@mesoscope/contracts";
import { formatNumber } from "@mesoscope/finite-size";
import { tableOf } from "../findings/table.js";
import { intervalInWords } from "../findings/words.js";
import type { CheckedCase, PowerOutcome } from "./cases.js";

const WORDS: Readonly<Record<PowerOutcome, string>> = { holds: "pass", fails: "fail", undecided: "undecided", "not-promised": "no power promised" };

export function checkTables(cases: readonly CheckedCase[]): readonly Table[] {
  return [powersTable(cases), ...cases.filter(({ isControl }) => isControl).map(controlTable)];
}

function powersTable(cases: readonly CheckedCase[]): Table {
  return tableOf("powers", "Powers with which the root mean square movement of every coordinate goes with a size: measured and promised", {
    case: "case",
    number: "number in the figure",
    coordinate: "coordinate",
    meaning: "meaning",
    power: "power",
    interval: "its interval, 95 % for all of a case together",
    promised: "promised power",
    answer: "answer",
    goodness: "goodness of fit",
  }, cases.flatMap(({ title, powers }) => powers.map(({ coordinate, power, interval, isTold, promised, outcome, goodness }, i) => [
    title,
    i + 1,
    coordinate.symbol,
    coordinate.meaning,
    isTold ? Number(power.toFixed(3)) : null,
    isTold ? intervalInWords(interval) : null,
    promised.power ?? promised.reason,
    WORDS[outcome],
    formatNumber(goodness, 2),
  ])));
}

/** What the promises of the mean-field scheme say of networks of another scheme: most must fail. */
function controlTable({ id, title, powers, asMeanField }: CheckedCase): Table {
  return tableOf(`control-${id}`, `Control: ${title}, judged by the promises of the mean-field scheme`, {
    coordinate: "coordinate",
    meaning: "meaning",
    power: "power",
    interval: "its interval",
    answer: "answer by the mean-field promise",
    own: "answer by its own promise",
  }, powers.map(({ coordinate, power, interval, outcome }, i) => [coordinate.symbol, coordinate.meaning, Number(power.toFixed(3)), intervalInWords(interval), WORDS[asMeanField[i]!], WORDS[outcome]]));
}
