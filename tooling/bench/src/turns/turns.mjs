/** @file Entrants take turns: A B C, C B A, A B C ..., so that whatever slows the machine slows all alike. */
import { clamped } from "./clamped.mjs";

/** A block of one entrant lasts at least so many seconds, where one call is shorter and the rules say nothing. */
const SHORTEST = 0.01;
const FEWEST_BLOCKS = 3;

/**
 * @typedef {object} Entrant
 * @property {string} title
 * @property {(calls: number, clock: "processor" | "wall") => Promise<number>} time seconds that so many calls took
 */

/**
 * Times of all entrants. Whoever needs longer than `patience` for its first call is named with that time and does not take part.
 * @param {readonly Entrant[]} entrants
 * @param {object} rules
 * @param {"processor" | "wall"} rules.clock
 * @param {number} rules.blocks most blocks
 * @param {number} rules.budget seconds that all blocks may take together; three blocks are made in any case
 * @param {number} rules.patience seconds
 * @param {number} [rules.shortest] seconds that a block of one entrant lasts at least
 * @param {number} [rules.pause] milliseconds between two entrants, in which the waiting threads of the first come to rest
 * @param {(words: string) => void} [rules.progress]
 * @returns {Promise<{ blocks: number, times: Map<string, number[]>, tooSlow: Map<string, number> }>} seconds a call, block by block
 */
export async function takeTurns(entrants, { clock, blocks, budget, patience, shortest = SHORTEST, pause = 0, progress = () => undefined }) {
  const rest = () => (pause > 0 ? new Promise((resolve) => setTimeout(resolve, pause)) : undefined);
  const { calls, tooSlow, seconds } = await warmUp(entrants, { clock, patience, shortest, rest });
  const playing = entrants.filter(({ title }) => calls.has(title));
  const count = clamped(Math.floor(budget / seconds), FEWEST_BLOCKS, Math.max(blocks, FEWEST_BLOCKS));
  const times = new Map(playing.map(({ title }) => [title, []]));
  for (let block = 0; block < count; block++) {
    progress(`block ${block + 1} of ${count}, about ${Math.ceil((count - block) * seconds)} s left`);
    for (const { title, time } of block % 2 === 0 ? playing : [...playing].reverse()) {
      const number = calls.get(title);
      times.get(title).push((await time(number, clock)) / number);
      await rest();
    }
  }
  return { blocks: count, times, tooSlow };
}

/** Two calls of everybody: the second says how many make a block. */
async function warmUp(entrants, { clock, patience, shortest, rest }) {
  const calls = new Map();
  const tooSlow = new Map();
  let seconds = 0;
  for (const { title, time } of entrants) {
    const first = await time(1, clock);
    if (first > patience) {
      tooSlow.set(title, first);
      continue;
    }
    // A compiler needs some calls to warm up; a long call warms up on its way.
    const warm = clamped(Math.ceil((3 * shortest) / first), 1, 1000);
    const once = (await time(warm, clock)) / warm;
    calls.set(title, clamped(Math.ceil(shortest / once), 1, 1000));
    seconds += calls.get(title) * once;
    await rest();
  }
  return { calls, tooSlow, seconds };
}
