/** @file The coordinates of a residual network, block by block put together, so that they have the same names at every depth. */
import type { Architecture, Network, WeightGroup } from "@mesoscope/transformer";
import { movementNames, trainedGroups } from "@mesoscope/transformer";

/** A coordinate: an activation, a kernel, an output, or a group of weights. */
export interface Coordinate {
  readonly id: string;
  readonly symbol: string;
  readonly meaning: string;
  readonly kind: "activation" | "kernel" | "weights";
  /** The group of weights. */
  readonly group?: WeightGroup;
}

const inBlocks: readonly (Coordinate & { readonly name: string })[] = [
  { id: "queries", name: "query", symbol: "q", meaning: "queries, all blocks", kind: "activation" },
  { id: "keys", name: "key", symbol: "k", meaning: "keys, all blocks", kind: "activation" },
  { id: "logits", name: "logits", symbol: "A", meaning: "attention logits, all blocks", kind: "activation" },
  { id: "attention", name: "attention", symbol: "σ", meaning: "attention probabilities, all blocks", kind: "activation" },
  { id: "values", name: "value", symbol: "v", meaning: "values, all blocks", kind: "activation" },
  { id: "heads", name: "heads", symbol: "vˢ", meaning: "values that attention has mixed, all blocks", kind: "activation" },
  { id: "hidden", name: "mlp", symbol: "W₁h", meaning: "hidden units of the perceptrons, all blocks", kind: "activation" },
];

const weights: Readonly<Record<WeightGroup, { readonly symbol: string; readonly meaning: string }>> = {
  readIn: { symbol: "W₀", meaning: "weights of the read-in" },
  positions: { symbol: "p", meaning: "weights of the positions" },
  query: { symbol: "W_Q", meaning: "weights of the queries" },
  key: { symbol: "W_K", meaning: "weights of the keys" },
  value: { symbol: "W_V", meaning: "weights of the values" },
  output: { symbol: "W_O", meaning: "weights of the output projection" },
  mlpIn: { symbol: "W₁", meaning: "weights into the perceptrons" },
  mlpOut: { symbol: "W₂", meaning: "weights out of the perceptrons" },
  readOut: { symbol: "w", meaning: "weights of the read-out" },
};

/** All coordinates of networks of this architecture, from the input to the output, then kernels, then weights. */
export function coordinatesOf(architecture: Architecture): readonly Coordinate[] {
  return [
    { id: "embedding", symbol: "h⁰", meaning: "embedded tokens", kind: "activation" },
    ...inBlocks.filter(({ id }) => id !== "hidden" || architecture.mlp !== "none").map(({ id, symbol, meaning, kind }): Coordinate => ({ id, symbol, meaning, kind })),
    { id: "stream", symbol: "hᴸ", meaning: "residual stream after the last block", kind: "activation" },
    { id: "output", symbol: "f", meaning: "outputs", kind: "activation" },
    { id: "features", symbol: "Hᴸ", meaning: "feature kernel after the last block", kind: "kernel" },
    ...trainedGroups(architecture).map((group): Coordinate => ({ id: `weights-${group.toLowerCase()}`, ...weights[group], kind: "weights", group })),
  ];
}

/** For each coordinate the entries of the recorded movement that it is the mean square of. */
export function entriesOf(coordinates: readonly Coordinate[], network: Network): readonly (readonly number[])[] {
  const at = new Map(movementNames(network).map((name, i) => [name, i]));
  const { L } = network.sizes;
  const blocks = (name: string): readonly string[] => Array.from({ length: L }, (_, l) => `${name}.${l + 1}`);
  const recorded = ({ id, group }: Coordinate): readonly string[] => {
    if (group !== undefined) return group === "readIn" || group === "positions" || group === "readOut" ? [`W.${group}`] : blocks(`W.${group}`);
    const inBlock = inBlocks.find((one) => one.id === id);
    if (inBlock !== undefined) return blocks(inBlock.name);
    return [id === "embedding" ? "h.0" : id === "stream" ? `h.${L}` : id === "features" ? `H.${L}` : "f"];
  };
  return coordinates.map((coordinate) => recorded(coordinate).map((name) => at.get(name)!));
}
