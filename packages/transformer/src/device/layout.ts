/** @file Sizes of one batch of replicas, with the products that shapes are made of. */
import type { Network } from "../network.js";

/** R replicas, P inputs, S tokens, D features, n = NH. */
export interface Layout {
  readonly network: Network;
  readonly R: number;
  readonly P: number;
  readonly S: number;
  readonly D: number;
  readonly N: number;
  readonly H: number;
  readonly n: number;
  /** Sites PS of a replica. */
  readonly sites: number;
  /** Attention matrices of the batch, R P H. */
  readonly matrices: number;
  /** Numbers in a row of the stream at depth l: n, or D where there is no read-in. */
  readonly streamWidth: (l: number) => number;
}

/** Sizes of `R` replicas of a network on `P` inputs. */
export function layoutOf(network: Network, R: number, P: number): Layout {
  const { sizes, width, tokens: S, features: D, architecture } = network;
  const { N, H } = sizes;
  const streamWidth = (l: number): number => (l === 0 && architecture.readIn === "identity" ? D : width);
  return Object.freeze({ network, R, P, S, D, N, H, n: width, sites: P * S, matrices: R * P * H, streamWidth });
}
