/** @file The study that any pair gets without writing one: every theory, every observable, along its first axis. */
import type { Pair, ParameterSchema } from "@mesoscope/contracts";
import { compareSequentially, planControls, planSequentially, runControls, toVerdicts,  } from "@mesoscope/finite-size";
import { equations } from "../equations.js";
import { comparisonTable } from "../findings/comparison-table.js";
import { distinctCells } from "../findings/distinct-cells.js";
import { present } from "../findings/present.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { shareProgress } from "../findings/progress.js";
import { controlsTable, scalingTable, sideBySideTable } from "../findings/scaling-tables.js";
import { shapeTable } from "../findings/shape-table.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { figuresOf } from "./figures.js";
import { narrativeOf } from "./narrative.js";
import { CONFIDENCE, LEVEL, levelsOf, schemaOf, settingsOf, type PairDesign } from "./settings.js";

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
    plan: ({ parameters, seed }) => {
      const settings = settingsOf(pair, parameters);
      return distinctCells([
        ...planSequentially(pair, settings.own, settings.design, seed),
        ...(settings.controls === undefined ? [] : planControls(pair, settings.own, settings.controls, seed)),
      ]);
    },
    run: (request) => runPair(pair, schema, request),
  };
}

async function runPair(pair: Pair, schema: ParameterSchema, request: StudyRequest): Promise<Findings> {
  const settings = settingsOf(pair, request.parameters);
  const [forControls, forLooks] = shareProgress(request.context, [1, 9]);
  const options = { seed: request.seed, tolerance: { ...settings.tolerance, spread: settings.tolerance.relative! }, level: LEVEL, runCells: request.runCells };
  const controls = settings.controls === undefined ? [] : await runControls(pair, settings.own, settings.controls, { ...options, context: forControls! });
  const found = await compareSequentially(pair, settings.own, settings.design, { ...options, confidence: CONFIDENCE, controls, context: forLooks! });
  const { comparison } = found;
  const panels = [{ title: pair.title, comparison }];
  return {
    narrative: narrativeOf(found, settings),
    parameters: parameterEntries(schema, request.parameters),
    verdicts: toVerdicts(comparison),
    tables: [
      comparisonTable("comparison", "Every theory at every size", panels),
      scalingTable("scaling", "Exponents, and the sizes from which on each theory holds", panels),
      ...present(sideBySideTable("side-by-side", "Theories side by side", panels)),
      ...present(shapeTable("shapes", "Shapes of the laws over replicas", [{ title: pair.title, comparison, ensembles: found.ensembles }])),
      ...present(controlsTable("controls", [{ title: pair.title, controls }])),
    ],
    figures: figuresOf(comparison, panels),
    equations: [...pair.equations, ...equations("tost", "exponent-fit", "n-star")],
    outcomes: comparison.tally,
    references: [],
  };
}
