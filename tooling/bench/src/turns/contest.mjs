/**
 * @file A contest: competitors that solve the same problem, checked against the truth, then timed in turns.
 *
 * @typedef {"f64" | "f32"} Dtype
 *
 * @typedef {object} Competitor
 * @property {string} title as the tables call it
 * @property {string} form how it goes about it
 * @property {readonly Dtype[]} dtypes
 * @property {readonly number[]} threads numbers of threads that it can be held to
 * @property {(threads: number) => Opened | Promise<Opened>} open throws Absent where it is not installed
 *
 * @typedef {object} Opened
 * @property {string} version
 * @property {(problem: any, dtype: Dtype) => Loaded | Promise<Loaded>} load throws Absent where it cannot do what was asked
 * @property {() => unknown} close
 *
 * @typedef {object} Loaded
 * @property {(calls: number, clock: "processor" | "wall") => Promise<number>} time
 * @property {() => ArrayLike<number> | Promise<ArrayLike<number>>} result solves once more and gives all numbers
 * @property {() => unknown} free
 */
import { Absent } from "../rivals/absent.mjs";
import { clockFor } from "./clock.mjs";
import { takeTurns } from "./turns.mjs";

/** Waiting threads of BLAS and OpenMP spin for some milliseconds after their work. */
const PAUSE = 40;
/** Seconds of a block of several threads: they sleep in the pause, and a core that idled takes milliseconds to wake. */
const AWAKE = 0.2;

/** Each competitor with each number of its threads: opened, or absent with the reason. */
export async function openAll(competitors, progress) {
  const seats = [];
  for (const competitor of competitors) {
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

export async function closeAll(seats) {
  for (const { opened } of seats) await opened?.close();
}

/** A seat as plain JSON. */
export const named = ({ competitor: { title, form, dtypes }, threads, opened, absent }) => ({ title, form, dtypes, threads, ...(opened ? { version: opened.version } : { absent }) });

/** Who plays with so many threads; with several, the subject on one as well, for the gain. Nobody where the subject cannot. */
export function seatsOf(seats, threads, subject) {
  const present = seats.filter(({ opened }) => opened !== undefined);
  const own = present.some((seat) => seat.competitor.title === subject && seat.threads === threads);
  return own ? present.filter((seat) => seat.threads === threads || seat.competitor.title === subject) : [];
}

/**
 * One problem and number of threads: everybody's result is checked, then all take turns.
 * @param {readonly object[]} seats
 * @param {{ problem: any, truth: ArrayLike<number>, tolerance: Record<Dtype, number>, subject: string }} task
 * @param {{ threads: number, blocks: number, budget: number, patience: number, progress: (words: string) => void }} rules
 * @throws RangeError when somebody's result is not the truth within the tolerance, or the subject's bits depend on its threads
 */
export async function contest(seats, { problem, truth, tolerance, subject }, { threads, ...rules }) {
  const entrants = [];
  const failures = [];
  const own = new Map();
  for (const { competitor, opened, threads: count } of seats) {
    for (const dtype of competitor.dtypes) {
      const words = { title: competitor.title, threads: count, dtype };
      rules.progress(`checking ${competitor.title} ${dtype}`);
      try {
        const loaded = await opened.load(problem, dtype);
        const found = await loaded.result();
        const error = errorOf(competitor.title, found, truth, tolerance[dtype]);
        if (competitor.title === subject) requireSameBytes(own, words, found);
        entrants.push({ ...loaded, words: { ...words, error }, title: `${competitor.title} ${dtype} ${count}` });
      } catch (error) {
        if (!(error instanceof Absent)) throw error;
        failures.push({ ...words, absent: error.message });
      }
    }
  }
  const clock = clockFor(threads);
  const turns = await takeTurns(entrants, { clock, ...(threads === 1 ? {} : { pause: PAUSE, shortest: AWAKE }), ...rules });
  for (const { free } of entrants) await free();
  const results = entrants.map(({ title, words }) => ({ ...words, ...(turns.times.has(title) ? { times: turns.times.get(title) } : { tooSlow: turns.tooSlow.get(title) }) }));
  return { threads, clock, blocks: turns.blocks, results: [...results, ...failures] };
}

/**
 * The largest error of a result.
 * @throws RangeError when it solves another problem: nobody is timed for that
 */
export function errorOf(title, result, truth, tolerance) {
  if (result.length !== truth.length) throw new RangeError(`${title}: ${result.length} numbers, must be ${truth.length}: not the same problem`);
  let largest = 0;
  for (let at = 0; at < truth.length; at++) {
    const error = Math.abs(result[at] - truth[at]);
    if (!(error < tolerance)) throw new RangeError(`${title}: element ${at} is ${result[at]}, must be ${truth[at]} within ${tolerance}: not the same problem`);
    largest = Math.max(largest, error);
  }
  return largest;
}

/** Bits before speed: the subject's result has the same bytes on any number of threads. */
export function requireSameBytes(own, { title, dtype, threads }, result) {
  const first = own.get(dtype) ?? result;
  own.set(dtype, first);
  const at = result.findIndex((value, index) => !Object.is(value, first[index]));
  if (at >= 0) throw new RangeError(`${title} ${dtype}: element ${at} is ${result[at]} on ${threads} threads and ${first[at]} on one; it must be the same`);
}
