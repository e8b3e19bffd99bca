/** @file What the wasm backend is meant to reach, and whether it does: ratios of least times, as in the tables. */
import { ratio } from "../turns/statistics.mjs";

const small = [[512, 3], [2048, 3], [2048, 16], [8192, 16]];
const each = (sizes, dtype, threads, against, atLeast) => sizes.map(([n, d]) => ({ n, d, dtype, threads, against, atLeast }));

/** `against` is a title of the tables; "one thread" is the wasm backend itself on one. */
export const targets = [
  ...each([[2048, 16]], "f32", 1, "plain JS", 30),
  ...each([[2048, 16]], "f64", 1, "plain JS", 15),
  ...each(small, "f64", 1, "NumPy textbook", 2),
  ...each([[512, 3], [2048, 3]], "f64", 1, "NumPy in chunks", 0.85),
  ...each([[2048, 16], [8192, 16]], "f64", 1, "NumPy in chunks", 0.65),
  ...["f64", "f32"].flatMap((dtype) => each([[2048, 3], [2048, 16], [2048, 128]], dtype, 2, "one thread", 1.5)),
  ...["f64", "f32"].flatMap((dtype) => each([[8192, 16]], dtype, 2, "one thread", 1.7)),
];

/** The result of one competitor in a group; plain JavaScript, which has doubles only, stands against either dtype. */
export function resultOf(group, title, dtype, threads = group.threads) {
  const found = group.results.filter((result) => result.title === title && result.threads === threads);
  return found.find((result) => result.dtype === dtype) ?? found.find((result) => result.dtype === "f64");
}

/** Each target with what was measured and a verdict in words. */
export function judged(groups) {
  return targets.map((target) => {
    const group = groups.find(({ n, d, threads }) => n === target.n && d === target.d && threads === target.threads);
    const mine = group && resultOf(group, "wasm backend", target.dtype)?.times;
    const other = group && (target.against === "one thread" ? resultOf(group, "wasm backend", target.dtype, 1) : resultOf(group, target.against, target.dtype))?.times;
    if (mine === undefined || other === undefined) return { ...target, verdict: "not measured" };
    const measured = ratio(other, mine);
    const share = measured.least / target.atLeast;
    return { ...target, measured, verdict: share >= 1 ? `met, ${share.toFixed(2)} times what was asked` : `missed, ${share.toFixed(2)} of what was asked` };
  });
}
