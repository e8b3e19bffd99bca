import type { Context, MesoscopeRecord, Parameters, ParameterSchema, Reference } from "@mesoscope/contracts";
import type { Cell, RunCells } from "@mesoscope/finite-size";
import type { Backend } from "@mesoscope/kernels";

/** How much a study may cost: seconds, about twelve seconds, or as long as its question needs. */
export type Level = "quick" | "default" | "full";

/** What a study is given: everything that its bytes may depend on, and the means to compute. */
export interface StudyRequest {
  readonly level: Level;
  readonly seed: string;
  /** Complete: the defaults of the level, overridden by what the user set, checked against `parameters`. */
  readonly parameters: Parameters;
  /** Runs cells somewhere (here, in workers, on a cluster); the answer depends on the cells only. */
  readonly runCells: RunCells;
  readonly backend: Backend;
  readonly context: Context;
}

/** What the cells of a study depend on. */
export type PlanRequest = Pick<StudyRequest, "level" | "seed" | "parameters" | "backend">;

/** What a study answers; the runner adds references, level, seed, versions, backend and how to reproduce, and seals the record. */
export type Findings = Pick<
  MesoscopeRecord,
  "narrative" | "parameters" | "verdicts" | "tables" | "figures" | "equations" | "outcomes"
>;

/** One question, put to the pairs that can answer it. */
export interface Study {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  /** What a user may set, as JSON Schema. */
  readonly parameters: ParameterSchema;
  /** The parameters of each level, where they differ from the schema's defaults. */
  readonly levels: Readonly<Record<Level, Parameters>>;
  /** The papers whose theories it puts to the test. */
  readonly references: readonly Reference[];
  /** All cells that `run` may ask for, without running any: `run` asks for these, or, where it stops early, for some of them. */
  plan(request: PlanRequest): readonly Cell[];
  run(request: StudyRequest): Promise<Findings>;
}
