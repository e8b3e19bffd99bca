import { sealRecord, type MesoscopeRecord, type Parameters } from "@mesoscope/contracts";
import { runSerially, type RunCells } from "@mesoscope/finite-size";
import { referenceBackend } from "@mesoscope/kernels";
import { bundledPairs, type Study } from "../src/index.js";

const backend = referenceBackend();
export const runHere: RunCells = runSerially(bundledPairs({ backend }));

/** Runs a study at its quick level, smaller still where `smaller` says so, and seals what it found. */
export async function recordOf(study: Study, smaller: Parameters, options: { seed?: string; runCells?: RunCells; progress?: (done: number, of: number) => void } = {}): Promise<MesoscopeRecord> {
  const { seed = "1", runCells = runHere, progress } = options;
  const defaults = Object.fromEntries(Object.entries(study.parameters.properties).flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]])));
  const findings = await study.run({
    level: "quick",
    seed,
    parameters: { ...defaults, ...study.levels.quick, ...smaller },
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
    ...findings,
  });
}
