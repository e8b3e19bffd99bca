import type { Context, Equation, MesoscopeRecord, Pair, Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { RunCells } from "@mesoscope/finite-size";
import type { Backend } from "@mesoscope/kernels";

export type Level = "quick" | "default" | "full";
export interface StudyRequest {
  readonly level: Level;
  readonly seed: string;
  readonly parameters: Parameters;
  readonly runCells: RunCells;
  readonly backend: Backend;
  readonly context: Context;
}
export type Findings = Pick<
  MesoscopeRecord,
  "narrative" | "parameters" | "verdicts" | "tables" | "figures" | "equations" | "outcomes" | "references"
>;
export interface Study {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly parameters: ParameterSchema;
  readonly levels: Readonly<Record<Level, Parameters>>;
  run(request: StudyRequest): Promise<Findings>;
}
export interface Quantity {
  readonly id: string;
  readonly title: string;
  readonly equations: readonly Equation[];
  readonly input: Readonly<Record<string, unknown>>;
  readonly output: Readonly<Record<string, unknown>>;
  readonly example: Readonly<Record<string, unknown>>;
  compute(input: Readonly<Record<string, unknown>>): unknown;
}

/** Sizes and replicas that a study file may set for a stranger's pair. */
export interface PairDesign {
  readonly sizes?: readonly number[];
  readonly replicas?: number;
}

/** Everything that can be run or asked for: the exports of `composition.ts`, or of a stand-in in a test. */
export interface Catalogue {
  readonly studies: readonly Study[];
  readonly quantities: readonly Quantity[];
  bundledPairs(options: { readonly backend: Backend }): Readonly<Record<string, Pair>>;
  studyOfPair(pair: Pair, design?: PairDesign): Study;
  /** Names of the backends this program is composed with, the default first. */
  readonly backendNames: readonly string[];
  loadBackend(name: string): Promise<Backend>;
}

export const levels: readonly Level[] = ["quick", "default", "full"];

/** Imports the catalogue from where the world says it is. */
export async function loadCatalogue(url: string): Promise<Catalogue> {
  return (await import(url)) as Catalogue;
}
