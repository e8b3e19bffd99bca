import { equations } from "../equations.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { addTallies } from "../findings/tally.js";
import { pocLopezAguilera } from "../references.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { planOrder, runOrder } from "./cases.js";
import { orderFigures, orderTables } from "./figures.js";
import { orderNarrative } from "./narrative.js";
import { orderLevels, orderSchema, type OrderParameters } from "./settings.js";
import { orderVerdicts } from "./verdicts.js";

/** Does it matter whether N or t goes to infinity first? */
export const oneBitOrderOfLimits: Study = {
  id: "one-bit-order-of-limits",
  title: "Time and bits do not commute",
  question: "For how long do N bits of 1-bit self-attention do what their limit does: for a time that grows like ln N, like N^(1/2), or like e^(NS)?",
  parameters: orderSchema,
  levels: orderLevels,
  references: [pocLopezAguilera],
  plan: planOrder,
  run: runStudy,
};

async function runStudy(request: StudyRequest): Promise<Findings> {
  const settings = request.parameters as OrderParameters;
  const one = await runOrder(request);
  return {
    narrative: orderNarrative(one, settings),
    parameters: parameterEntries(orderSchema, settings),
    verdicts: orderVerdicts(one, settings),
    tables: orderTables(one, settings),
    figures: orderFigures(one, settings),
    equations: equations("one-bit-mean-field", "class-binomial", "relaxation-time", "peretto", "one-bit-escape", "one-bit-critical-scaling", "one-bit-retrieval", "one-bit-lyapunov", "one-bit-exit", "tost"),
    outcomes: addTallies([{ title: "two states", tally: one.wells.tally }, { title: "chaos", tally: one.exits.tally }]),
  };
}
