/** @file The study that any pair gets without writing one: every theory, every observable, along its first axis. */
import type { OutcomeTally, Pair, ParameterSchema, Transition } from "@mesoscope/contracts";
import { compareSequentially, measureTransition, planControls, planSequentially, planTransition, runControls, toVerdicts, type TransitionDesign, type TransitionFinding } from "@mesoscope/finite-size";
import { equations } from "../equations.js";
import { comparisonTable } from "../findings/comparison-table.js";
import { distinctCells } from "../findings/distinct-cells.js";
import { extrapolationTable } from "../findings/extrapolation-table.js";
import { present } from "../findings/present.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { shareProgress } from "../findings/progress.js";
import { controlsTable, scalingTable, sideBySideTable } from "../findings/scaling-tables.js";
import { shapeTable } from "../findings/shape-table.js";
import { unitsTable } from "../findings/units-table.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { figuresOf } from "./figures.js";
import { pairNarrative } from "./narrative.js";
import { CONFIDENCE, LEVEL, levelsOf, schemaOf, settingsOf, type PairDesign, type PairSettings } from "./settings.js";
import { collapseInWords, transitionFigure, transitionTable, transitionVerdict } from "./transition.js";

/**
 * A study of one pair: sizes along its first axis, the other axes at their least size; the controls, and as many looks as are asked for.
 * @throws ContractError if the pair names a parameter like one of the design's
 */
export function studyOfPair(pair: Pair, design: PairDesign = {}): Study {
  const schema = schemaOf(pair);
  const { symbol, meaning } = pair.axes[0]!;
  return {
    id: pair.id,
    title: pair.title,
    question: `From which ${symbol} on (${meaning}) do the theories of this pair hold?`,
    parameters: schema,
    levels: levelsOf(pair, design),
    references: [],
    plan: ({ parameters, seed }) => {
      const settings = settingsOf(pair, parameters);
      return distinctCells([
        ...planSequentially(pair, settings.own, settings.design, seed),
        ...(settings.controls === undefined ? [] : planControls(pair, settings.own, settings.controls, seed)),
        ...transitionsOf(pair, settings).flatMap(({ transition, scan }) => planTransition(pair, settings.own, transition, scan, seed)),
      ]);
    },
    run: (request) => runPair(pair, schema, request),
  };
}

async function runPair(pair: Pair, schema: ParameterSchema, request: StudyRequest): Promise<Findings> {
  const settings = settingsOf(pair, request.parameters);
  const transitions = transitionsOf(pair, settings);
  const [forControls, forLooks, ...forScans] = shareProgress(request.context, [1, 9, ...transitions.map(() => 5)]);
  const options = { seed: request.seed, tolerance: { ...settings.tolerance, spread: settings.tolerance.relative! }, level: LEVEL, runCells: request.runCells };
  const controls = settings.controls === undefined ? [] : await runControls(pair, settings.own, settings.controls, { ...options, context: forControls! });
  const found = await compareSequentially(pair, settings.own, settings.design, { ...options, confidence: CONFIDENCE, controls, context: forLooks! });
  const { comparison } = found;
  const scanned: { pair: Pair; finding: TransitionFinding; at: number }[] = [];
  for (const [at, { transition, scan }] of transitions.entries()) {
    const finding = await measureTransition(pair, settings.own, transition, scan, { seed: request.seed, confidence: CONFIDENCE, runCells: request.runCells, context: forScans[at]! });
    scanned.push({ pair, finding, at });
  }
  const panels = [{ title: pair.title, comparison }];
  const sampled = [{ title: pair.title, comparison, ensembles: found.ensembles }];
  return {
    narrative: pairNarrative(pair, found, settings, scanned.map(collapseInWords)),
    parameters: parameterEntries(schema, request.parameters),
    verdicts: [...toVerdicts(comparison), ...scanned.map(transitionVerdict)],
    tables: [
      comparisonTable("comparison", "Every theory at every size", panels),
      scalingTable("scaling", "Exponents, and the sizes from which on each theory holds", panels),
      ...present(sideBySideTable("side-by-side", "Theories side by side", panels)),
      ...present(extrapolationTable("extrapolation", "The limit that the finite systems point to", panels)),
      ...(scanned.length === 0 ? [] : [transitionTable(scanned)]),
      ...present(shapeTable("shapes", "Shapes of the laws over replicas", sampled)),
      ...present(unitsTable("units", "Units beside each other", sampled)),
      ...present(controlsTable("controls", [{ title: pair.title, controls }])),
    ],
    figures: [...figuresOf(comparison, panels), ...scanned.map(transitionFigure)],
    equations: [...pair.equations, ...equations("tost", "exponent-fit", "n-star", "limit-fit"), ...(scanned.length === 0 ? [] : equations("collapse"))],
    outcomes: addScans(comparison.tally, scanned.map(({ finding }) => finding)),
  };
}

interface Scanned {
  readonly transition: Transition;
  readonly scan: TransitionDesign;
}

/** The transitions that are to be scanned. */
function transitionsOf({ transitions = [] }: Pair, { scan }: PairSettings): readonly Scanned[] {
  return scan === undefined ? [] : transitions.map((transition) => ({ transition, scan }));
}

/** Replicas of the scans are counted like all others. */
function addScans(tally: OutcomeTally, findings: readonly TransitionFinding[]): OutcomeTally {
  const sum = (of: (finding: TransitionFinding) => number): number => findings.reduce((total, finding) => total + of(finding), 0);
  const diverged = sum((finding) => finding.diverged);
  const note = { where: "scan of a transition", count: diverged, message: "diverged" };
  return { ...tally, completed: tally.completed + sum(({ completed }) => completed), diverged: tally.diverged + diverged, notes: diverged > 0 ? [...tally.notes, note] : tally.notes };
}
