/** @file What the subject is meant to reach, and whether it does: ratios of least times, as in the tables. */
import { ratio } from "./statistics.mjs";

/** The result of one competitor in a group; who has doubles only stands against either dtype. */
export function resultOf(group, title, dtype, threads = group.threads) {
  const found = group.results.filter((result) => result.title === title && result.threads === threads);
  return found.find((result) => result.dtype === dtype) ?? found.find((result) => result.dtype === "f64");
}

/**
 * Each target with what was measured and a verdict in words.
 * @param {readonly { size: string, dtype: string, threads: number, against: string, atLeast: number }[]} targets `against` is a title of the tables,
 * or "one thread": the subject itself on one
 */
export function judged(targets, groups, subject) {
  return targets.map((target) => {
    const group = groups.find(({ size, threads }) => size === target.size && threads === target.threads);
    const mine = group && resultOf(group, subject, target.dtype)?.times;
    const other = group && (target.against === "one thread" ? resultOf(group, subject, target.dtype, 1) : resultOf(group, target.against, target.dtype))?.times;
    if (mine === undefined || other === undefined) return { ...target, verdict: "not measured" };
    const measured = ratio(other, mine);
    const share = measured.least / target.atLeast;
    return { ...target, measured, verdict: share >= 1 ? `met, ${share.toFixed(2)} times what was asked` : `missed, ${share.toFixed(2)} of what was asked` };
  });
}
