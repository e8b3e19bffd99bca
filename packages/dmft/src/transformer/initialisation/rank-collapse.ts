/** @file How alike the tokens of an input have become, and the one case in which their collapse is known in closed form. */
import { DomainError, exp, log1p, requireFinite, requireInteger, symmetricEigen } from "@mesoscope/numerics";
import { checkedModel } from "./residual-model.js";
import type { ResidualModel } from "./residual-model.js";
import { normalisation } from "./token-kernel.js";
import type { TokenKernel } from "./token-kernel.js";

export interface TokenSimilarity {
  /** (P) mean cosine over pairs of tokens of an input: 1 where they have collapsed. */
  readonly cosine: Float64Array;
  /** (P) (sum lambda)^2 / sum lambda^2 over the eigenvalues of an input's cosines: S for orthogonal tokens, 1 for collapsed ones. */
  readonly effectiveRank: Float64Array;
}

/**
 * How alike the tokens of each input are [eq:attention-collapse].
 *
 * @throws DomainError for fewer than two tokens, or a token that vanishes
 */
export function tokenSimilarity(kernel: TokenKernel): TokenSimilarity {
  const { inputs, tokens, matrix } = kernel;
  requireInteger("tokens", tokens, { min: 2 });
  const n = inputs * tokens;
  const scale = normalisation(kernel, 0);
  const [cosine, effectiveRank] = [new Float64Array(inputs), new Float64Array(inputs)];
  for (let mu = 0; mu < inputs; mu++) {
    const block = new Float64Array(tokens * tokens);
    for (let s = 0; s < tokens; s++) {
      for (let a = 0; a < tokens; a++) {
        const [i, j] = [mu * tokens + s, mu * tokens + a];
        block[s * tokens + a] = matrix[i * n + j]! * scale[i]! * scale[j]!;
        if (s !== a) cosine[mu]! += block[s * tokens + a]! / (tokens * (tokens - 1));
      }
    }
    const { values } = symmetricEigen(block, tokens);
    const sum = values.reduce((total, x) => total + x, 0);
    effectiveRank[mu] = (sum * sum) / values.reduce((total, x) => total + x * x, 0);
  }
  return { cosine, effectiveRank };
}

/** Kernel of S tokens that are all alike to each other: q on the diagonal, p beside it. */
export interface SymmetricTokens {
  readonly q: number;
  readonly p: number;
}

/**
 * The kernel of permutation-symmetric tokens after L blocks of uniform attention without perceptrons [eq:attention-symmetric-tokens]: q and p grow by the same m0 ((1 + b^2)^L - 1), m0 = (q + (S - 1) p) / S, so that q - p is conserved and the
 * cosine p / q goes to 1. For L = "infinite" and alphaL = 1/2 the growth is exp(beta0^2) - 1.
 *
 * @throws DomainError unless -1/(S - 1) <= p/q <= 1, and as `forwardKernels`
 */
export function symmetricTokens({ q, p }: SymmetricTokens, tokens: number, model: { readonly L: number | "infinite"; readonly alphaL: number; readonly beta0: number }): SymmetricTokens {
  requireInteger("tokens", tokens, { min: 2 });
  requireFinite("q", q);
  if (!(q > 0 && p <= q && p * (tokens - 1) >= -q)) {
    throw new DomainError({ name: "p", value: p, rule: `must lie between -q/(S - 1) and q = ${q}, with q positive`, remedy: "Give the inner products of tokens that exist." });
  }
  const law: ResidualModel = { L: model.L === "infinite" ? 1 : model.L, alphaL: model.alphaL, beta0: model.beta0, head: { alphaA: 1, N: "infinite" } };
  const { branch, L } = checkedModel(law, tokens);
  const exponent = model.L !== "infinite" ? L * log1p(branch) : model.alphaL === 0.5 ? branch : 0;
  const growth = ((q + (tokens - 1) * p) / tokens) * (exp(exponent) - 1);
  requireFinite("growth of the kernel", growth, "Give a smaller beta0, or fewer blocks.");
  return { q: q + growth, p: p + growth };
}
