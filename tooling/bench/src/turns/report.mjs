/**
 * @file A contest in Markdown: speeds by dtype and threads, who played, what was asked.
 *
 * A result is { subject, unit, competitors, groups, targets } as plain JSON: `unit` is what the rate counts in millions, a group has
 * { size: as a head of a table, work: how many units a call, threads, blocks, results }.
 */
import { least, ratio } from "./statistics.mjs";
import { ratioCell, table, threeDigits } from "./table.mjs";
import { judged, resultOf } from "./targets.mjs";

const threadWords = (threads) => (threads === 1 ? "one thread" : threads === 2 ? "two threads" : `${threads} threads`);

/** How to read what follows, with the sentence about the machine. */
export const howToRead = (subject, machine) =>
  `Everybody's result is held against the definition before anybody is timed; then all take turns in one run, forward and backward. One thread is timed
by the processor's clock, two by the wall's, for a fifth of a second at least: a core that idled takes milliseconds to wake. A cell says how many times as long the other takes: *least time over least time (median: quartiles of the
ratios within blocks)*; above 1, the ${subject} is faster. Read the ratios, not the times. ${machine}`;

/** All tables. */
export function tables(result) {
  const kinds = [1, 2].flatMap((threads) => ["f64", "f32"].map((dtype) => ({ threads, dtype })));
  const shown = kinds.map((kind) => speeds(result, kind)).filter((words) => words !== "");
  const two = result.groups.some(({ threads }) => threads > 1) ? [] : [`No table for two threads: see the first line of the next one.`];
  const wanted = result.targets.length > 0 ? [`### Asked for\n\n${asked(result)}`] : [];
  return [...shown, ...two, whoPlayed(result), ...wanted].join("\n\n");
}

function speeds({ subject, unit, competitors, groups }, { threads, dtype }) {
  const chosen = groups.filter((group) => group.threads === threads && resultOf(group, subject, dtype)?.times !== undefined);
  if (chosen.length === 0) return "";
  const mine = (group) => resultOf(group, subject, dtype).times;
  const row = (title, cell) => [title, ...chosen.map(cell)];
  const rows = [
    row(`${subject}, ms`, (group) => threeDigits(1e3 * least(mine(group)))),
    row(`10^6 ${unit}/s`, (group) => threeDigits(group.work / least(mine(group)) / 1e6)),
    row("blocks", ({ blocks }) => String(blocks)),
  ];
  if (threads > 1) rows.push(row(`${subject}, one thread`, (group) => cell(resultOf(group, subject, dtype, 1), mine(group))));
  for (const { title, dtypes, absent } of competitors.filter((one) => one.title !== subject && one.threads === threads)) {
    if (absent !== undefined) rows.push(row(title, () => "absent"));
    else if (!dtypes.includes(dtype) && dtype === "f64") rows.push(row(title, () => "no f64"));
    else rows.push(row(dtypes.includes(dtype) ? title : `${title} (f64)`, (group) => cell(resultOf(group, title, dtype), mine(group))));
  }
  return table([`${dtype}, ${threadWords(threads)}`, ...chosen.map(({ size }) => size)], rows, `l${"r".repeat(chosen.length)}`);
}

function cell(other, mine) {
  if (other?.times !== undefined) return ratioCell(ratio(other.times, mine));
  if (other?.tooSlow !== undefined) return `not timed: ${threeDigits(other.tooSlow)} s a call`;
  return "absent";
}

/** Versions, forms, the largest error that was seen, and who was absent and why. */
function whoPlayed({ competitors, groups }) {
  const results = groups.flatMap((group) => group.results);
  const rows = [...new Set(competitors.map(({ title }) => title))].map((title) => {
    const seats = competitors.filter((one) => one.title === title);
    const present = seats.find(({ version }) => version !== undefined);
    const missing = seats.filter(({ absent }) => absent !== undefined).map(({ threads, absent }) => (present ? `${threadWords(threads)}: ${absent}` : absent));
    const failed = results.filter((one) => one.title === title && one.absent !== undefined).map(({ absent }) => absent);
    const version = [present?.version, ...new Set([...missing, ...failed])].filter((words) => words !== undefined).join("; ");
    return [title, seats[0].form, version, seats.map(({ threads }) => threads).join(", "), worst(results, title, "f64"), worst(results, title, "f32")];
  });
  return table(["who", "form", "version, or why absent", "threads", "error f64", "error f32"], rows, "lllrrr");
}

function worst(results, title, dtype) {
  const errors = results.filter((one) => one.title === title && one.dtype === dtype && one.error !== undefined).map(({ error }) => error);
  if (errors.length === 0) return "";
  const most = Math.max(...errors);
  return most === 0 ? "0" : most.toExponential(1);
}

function asked({ targets, groups, subject }) {
  const rows = judged(targets, groups, subject).map(({ size, dtype, threads, against, atLeast, measured, verdict }) => [
    `${size} ${dtype}, ${threadWords(threads)}, against ${against}`,
    String(atLeast),
    measured === undefined ? "" : ratioCell(measured),
    verdict,
  ]);
  return table(["ratio", "asked", "measured", "verdict"], rows, "lrrl");
}
