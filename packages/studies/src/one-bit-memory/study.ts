import { divergedCaveatOf } from "../one-bit/caveat.js";
import { toVerdict } from "@mesoscope/finite-size";
import { equations } from "../equations.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { shareProgress } from "../findings/progress.js";
import { addTallies } from "../findings/tally.js";
import { tableOf } from "../findings/table.js";
import { regimes } from "../one-bit/regimes.js";
import { pocLopezAguilera } from "../references.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { FORGOTTEN, planMemory, reachOf, runMemory, type MemoryCase } from "./cases.js";
import { memoryFigures } from "./figures.js";
import { memoryLevels, memorySchema, type MemoryParameters } from "./settings.js";
import { memoryNarrative } from "./narrative.js";
import { beyondVerdict } from "./words.js";

/** What is remembered that the window has long lost? */
export const oneBitMemory: Study = {
  id: "one-bit-memory",
  title: "Memory beyond the context window",
  question: "For how long does 1-bit self-attention remember a token that has left its context window: as long as its mean-field map, whatever the number of bits?",
  parameters: memorySchema,
  levels: memoryLevels,
  references: [pocLopezAguilera],
  plan: planMemory,
  run: runStudy,
};

async function runStudy(request: StudyRequest): Promise<Findings> {
  const settings = request.parameters as MemoryParameters;
  const contexts = shareProgress(request.context, regimes.map(() => 1));
  const cases: MemoryCase[] = [];
  for (const [i, regime] of regimes.entries()) cases.push(await runMemory(regime, request, contexts[i]!));
  return {
    narrative: memoryNarrative(cases, settings),
    parameters: parameterEntries(memorySchema, settings),
    verdicts: cases.flatMap((one) => [beyondVerdict(one, divergedCaveatOf(one.comparison)), toVerdict(one.comparison, one.judged, { id: one.id, subject: one.title })]),
    tables: [spanTable(cases), agreementTable(cases)],
    figures: memoryFigures(cases),
    equations: equations("one-bit-attention", "one-bit-output", "class-binomial", "one-bit-mean-field", "overlap-memory", "one-bit-tangent", "tost"),
    outcomes: addTallies(cases.map(({ title, comparison }) => ({ title, tally: comparison.tally }))),
  };
}

function spanTable(cases: readonly MemoryCase[]): Findings["tables"][number] {
  const sizes = cases[0]!.comparison.sizes.map(({ n }) => n);
  const longest = cases[0]!.comparison.observables[0]!.grid!.values.at(-1)!;
  return tableOf("memory-span", `Tokens after which less than ${FORGOTTEN} nat is left`, {
    regime: "regime",
    ...Object.fromEntries(sizes.map((n) => [`n-${n}`, `N = ${n}`])),
    map: "map",
  }, cases.map(({ title, spans, limitInformation }) => [
    title,
    ...sizes.map((n) => spans.find((span) => span.n === n)?.lag ?? `more than ${longest}`),
    limitInformation === undefined ? "0: only its clock" : limitInformation.at(-1)! >= FORGOTTEN ? "never" : spanOfMap(cases[0]!, limitInformation),
  ]));
}

function spanOfMap({ comparison }: MemoryCase, information: readonly number[]): number | string {
  const lags = comparison.observables[0]!.grid!.values;
  return lags[information.findLastIndex((value) => value >= FORGOTTEN) + 1] ?? "never";
}

/** Until which lag the theory holds at each size, and from which on it fails. */
function agreementTable(cases: readonly MemoryCase[]): Findings["tables"][number] {
  return tableOf("agreement", "Autocorrelation against its theory at every size", {
    regime: "regime",
    theory: "theory",
    n: "N",
    runs: "runs",
    until: "holds until lag (token)",
    fails: "fails from lag (token)",
    worst: "largest deviation",
    outcome: "outcome",
  }, cases.flatMap(({ title, judged, comparison }) =>
      judged.bySize.map((finding, k) => {
        const { until, failsFrom } = reachOf(finding, comparison.observables[0]!.grid!.values);
        const worst = finding.entries[finding.worst];
        return [title, judged.theory.title, finding.n, comparison.sizes[k]!.completed, until ?? null, failsFrom ?? null, worst === undefined ? null : Number(worst.value.toPrecision(3)), finding.outcome];
      }),
    ));
}
