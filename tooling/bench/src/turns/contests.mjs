/** @file The contests of a section: every size, with one and with two threads. */
import { closeAll, contest, named, openAll, seatsOf } from "./contest.mjs";

/**
 * @param {readonly import("./contest.mjs").Competitor[]} competitors
 * @param {readonly { size: string, work: number, made: () => { problem: any, truth: ArrayLike<number> } }[]} tasks
 * @param {{ subject: string, tolerance: Record<string, number> }} of
 * @param {object} rules as a section gets them
 * @returns competitors and groups of a result, see report.mjs
 */
export async function measuredContests(competitors, tasks, { subject, tolerance }, { progress, ...rules }) {
  const seats = await openAll(competitors, progress);
  const groups = [];
  for (const { size, work, made } of tasks) {
    const task = { ...made(), tolerance, subject };
    for (const threads of [1, 2]) {
      const players = seatsOf(seats, threads, subject);
      if (players.length === 0) continue;
      const group = await contest(players, task, { ...rules, threads, progress: (words) => progress(`${size}, threads ${threads}: ${words}`) });
      groups.push({ size, work, ...group });
    }
  }
  await closeAll(seats);
  return { competitors: seats.map(named), groups };
}
