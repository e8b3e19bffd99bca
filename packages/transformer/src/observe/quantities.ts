/** @file What can be recorded of an ensemble, with its shape for one replica [eq:transformer-order-parameters]. */
import { DomainError } from "@mesoscope/numerics";
import { trainedGroups } from "../architecture.js";
import type { Network } from "../network.js";

/** Names of what can be recorded. */
export type Quantity = "features" | "gradients" | "values" | "logits" | "attention" | "gates" | "entropy" | "keyGradient" | "tangentKernel" | "movement";

/** All of them. */
export const QUANTITIES: readonly Quantity[] = Object.freeze(["features", "gradients", "values", "logits", "attention", "gates", "entropy", "keyGradient", "tangentKernel", "movement"]);

/**
 * Shape of a quantity for one replica on P inputs, S tokens, L blocks of H heads:
 *
 * - `features`: H^l = h h^T / n, l = 0..L, (L + 1, PS, PS); without a read-in H^0 = x x^T / D;
 * - `gradients`: G^l = g g^T / n with g = gamma0 n df/dh^l, (L + 1, PS, PS); without a read-in g^0 is by x, divided by D;
 * - `values`: V^s,l = v^s v^s^T / n, (L, PS, PS);
 * - `logits`: A before any mask, and `attention`: what the values are mixed by, (L, P, H, S, S);
 * - `gates`: Mbar = gamma0 n df/dA / (b N), (L, P, H, S, S);
 * - `entropy`: of the rows of the softmax in nats, mean over inputs and tokens, (L, H);
 * - `keyGradient`: mean of r_K^2 over sites and components, b r_K what g gains below a block through its keys, (L);
 * - `tangentKernel`: the neural tangent kernel of each trained group in units of eta0, (groups, P, P), groups as in `trainedGroups`;
 * - `movement`: root mean square of what each coordinate moved since the start, in the order of {@link movementNames}.
 */
export function quantityShape({ sizes, tokens: S, architecture, ...rest }: Network, P: number, quantity: Quantity): readonly number[] {
  const { L, H } = sizes;
  const sites = P * S;
  switch (quantity) {
    case "features":
    case "gradients":
      return [L + 1, sites, sites];
    case "values":
      return [L, sites, sites];
    case "logits":
    case "attention":
    case "gates":
      return [L, P, H, S, S];
    case "entropy":
      return [L, H];
    case "keyGradient":
      return [L];
    case "tangentKernel":
      return [trainedGroups(architecture).length, P, P];
    case "movement":
      return [movementNames({ sizes, tokens: S, architecture, ...rest }).length];
  }
}

/**
 * The coordinates whose movement is recorded: the stream `h.l`, queries, keys, logits, attention, values, `heads.l` (v^s), hidden MLP units,
 * outputs f, feature kernels `H.l`, and every trained array of weights `W.id`.
 */
export function movementNames({ sizes, architecture, arrays }: Network): readonly string[] {
  const first = architecture.readIn === "identity" ? 1 : 0;
  const depths = Array.from({ length: sizes.L + 1 - first }, (_, i) => i + first);
  const blocks = Array.from({ length: sizes.L }, (_, l) => l + 1);
  const inBlock = ["query", "key", "logits", "attention", "value", "heads", ...(architecture.mlp === "none" ? [] : ["mlp"])];
  return [
    ...depths.map((l) => `h.${l}`),
    ...blocks.flatMap((l) => inBlock.map((name) => `${name}.${l}`)),
    "f",
    ...depths.map((l) => `H.${l}`),
    ...arrays.filter(({ trained }) => trained).map(({ id }) => `W.${id}`),
  ];
}

/** Numbers of one replica. */
export function rowLength(network: Network, P: number, quantity: Quantity): number {
  return quantityShape(network, P, quantity).reduce((product, length) => product * length, 1);
}

/** The quantities without repetition, in the order of {@link QUANTITIES}. @throws DomainError for what this network does not have */
export function checkedQuantities(network: Network, asked: readonly Quantity[]): readonly Quantity[] {
  for (const quantity of asked) {
    if (!QUANTITIES.includes(quantity)) throw new DomainError({ name: "observe", value: quantity, rule: "is no quantity that can be recorded", remedy: `Take some of ${QUANTITIES.join(", ")}.` });
  }
  const { architecture, parameterisation } = network;
  if (asked.includes("entropy") && architecture.attention === "linear") {
    throw new DomainError({ name: "observe", value: "entropy", rule: "needs probabilities, which linear attention has none of", remedy: 'Record "logits".' });
  }
  if (asked.includes("tangentKernel") && typeof parameterisation.optimiser === "object" && "adam" in parameterisation.optimiser) {
    throw new DomainError({ name: "observe", value: "tangentKernel", rule: "describes descent along the gradient, not Adam", remedy: 'Take optimiser "sgd" or { momentum }.' });
  }
  return QUANTITIES.filter((quantity) => asked.includes(quantity));
}
