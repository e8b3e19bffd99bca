/** @file By which power of a size each coordinate moves in a few steps: what a parameterisation promises [eq:movement-powers]. */
import type { Coordinate } from "./coordinates.js";
import type { ResidualSetting } from "../residual/setting.js";

/** The axis along which sizes grow, the others fixed. */
export type SizeAxis = "N" | "H" | "L";

/** What is promised of one coordinate: root mean square movement ~ size^power, or why no single power is. */
export type PromisedPower = { readonly power: number } | { readonly power?: undefined; readonly reason: string };

/**
 * Power of one size with which the root mean square movement of a coordinate grows after a fixed number of steps, the other sizes fixed [eq:movement-powers].
 *
 * Mean-field scheme, alphaA = 1 along N, any alphaA along H and L: activations, outputs and feature kernels move by order one. Bulk weights (queries, keys, values, output projection, perceptrons) move by
 * n^-1/2 L^(alphaL - 1); read-in, positions and read-out by L^(alphaL - 1/2) under gradient descent and by n^-1/2 L^(alphaL - 1) under Adam: raw weights, before their multipliers.
 * NTK scheme: activations n^-1/2, outputs 1, kernels 1/n, bulk weights 1/n; at alphaA = 1 along N logits 1/N and weights of queries and keys N^-3/2.
 *
 * Where two parts of different powers compete (logits in depth below alphaL = 1), or where there is no limit (mean-field below alphaA = 1 along N), no power is promised.
 *
 * Source: Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712, for the scales; the list here, from one step of descent.
 */
export function promisedPower(coordinate: Coordinate, { parameterisation }: ResidualSetting, axis: SizeAxis): PromisedPower {
  if (parameterisation.scheme === "standard") return { reason: "one learning rate for all sizes: no power holds for more than a step" };
  return parameterisation.scheme === "ntk" ? kernelPower(coordinate, parameterisation.alphaA, axis) : meanFieldPower(coordinate, parameterisation, axis);
}

type Scales = ResidualSetting["parameterisation"];

function meanFieldPower({ id, kind, group }: Coordinate, { alphaA, alphaL, optimiser, rates }: Scales, axis: SizeAxis): PromisedPower {
  if (axis === "N" && alphaA < 1) return { reason: "below alphaA = 1 there is no limit of wide heads with layers below attention trained" };
  const isLogit = id === "logits" || id === "attention";
  if (axis === "L" && alphaL < 1 && isLogit) return { reason: "a part that depth leaves as it is competes with what is learned, which falls as L^(2 alphaL - 2)" };
  if (kind !== "weights") return { power: 0 };
  const isEdge = group === "readIn" || group === "positions" || group === "readOut";
  const isAdam = typeof optimiser === "object" && "adam" in optimiser;
  if (isEdge && rates === "separate") return { power: 0 };
  if (axis === "L") return { power: isEdge && !isAdam ? alphaL - 0.5 : alphaL - 1 };
  return { power: isEdge && !isAdam ? 0 : -0.5 };
}

function kernelPower({ id, kind, group }: Coordinate, alphaA: number, axis: SizeAxis): PromisedPower {
  if (axis === "L") return { reason: "the kernel regime is a statement about widths" };
  if (axis === "N" && alphaA < 1) return { reason: "with few heads logits move at every N: the kernel regime below alphaA = 1 needs many heads" };
  if (id === "output") return { power: 0 };
  if (kind === "kernel") return { power: -1 };
  if (kind === "weights") {
    if (group === "readIn" || group === "positions" || group === "readOut") return { power: -0.5 };
    return { power: axis === "N" && (group === "query" || group === "key") ? -1.5 : -1 };
  }
  return { power: axis === "N" && (id === "logits" || id === "attention") ? -1 : -0.5 };
}
