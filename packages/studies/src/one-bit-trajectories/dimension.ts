import { kaplanYorkeDimension, type LyapunovSpectrum } from "@mesoscope/dmft/hopfield";
import { outcome } from "@mesoscope/numerics";
import type { SettledRow } from "./settled-points.js";

/** Kaplan-Yorke dimension of one trajectory, with the standard error of its blocks; undefined where the exponents do not tell it. */
export function dimensionOf({ exponents }: SettledRow, directions: number, zero: number): { readonly value: number; readonly standardError: number } | undefined {
  const count = exponents.length;
  const blocks = exponents[0]!.blocks.length;
  const spectrum: LyapunovSpectrum = {
    exponents: exponents.map(({ value, error, resolved }) => (resolved ? { kind: "finite", value, standardError: error } : { kind: "below-resolution", bound: value, lostShare: 1 })),
    blockValues: Float64Array.from({ length: blocks * count }, (_, i) => exponents[i % count]!.blocks[Math.floor(i / count)]!),
    blocks,
    tokens: blocks,
    size: directions,
    outcome: outcome("converged", "Measured in a cell."),
    end: { u: new Float64Array(0), t: 0 },
  };
  const found = kaplanYorkeDimension(spectrum, { zero });
  return found.kind === "dimension" ? found : undefined;
}
