/** @file Section `drift`: the attention drift on the wasm backend against everybody else, size by size. */
import { Absent } from "../turns/absent.mjs";
import { built } from "../turns/built.mjs";
import { clockFor } from "../turns/clock.mjs";
import { takeTurns } from "../turns/turns.mjs";
import { gpujsCpu, gpujsWasm } from "./gpujs.mjs";
import { ndarray } from "./ndarray.mjs";
import { numpyTsChunked, numpyTsTextbook } from "./numpy-ts.mjs";
import { reference, wasm } from "./own-backends.mjs";
import { plain } from "./plain.mjs";
import { errorOf, TOLERANCE, unitTokens } from "./problem.mjs";
import { numpyChunked, numpyTextbook, torchFused, torchTextbook } from "./python.mjs";
import { text } from "./report.mjs";

const BETA = 2;
const SIZES = [[512, 3], [2048, 3], [2048, 16], [2048, 128], [8192, 16]];
const QUICK = [[512, 3], [2048, 16]];
/** Waiting threads of BLAS and OpenMP spin for some milliseconds after their work. */
const PAUSE = 40;

/** Everybody, in the order of the tables; the first is the one whose speed is the question. */
export const competitors = [
  wasm, plain, reference, ndarray, gpujsWasm, gpujsCpu, numpyTsTextbook, numpyTsChunked, numpyTextbook, numpyChunked, torchTextbook, torchFused,
];

export const drift = {
  id: "drift",
  title: "Attention drift",
  measure: async ({ blocks, budget, patience, quick, progress }) => {
    const { attentionDrift } = await built("kernels");
    const numerics = await built("numerics");
    const seats = await openAll(competitors, progress);
    const groups = [];
    for (const [n, d] of quick ? QUICK : SIZES) {
      const problem = { x: unitTokens(numerics, n, d), n, d, beta: BETA };
      const truth = new Float64Array(n * d);
      attentionDrift(problem.x, { batch: 1, n, d, flow: "SA", beta: BETA }, truth);
      for (const threads of [1, 2].filter((count) => seatsOf(seats, count).length > 0)) {
        const say = (words) => progress(`(${n}, ${d}), ${threads === 1 ? "one thread" : "two threads"}: ${words}`);
        groups.push(await group(seatsOf(seats, threads), problem, truth, { threads, blocks, budget, patience, progress: say }));
      }
    }
    for (const { opened } of seats) await opened?.close();
    return { beta: BETA, competitors: seats.map(named), groups };
  },
  text,
};

/** Each competitor with each number of its threads: opened, or absent with the reason. */
async function openAll(all, progress) {
  const seats = [];
  for (const competitor of all) {
    for (const threads of competitor.threads) {
      progress(`${competitor.title}, threads: ${threads}`);
      try {
        seats.push({ competitor, threads, opened: await competitor.open(threads) });
      } catch (error) {
        if (!(error instanceof Absent)) throw error;
        seats.push({ competitor, threads, absent: error.message });
      }
    }
  }
  return seats;
}

const named = ({ competitor: { title, form, dtypes }, threads, opened, absent }) => ({ title, form, dtypes, threads, ...(opened ? { version: opened.version } : { absent }) });

/** Who plays with so many threads; with two, the wasm backend on one as well, for the gain. Nobody where it has no threads itself. */
function seatsOf(seats, threads) {
  const present = seats.filter(({ opened }) => opened !== undefined);
  const own = present.some((seat) => seat.competitor === wasm && seat.threads === threads);
  return own ? present.filter((seat) => seat.threads === threads || seat.competitor === wasm) : [];
}

/** One size and number of threads: everybody's drift is checked, then all take turns. */
export async function group(seats, problem, truth, { threads, blocks, budget, patience, progress }) {
  const entrants = [];
  const failures = [];
  const own = new Map();
  for (const { competitor, opened, threads: count } of seats) {
    for (const dtype of competitor.dtypes) {
      const words = { title: competitor.title, threads: count, dtype };
      progress(`checking ${competitor.title} ${dtype}`);
      try {
        const loaded = await opened.load(problem, dtype);
        const found = await loaded.drift();
        const error = errorOf(competitor.title, found, truth, TOLERANCE[dtype]);
        if (competitor === wasm) requireSameBytes(own, dtype, count, found);
        entrants.push({ ...loaded, words: { ...words, error }, title: `${competitor.title} ${dtype} ${count}` });
      } catch (error) {
        if (!(error instanceof Absent)) throw error;
        failures.push({ ...words, absent: error.message });
      }
    }
  }
  const clock = clockFor(threads);
  const turns = await takeTurns(entrants, { clock, blocks, budget, patience, pause: threads === 1 ? 0 : PAUSE, progress });
  for (const { free } of entrants) await free();
  const results = entrants.map(({ title, words }) => ({ ...words, ...(turns.times.has(title) ? { times: turns.times.get(title) } : { tooSlow: turns.tooSlow.get(title) }) }));
  return { n: problem.n, d: problem.d, threads, clock, blocks: turns.blocks, results: [...results, ...failures] };
}

/** Bits before speed: the drift of the wasm backend has the same bytes on any number of threads. */
export function requireSameBytes(own, dtype, threads, drift) {
  const first = own.get(dtype) ?? drift;
  own.set(dtype, first);
  const at = drift.findIndex((value, index) => !Object.is(value, first[index]));
  if (at >= 0) throw new RangeError(`wasm backend ${dtype}: element ${at} is ${drift[at]} on ${threads} threads and ${first[at]} on one; it must be the same`);
}
