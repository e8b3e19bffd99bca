/** @file Bifurcation diagrams: what a trajectory visits, for one beta after the other. Each entry is a pure function of its start; a run can stop at any entry and go on. */
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { requireInteger, requirePositive } from "@mesoscope/numerics";
import { lyapunovSpectrum } from "../lyapunov/spectrum.js";
import type { LyapunovOptions, LyapunovSpectrum } from "../lyapunov/spectrum.js";
import { atParameters } from "../map/at-parameters.js";
import { meanFieldMap } from "../map/mean-field-map.js";
import type { WindowState } from "../map/window-state.js";

/** Which tokens make a dot: all, or those that lie on the section |m^o_feature| < within. */
export type DiagramSection = { readonly kind: "every-token" } | { readonly kind: "near-zero"; readonly feature: number; readonly within: number };

export interface DiagramOptions {
  /** Tokens before anything is kept. */
  readonly burnIn: number;
  /** Tokens looked at. */
  readonly tokens: number;
  /** Dots kept at most: the first that the section lets through. */
  readonly most: number;
  /** Feature whose m^o is shown, from 0. */
  readonly feature: number;
  readonly section: DiagramSection;
  /** Spectra under the diagram, measured on from where the dots end; their burn-in comes on top of that of the dots. */
  readonly lyapunov?: LyapunovOptions;
}

/** One column of a diagram. */
export interface DiagramColumn {
  readonly beta: number;
  /** m^o of the feature at the tokens of the section, in order. */
  readonly dots: Float64Array;
  /** Dots that the section let through, kept or not. */
  readonly passed: number;
  readonly spectrum?: LyapunovSpectrum;
  /** Where the trajectory ended: the start of the next column in a continuation. */
  readonly end: WindowState;
}

/**
 * One column: burn in, then collect m^o. The "same start" diagram is this function at every beta with one start.
 *
 * @throws DomainError if an option is out of its range
 */
export function diagramColumn(network: AttentionNetwork, start: WindowState, options: DiagramOptions): DiagramColumn {
  const m = network.features.features;
  const { burnIn, tokens, most, section } = options;
  requireInteger("burnIn", burnIn, { min: 0 });
  requireInteger("tokens", tokens, { min: 1 });
  requireInteger("most", most, { min: 0 });
  const feature = requireInteger("feature", options.feature, { min: 0, max: m - 1 });
  if (section.kind === "near-zero") {
    requireInteger("section.feature", section.feature, { min: 0, max: m - 1 });
    requirePositive("section.within", section.within);
  }
  const map = meanFieldMap(network, start);
  map.run(burnIn);
  const overlaps = new Float64Array(m);
  const dots: number[] = [];
  let passed = 0;
  for (let i = 0; i < tokens; i++) {
    map.step();
    map.overlaps(overlaps);
    if (section.kind === "near-zero" && Math.abs(overlaps[section.feature]!) >= section.within) continue;
    passed++;
    if (dots.length < most) dots.push(overlaps[feature]!);
  }
  const spectrum = options.lyapunov === undefined ? undefined : lyapunovSpectrum(network, map.state(), options.lyapunov);
  return {
    beta: network.beta,
    dots: Float64Array.from(dots),
    passed,
    ...(spectrum === undefined ? {} : { spectrum }),
    end: spectrum?.end ?? map.state(),
  };
}

/**
 * Columns in the order of the betas, each begun where the one before ended: follow an attractor up with ascending betas and down with descending ones; where the two differ there is more than one.
 * A long run is cut into blocks: the `end` of a block's last column is the start of the next block.
 *
 * @param network its beta is replaced
 * @param betas in the order of travel
 */
export function continuationBlock(network: AttentionNetwork, betas: ArrayLike<number>, start: WindowState, options: DiagramOptions): DiagramColumn[] {
  const columns: DiagramColumn[] = [];
  let from = start;
  for (const beta of Array.from(betas)) {
    const column = diagramColumn(atParameters(network, beta), from, options);
    columns.push(column);
    from = column.end;
  }
  return columns;
}
