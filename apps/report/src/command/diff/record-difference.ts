import { canonicalJson, type MesoscopeRecord } from "@mesoscope/contracts";
import { adjustLevels } from "@mesoscope/finite-size";
import { fisherLevel } from "./chance.js";
import { draftFigures, type FigureChange } from "./figure-changes.js";
import { compareTables, type TableChange } from "./table-changes.js";
import { draftVerdicts, type Change, type Draft, type VerdictChange } from "./verdict-changes.js";

/** P(something is called "beyond chance" though nothing changed), over all tests of two records. */
export const familyLevel = 0.05;

/** What the study was asked with. */
export interface SettingChange {
  /** "seed", "parameter beta", "version of mesoscope", ... */
  readonly what: string;
  /** null where a record has none. */
  readonly first: unknown;
  readonly second: unknown;
}

export interface OutcomeChange {
  readonly first: Tally;
  readonly second: Tally;
  readonly change: Change;
  /** Of Fisher's exact test that replicas diverge as often, adjusted as the others. */
  readonly level?: number;
}

export interface Tally {
  readonly completed: number;
  readonly diverged: number;
  readonly censored: number;
}

export interface RecordDifference {
  readonly first: { readonly id: string; readonly hash: string };
  readonly second: { readonly id: string; readonly hash: string };
  /** Whether both are one record: equal hashes. */
  readonly identical: boolean;
  /** Whether equal bytes were promised (all of the setting equal, a deterministic backend) and did not come. */
  readonly reproducibilityFault: boolean;
  /** Whether both seeds are equal, so that samples may be shared. */
  readonly sameSeed: boolean;
  readonly setting: readonly SettingChange[];
  readonly verdicts: readonly VerdictChange[];
  readonly figures: readonly FigureChange[];
  readonly tables: readonly TableChange[];
  readonly outcomes: OutcomeChange;
  /** How many tests share the level of 5 %. */
  readonly tests: number;
  readonly beyondChance: number;
  /** Verdicts whose outcome changed, or which one record lacks, where no interval says whether by chance. */
  readonly unexplained: number;
}

/**
 * What changed between two records, and whether by more than chance: every verdict and every figure of simulated points with
 * intervals, and the share of replicas that diverged, is one test; all are adjusted together by Holm at 5 %.
 */
export function compareRecords(first: MesoscopeRecord, second: MesoscopeRecord): RecordDifference {
  const drafts = { verdicts: draftVerdicts(first, second), figures: draftFigures(first, second), outcomes: [draftOutcomes(first, second)] };
  const all: readonly Draft<unknown>[] = [...drafts.verdicts, ...drafts.figures, ...drafts.outcomes];
  const tested = all.filter(({ test }) => test !== undefined);
  const adjusted = adjustLevels(tested.map(({ test }) => test!.level), "holm");
  const levelOf = new Map(tested.map((draft, i) => [draft, adjusted[i]!]));
  const settle = <C>(draft: Draft<C>): C => {
    const level = levelOf.get(draft);
    return draft.settle(level, level !== undefined && level < familyLevel);
  };
  const [verdicts, figures, outcomes] = [drafts.verdicts.map(settle), drafts.figures.map(settle), settle(drafts.outcomes[0]!)];
  const setting = compareSettings(first, second);
  const identical = first.hash === second.hash;
  const isSame = setting.length === 0 && first.id === second.id;
  return {
    first: { id: first.id, hash: first.hash },
    second: { id: second.id, hash: second.hash },
    identical,
    reproducibilityFault: !identical && isSame && first.backend.deterministic,
    sameSeed: first.seed === second.seed,
    setting,
    verdicts,
    figures,
    tables: compareTables(first, second),
    outcomes,
    tests: tested.length,
    beyondChance: [...verdicts, ...figures, outcomes].filter(({ change }) => change === "beyond-chance").length,
    unexplained: verdicts.filter(({ change, outcomeChanged }) => change.startsWith("only-in") || (change === "not-judged" && outcomeChanged)).length,
  };
}

function draftOutcomes({ outcomes: a }: MesoscopeRecord, { outcomes: b }: MesoscopeRecord): Draft<OutcomeChange> {
  const tally = ({ completed, diverged, censored }: Tally): Tally => ({ completed, diverged, censored });
  const common = { first: tally(a), second: tally(b) };
  const ended = (of: Tally): number => of.completed + of.diverged + of.censored;
  const isEqual = canonicalJson(common.first) === canonicalJson(common.second);
  const level = fisherLevel(a.diverged, ended(a), b.diverged, ended(b));
  if (level === undefined) return { settle: () => ({ ...common, change: isEqual ? "equal" : "not-judged" }) };
  // Replicas that never diverge leave nothing to test, and would only weaken the other tests.
  if (a.diverged + b.diverged === 0) return { settle: () => ({ ...common, change: isEqual ? "equal" : "within-chance" }) };
  return { test: { level }, settle: (adjusted, isBeyond) => ({ ...common, change: isEqual ? "equal" : isBeyond ? "beyond-chance" : "within-chance", level: adjusted! }) };
}

function compareSettings(a: MesoscopeRecord, b: MesoscopeRecord): readonly SettingChange[] {
  const [ofA, ofB] = [settingOf(a), settingOf(b)];
  const names = [...new Set([...ofA.keys(), ...ofB.keys()])];
  const changed = names.map((what) => ({ what, first: ofA.get(what) ?? null, second: ofB.get(what) ?? null }));
  return changed.filter(({ first, second }) => canonicalJson(first) !== canonicalJson(second));
}

function settingOf(record: MesoscopeRecord): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ["level", record.level],
    ["seed", record.seed],
    ["backend", record.backend.id],
    ["deterministic backend", record.backend.deterministic],
    ...record.parameters.map(({ name, value }): [string, unknown] => [`parameter ${name}`, value]),
    ...Object.keys(record.versions)
      .sort()
      .map((name): [string, unknown] => [`version of ${name}`, record.versions[name]]),
  ]);
}
