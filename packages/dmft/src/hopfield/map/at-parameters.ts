import { attentionNetwork } from "@mesoscope/hopfield-transformer";
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";

/**
 * The same network at another inverse temperature and, if given, another gamma.
 * @throws DomainError if beta is negative, or either is not finite
 */
export function atParameters(network: AttentionNetwork, beta: number, gamma: number = network.gamma): AttentionNetwork {
  return attentionNetwork({ ...network, beta, gamma });
}
