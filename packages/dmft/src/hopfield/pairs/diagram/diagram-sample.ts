/** @file Trajectories of T tokens of the mean-field map: exponents, regime, and what was visited. */
import type { Batch, Replicas } from "@mesoscope/contracts";
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { keyFromWords } from "@mesoscope/numerics";
import type { Key } from "@mesoscope/numerics";
import { randomStart } from "../../diagrams/basins.js";
import type { LyapunovSpectrum } from "../../lyapunov/spectrum.js";
import { tokenStart } from "../../map/window-state.js";
import type { WindowState } from "../../map/window-state.js";
import { classifyRegime, REGIMES } from "../../regimes/classify.js";
import { featureOf, overlapSeries } from "../../series/overlap-series.js";
import type { OverlapSeries } from "../../series/overlap-series.js";
import { powerSpectrum } from "../../series/power-spectrum.js";
import { ALIGNMENT, BLOCKS, type DiagramSetting } from "./diagram-setting.js";

/** Standard errors by which a regime must be on its side of a border. */
const MARGIN = 3;
/** ln of the least positive double: an exponent of minus infinity is below it, and no number says more. */
const BELOW_EVERY_DOUBLE = -745;

/** Replica 0 starts from the first output feature as its only token, replica r > 0 from random window r of the key. */
export function startOf(network: AttentionNetwork, keyed: Key, r: number): WindowState {
  return r === 0 ? tokenStart(network) : randomStart(network, keyed, r, 1);
}

/** `replicas.count` trajectories of `tokens` tokens each after their burn-in. */
export function sampleDiagram(setting: DiagramSetting, tokens: number, { key, from, count }: Replicas, aborted: () => boolean, told: (done: number) => void): Batch {
  const rows = rowsOf(setting, count);
  const outcomes: Batch["outcomes"][number][] = [];
  const starts = keyFromWords(key).fold("starts");
  for (let r = 0; r < count; r++) {
    if (aborted()) {
      outcomes.push({ kind: "diverged", message: "Not sampled: the run was aborted." });
      continue;
    }
    measure(setting, tokens, startOf(setting.network, starts, from + r), r, rows);
    rows["start"]![r] = from + r;
    outcomes.push({ kind: "completed" });
    told(r + 1);
  }
  return { outcomes, values: rows };
}

function rowsOf({ exponents, bins, plane, segment }: DiagramSetting, count: number): Record<string, Float64Array> {
  const lengths = { largest: 1, regime: 1, period: 1, start: 1, exponents, resolved: exponents, blocks: BLOCKS * exponents, occupation: bins, plane: plane * plane, power: segment === 0 ? 0 : segment / 2 + 1 };
  return Object.fromEntries(Object.entries(lengths).flatMap(([id, length]) => (length === 0 ? [] : [[id, new Float64Array(count * length)]])));
}

function measure(setting: DiagramSetting, tokens: number, start: WindowState, r: number, rows: Record<string, Float64Array>): void {
  const { network, exponents: count, zero, period, burnIn } = setting;
  const found = classifyRegime(network, start, { burnIn, alignment: ALIGNMENT, tokens, blocks: BLOCKS, tolerance: zero / MARGIN, count, zero, margin: MARGIN, period });
  rows["regime"]![r] = REGIMES.indexOf(found.regime.kind);
  rows["period"]![r] = found.returns?.period ?? 0;
  writeExponents(found.spectrum, count, r, rows);
  rows["largest"]![r] = rows["exponents"]![r * count]!;
  if (setting.bins === 0 && setting.plane === 0 && setting.segment === 0) return;
  writeSeries(setting, overlapSeries(network, found.end, { burnIn: 0, tokens }), r, rows);
}

function writeExponents({ exponents, blockValues, blocks }: LyapunovSpectrum, count: number, r: number, rows: Record<string, Float64Array>): void {
  const tracked = blockValues.length / blocks;
  exponents.forEach((one, k) => {
    rows["exponents"]![r * count + k] = one.kind === "finite" ? one.value : one.kind === "below-resolution" ? one.bound : BELOW_EVERY_DOUBLE;
    rows["resolved"]![r * count + k] = one.kind === "finite" ? 1 : 0;
    for (let b = 0; b < blocks; b++) rows["blocks"]![(r * blocks + b) * count + k] = k < tracked ? blockValues[b * tracked + k]! : BELOW_EVERY_DOUBLE;
  });
}

function writeSeries({ bins, low, high, plane, segment }: DiagramSetting, series: OverlapSeries, r: number, rows: Record<string, Float64Array>): void {
  const first = featureOf(series, 0);
  const share = 1 / series.tokens;
  const binOf = (value: number, n: number): number => Math.floor(((value - low) / (high - low)) * n);
  if (bins > 0) {
    for (const value of first) {
      const bin = binOf(value, bins);
      if (bin >= 0 && bin < bins) rows["occupation"]![r * bins + bin]! += share;
    }
  }
  if (plane > 0) {
    const second = featureOf(series, 1);
    first.forEach((value, i) => {
      const [x, y] = [binOf(value, plane), binOf(second[i]!, plane)];
      if (x >= 0 && x < plane && y >= 0 && y < plane) rows["plane"]![(r * plane + y) * plane + x]! += share;
    });
  }
  if (segment > 0) rows["power"]!.set(powerSpectrum(first, { segment, taper: "hann" }).density, r * (segment / 2 + 1));
}
