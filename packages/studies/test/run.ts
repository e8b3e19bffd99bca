import { sealRecord, type MesoscopeRecord, type Parameters } from "@mesoscope/contracts";
import { runSerially, type Cell, type RunCells } from "@mesoscope/finite-size";
import { referenceBackend } from "@mesoscope/kernels";
import { bundledPairs, type Study } from "../src/index.js";

const backend = referenceBackend();
export const runHere: RunCells = runSerially(bundledPairs({ backend }));

/** All parameters of the quick level, with what `smaller` says. */
export function completed(study: Study, smaller: Parameters): Parameters {
  const defaults = Object.fromEntries(Object.entries(study.parameters.properties).flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]])));
  return { ...defaults, ...study.levels.quick, ...smaller };
}

/** The cells that a study plans. */
export function cellsOf(study: Study, smaller: Parameters): readonly Cell[] {
  return study.plan({ level: "quick", seed: "1", parameters: completed(study, smaller), backend });
}

/** Runs a study at its quick level, smaller still where `smaller` says so, and seals what it found. */
export async function recordOf(study: Study, smaller: Parameters, options: { seed?: string; runCells?: RunCells; progress?: (done: number, of: number) => void } = {}): Promise<MesoscopeRecord> {
  const { seed = "1", runCells = runHere, progress } = options;
  const findings = await study.run({
    level: "quick",
    seed,
    parameters: completed(study, smaller),
    runCells,
    backend,
    context: progress === undefined ? {} : { progress },
  });
  return sealRecord({
    recordVersion: 1,
    id: study.id,
    title: study.title,
    question: study.question,
    level: "quick",
    seed,
    reproduce: { command: `mesoscope run ${study.id}` },
    versions: {},
    backend: { id: backend.id, deterministic: true },
    references: study.references,
    ...findings,
  });
}
