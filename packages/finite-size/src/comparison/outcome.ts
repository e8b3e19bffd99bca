/** @file From the levels of single tests to outcomes: at one size, for one statement, and jointly. */
import { adjustLevels, type Multiplicity } from "../statistics/multiplicity.js";
import type { JudgedOutcome, SizeFinding } from "./comparison.js";
import type { Draft } from "./finding.js";

/**
 * Outcomes of one statement at each size. *Holds*: every entry is equivalent; all of them at the single level is a test of the
 * whole (intersection-union), without adjustment. *Fails*: some entry is beyond its margin after adjustment over entries and sizes,
 * since with many entries one will look so by chance.
 */
export function outcomesBySize(drafts: readonly Draft[], level: number, multiplicity: Multiplicity): readonly (JudgedOutcome | "not-applicable")[] {
  const fails = adjusted(drafts, (draft) => draft.failsAt, multiplicity);
  return drafts.map((draft, k) => {
    if (!draft.applies) return "not-applicable";
    if (draft.holdsAt.length > 0 && draft.holdsAt.every((at) => at < level)) return "holds";
    return fails[k]!.some((at) => at < level) ? "fails" : "undecided";
  });
}

/**
 * Whether a single run is as good as the mean at each size: *holds* where the mean holds and the spread is below the margin at every entry
 * (intersection-union again), *fails* where the mean fails or some spread is beyond its margin, adjusted over entries and sizes.
 */
export function typicalOutcomes(drafts: readonly Draft[], outcomes: readonly (JudgedOutcome | "not-applicable")[], level: number, multiplicity: Multiplicity): readonly (JudgedOutcome | "not-applicable")[] {
  const beyond = adjusted(drafts, ({ single }) => single.map(({ aboveAt }) => aboveAt), multiplicity);
  return drafts.map(({ single }, k) => {
    const outcome = outcomes[k]!;
    if (outcome === "not-applicable" || outcome === "fails") return outcome;
    if (beyond[k]!.some((at) => at < level)) return "fails";
    return outcome === "holds" && single.length > 0 && single.every(({ belowAt }) => belowAt < level) ? "holds" : "undecided";
  });
}

/**
 * Along a series in time, how far a theory goes: until the last time up to which every entry holds, tested from the start onwards,
 * a fixed sequence that needs no adjustment; and from when on it fails, adjusted over entries and sizes. Indices of entries.
 */
export function reachOf(drafts: readonly Draft[], k: number, level: number, multiplicity: Multiplicity): { readonly holdsUntil: number; readonly failsFrom: number } {
  const { holdsAt } = drafts[k]!;
  const first = holdsAt.findIndex((at) => !(at < level));
  return { holdsUntil: (first < 0 ? holdsAt.length : first) - 1, failsFrom: adjusted(drafts, (draft) => draft.failsAt, multiplicity)[k]!.findIndex((at) => at < level) };
}

/** The same where every single "holds" and "fails" is adjusted over the whole family of drafts. */
export function jointOutcomes(drafts: readonly Draft[], level: number, multiplicity: Multiplicity): readonly SizeFinding["jointOutcome"][] {
  const holds = adjusted(drafts, (draft) => draft.holdsAt, multiplicity);
  const fails = adjusted(drafts, (draft) => draft.failsAt, multiplicity);
  return drafts.map((draft, k) => {
    if (!draft.applies) return "not-applicable";
    if (holds[k]!.length > 0 && holds[k]!.every((at) => at < level)) return "holds";
    return fails[k]!.some((at) => at < level) ? "fails" : "undecided";
  });
}

/** Levels adjusted over all drafts, cut back into the drafts. */
function adjusted(drafts: readonly Draft[], levels: (draft: Draft) => readonly number[], multiplicity: Multiplicity): readonly (readonly number[])[] {
  const all = adjustLevels(drafts.flatMap(levels), multiplicity);
  let from = 0;
  return drafts.map((draft) => {
    const own = all.slice(from, from + levels(draft).length);
    from += own.length;
    return own;
  });
}
