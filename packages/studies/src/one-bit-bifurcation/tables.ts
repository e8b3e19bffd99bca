import type { Table } from "@mesoscope/contracts";
import { tableOf } from "../findings/table.js";
import { exponentInWords, regimeInWords } from "../one-bit-trajectories/regime-words.js";
import { firstStart, type SettledPoint } from "../one-bit-trajectories/settled-points.js";
import type { BifurcationCase, Diagram } from "./cases.js";
import type { BifurcationParameters } from "./settings.js";
import { pointsApart, type OrbitComparison } from "./verdicts.js";

export function bifurcationTables(found: BifurcationCase, compared: readonly OrbitComparison[], settings: BifurcationParameters): readonly Table[] {
  return [locatedTable(found), stretchTable("stretches", "Regimes over the whole range, from the first output feature", found.whole), stretchTable("zoom-stretches", "Regimes from the first bifurcation to chaos, from the first output feature", found.zoom), apartTable(found, settings), orbitsTable(compared)];
}

function locatedTable({ branch }: BifurcationCase): Table {
  return tableOf("bifurcations", "Located on the orbit that the positions force", { kind: "kind", beta: "β", rotation: "rotation per period, full turns", modulus: "|μ|", width: "width of the bracket in β", after: "stability" },
    branch.bifurcations.map(({ kind, beta, rotation, multiplier, width, destabilising }) => [kind, beta.toFixed(13), rotation.toFixed(10), Number(multiplier.modulus.toPrecision(12)), Number(width.toPrecision(2)), destabilising ? "lost on the way up" : "gained on the way up"]));
}

/** The most stretches of one regime that are listed. */
const MOST_STRETCHES = 60;

/** Neighbouring betas of one regime, joined; the widest where there are many. */
function stretchTable(id: string, title: string, { betas, points }: Diagram): Table {
  const stretches: { from: number; to: number; count: number; words: string; middle: SettledPoint[] }[] = [];
  points.forEach((point, i) => {
    const row = firstStart(point);
    const words = row === undefined ? "not sampled" : regimeInWords(row);
    const last = stretches.at(-1);
    if (last?.words === words) {
      last.to = betas[i]!;
      last.count += 1;
      last.middle.push(point);
    } else stretches.push({ from: betas[i]!, to: betas[i]!, count: 1, words, middle: [point] });
  });
  const least = stretches.map(({ count }) => count).sort((a, b) => b - a)[MOST_STRETCHES - 1] ?? 1;
  const kept = stretches.filter(({ count }) => count >= least).slice(0, MOST_STRETCHES);
  const heading = kept.length < stretches.length ? `${title}: the ${kept.length} widest of ${stretches.length} stretches` : title;
  return tableOf(id, heading, { from: "from β", to: "to β", count: "points", regime: "regime", largest: "λ₁ in the middle, nat per token" },
    kept.map(({ from, to, count, words, middle }) => {
      const row = firstStart(middle[Math.floor(middle.length / 2)]!);
      return [from, to, count, words, row === undefined ? null : exponentInWords(row.exponents[0]!)];
    }));
}

/** The most places of coexistence that are listed. */
const MOST_APART = 60;

function apartTable(found: BifurcationCase, settings: BifurcationParameters): Table {
  const apart = pointsApart(found, settings);
  const title = "Where starts settle apart";
  return tableOf("apart", apart.length > MOST_APART ? `${title}: the first ${MOST_APART} of ${apart.length} inverse temperatures` : title, { beta: "β", start: "start", regime: "settles to", largest: "λ₁, nat per token" },
    apart.slice(0, MOST_APART).flatMap(({ parameters, rows }) => rows.map((row) => [parameters["beta"] as number, row.start === 0 ? "first output feature" : `random window ${row.start}`, regimeInWords(row), exponentInWords(row.exponents[0]!)])));
}

function orbitsTable(compared: readonly OrbitComparison[]): Table {
  return tableOf("orbits", "Largest exponents of periodic trajectories against the multipliers of their orbits, nat per token", { beta: "β", period: "period", predicted: "ln|μ₁|/q", measured: "measured", low: "deviation from", high: "deviation to", outcome: "outcome" },
    compared.map(({ beta, period, predicted, test }) => [beta, period, Number(predicted.toPrecision(7)), Number((predicted + test.value).toPrecision(6)), Number(test.interval[0].toPrecision(3)), Number(test.interval[1].toPrecision(3)), test.outcome]));
}
