/** @file Section `drift` in Markdown. */
import { least, ratio } from "../turns/statistics.mjs";
import { ratioCell, table, threeDigits } from "../turns/table.mjs";
import { judged, resultOf } from "./targets.mjs";

const threadWords = (threads) => (threads === 1 ? "one thread" : `${threads} threads`);

/** @param result what `measure` gave @param machine a sentence */
export function text(result, machine) {
  const kinds = [1, 2].flatMap((threads) => ["f64", "f32"].map((dtype) => ({ threads, dtype })));
  const tables = kinds.map((kind) => speeds(result, kind)).filter((words) => words !== "");
  return [
    `The drift of softmax attention (\`attention-drift\`, Q = K = V = I, beta = ${result.beta}, one replica of n tokens in R^d). Everybody's drift is held against the
definition before anybody is timed; then all take turns in one run, forward and backward. One thread is timed by the processor's clock, two by the wall's.
A cell says how many times as long the other takes: *least time over least time (median: quartiles of the ratios within blocks)*; above 1, the wasm backend
is faster. Read the ratios, not the times. ${machine}`,
    ...tables,
    ...(result.groups.some(({ threads }) => threads > 1) ? [] : ["No table for two threads: see the first line below."]),
    whoPlayed(result),
    `### Asked for\n\n${asked(result)}`,
    LIMITS,
  ].join("\n\n");
}

function speeds({ competitors, groups }, { threads, dtype }) {
  const chosen = groups.filter((group) => group.threads === threads && resultOf(group, "wasm backend", dtype)?.times !== undefined);
  if (chosen.length === 0) return "";
  const mine = (group) => resultOf(group, "wasm backend", dtype).times;
  const row = (title, cell) => [title, ...chosen.map(cell)];
  const rows = [
    row("wasm backend, ms", (group) => threeDigits(1e3 * least(mine(group)))),
    row("10^6 pairs/s", ({ n, ...group }) => threeDigits((n * n) / least(mine(group)) / 1e6)),
    row("blocks", ({ blocks }) => String(blocks)),
  ];
  if (threads > 1) rows.push(row("wasm backend, one thread", (group) => ratioCell(ratio(resultOf(group, "wasm backend", dtype, 1).times, mine(group)))));
  const others = competitors.filter((one) => one.title !== "wasm backend" && one.threads === threads);
  for (const { title, dtypes, absent } of others) {
    if (absent !== undefined) rows.push(row(title, () => "absent"));
    else if (!dtypes.includes(dtype) && dtype === "f64") rows.push(row(title, () => "no f64"));
    else rows.push(row(dtypes.includes(dtype) ? title : `${title} (f64)`, (group) => cell(resultOf(group, title, dtype), mine(group))));
  }
  const heads = [`${dtype}, ${threadWords(threads)}`, ...chosen.map(({ n, d }) => `(${n}, ${d})`)];
  return table(heads, rows, `l${"r".repeat(chosen.length)}`);
}

function cell(other, mine) {
  if (other?.times !== undefined) return ratioCell(ratio(other.times, mine));
  if (other?.tooSlow !== undefined) return `not timed: ${threeDigits(other.tooSlow)} s a drift`;
  return "absent";
}

/** Versions, forms, the largest error that was seen, and who was absent and why. */
function whoPlayed({ competitors, groups }) {
  const results = groups.flatMap((group) => group.results);
  const worst = (title, dtype) => {
    const errors = results.filter((one) => one.title === title && one.dtype === dtype && one.error !== undefined).map(({ error }) => error);
    return errors.length === 0 ? "" : Math.max(...errors).toExponential(1);
  };
  const titles = [...new Set(competitors.map(({ title }) => title))];
  const rows = titles.map((title) => {
    const seats = competitors.filter((one) => one.title === title);
    const present = seats.find(({ version }) => version !== undefined);
    const [{ form }] = seats;
    const missing = seats.filter(({ absent }) => absent !== undefined).map(({ threads, absent }) => (present ? `${threadWords(threads)}: ${absent}` : absent));
    const failed = new Set(results.filter((one) => one.title === title && one.absent !== undefined).map(({ absent }) => absent));
    const version = [present?.version, ...new Set(missing), ...failed].filter((words) => words !== undefined).join("; ");
    return [title, form, version, seats.map(({ threads }) => threads).join(", "), worst(title, "f64"), worst(title, "f32")];
  });
  return table(["who", "form", "version, or why absent", "threads", "error f64", "error f32"], rows, "lllrrr");
}

function asked({ groups }) {
  const rows = judged(groups).map(({ n, d, dtype, threads, against, atLeast, measured, verdict }) => [
    `(${n}, ${d}) ${dtype}, ${threadWords(threads)}, against ${against}`,
    String(atLeast),
    measured === undefined ? "" : ratioCell(measured),
    verdict,
  ]);
  return table(["ratio", "asked", "measured", "verdict"], rows, "lrrl");
}

const LIMITS = `### What limits whom

- *wasm backend*: vectors of 128 bits and no fused multiply-add, so that the bits are the same everywhere: at most 2 doubles or 4 floats an instruction. At d up to 16 it
  wins by visiting each pair once (one exponential for two tokens) and by never writing an n by n array; at d = 128, where all only multiply, width decides.
- *plain JS, reference backend, ndarray-gemm, gpu.js*: one number an instruction, and \`Math.exp\` at about 10 ns; gpu.js has no GPU in Node, and exponentials
  one by one in its WebAssembly, too.
- *numpy-ts*: SIMD of 128 bits as well, with an array for every operation; broadcasting over n by n is its slow part (textbook against chunks).
- *NumPy and PyTorch, textbook*: memory. An n by n array leaves the cache, and at n = 8192 the system has to find its pages.
- *NumPy in chunks*: exponentials at small d, arithmetic at large d, on vectors of 256 or 512 bits (\`OPENBLAS_CORETYPE\` chooses the kernels of its products).
- *Two threads*: what is not shared out, and a second core that other work of the machine may hold.`;
