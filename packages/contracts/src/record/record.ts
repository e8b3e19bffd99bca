/**
 * @file The record: everything a comparison found, as data. It holds no time, host or worker count,
 * so that one study, seed and set of versions makes one sequence of bytes. Times belong to `x.run.json`.
 */
import type { Equation } from "../pair/pair.js";
import type { Figure } from "./figure.js";

/** Why mean field fails somewhere: a closed list, so that reasons can be counted and compared. */
export type FailureReason =
  | "amplification"
  | "selection"
  | "symmetry-breaking"
  | "escape"
  | "saturation"
  | "no-limit"
  | "numerical"
  | "finite-size"
  | "unexplained";

export interface Verdict {
  readonly id: string;
  /** What is judged: "mean departure time, SA, β = 0.5, r = 0.2". */
  readonly subject: string;
  readonly outcome: "holds" | "fails" | "undecided";
  /** The rule that was applied, with its tolerance and level, in words. */
  readonly rule: string;
  /** The number the rule looked at, with its interval. */
  readonly value?: number;
  readonly interval?: readonly [number, number];
  readonly confidence?: number;
  readonly unit?: string;
  /** Where the number was found, if the rule looks at many: "n = 128, θ = 0.5". Numbers from other places are not the same number. */
  readonly at?: string;
  /** One sentence with the evidence. */
  readonly because: string;
  /** Named whenever the outcome is "fails". */
  readonly reason?: FailureReason;
}

export interface ParameterEntry {
  readonly name: string;
  readonly symbol: string;
  readonly meaning: string;
  readonly unit: string;
  readonly value: number | string | boolean | readonly number[];
}

export interface TableColumn {
  readonly id: string;
  /** Heading; symbol and unit included. */
  readonly title: string;
}

export interface Table {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly (number | string | null)[])[];
}

/** How the replicas ended, with one line for every kind of ending that was not plain. */
export interface OutcomeTally {
  readonly completed: number;
  readonly diverged: number;
  readonly censored: number;
  readonly notes: readonly { readonly where: string; readonly count: number; readonly message: string }[];
}

export interface Reference {
  readonly authors: string;
  readonly title: string;
  readonly year: number;
  /** For example "arXiv:2410.23228". */
  readonly identifier: string;
}

export interface RecordBody {
  readonly recordVersion: 1;
  /** Names the files of this record. */
  readonly id: string;
  readonly title: string;
  readonly question: string;
  /** The answer in words: the verdict first, then what it rests on. */
  readonly narrative: { readonly headline: string; readonly paragraphs: readonly string[] };
  readonly level: string;
  readonly seed: string;
  readonly parameters: readonly ParameterEntry[];
  readonly verdicts: readonly Verdict[];
  readonly tables: readonly Table[];
  readonly figures: readonly Figure[];
  readonly equations: readonly Equation[];
  readonly outcomes: OutcomeTally;
  readonly reproduce: { readonly command: string };
  readonly versions: Readonly<Record<string, string>>;
  readonly backend: { readonly id: string; readonly deterministic: boolean };
  readonly references: readonly Reference[];
}

/** A sealed record: the body and the SHA-256 of its canonical form. */
export interface MesoscopeRecord extends RecordBody {
  readonly hash: string;
}
