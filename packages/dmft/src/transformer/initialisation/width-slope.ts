/** @file The first correction of a head's width to what attention carries. */
import { checkedHeadLaw } from "./head-law.js";
import type { HeadLaw } from "./head-law.js";
import { refined } from "./precision.js";
import type { NumericalError, Precision } from "./precision.js";
import { quadratureSize } from "./residual-model.js";
import { joined, parted } from "./solvers.js";
import { tokenKernel } from "./token-kernel.js";
import type { TokenKernel } from "./token-kernel.js";
import { valueExpansion } from "./value-expansion.js";

export interface WidthSlope extends NumericalError {
  /** (n, n) V^s at infinite width. */
  readonly limit: Float64Array;
  /** (n, n) V^s = limit + slope N^-exponent + ... */
  readonly slope: Float64Array;
  /** 1 at alphaA = 1/2 (logits that are not quite normal); 2 alphaA - 1 above (logits of that variance). */
  readonly exponent: number;
}

/**
 * How E sigma H sigma^T of infinitely many heads moves with their width N, to first order [eq:attention-width-slope]: closed for alphaA > 1/2, at 1/2 the fourth cumulant of the logits.
 *
 * @param head its N is not looked at
 * @throws DomainError as `softmaxAverages`
 */
export function widthSlope(kernel: TokenKernel, head: Omit<HeadLaw, "N">, precision: Precision): WidthSlope {
  const checked = tokenKernel(kernel.inputs, kernel.tokens, kernel.matrix);
  const law = checkedHeadLaw({ ...head, N: "infinite" }, kernel.tokens);
  const { values, ...rest } = refined(
    (points) => {
      const { value, slope } = valueExpansion(checked, law, points);
      return joined([value, slope]);
    },
    quadratureSize({ head: law, mlp: undefined }, kernel.inputs),
    precision,
  );
  const [limit, slope] = parted(values, [values.length / 2, values.length / 2]);
  return { limit: limit!, slope: slope!, exponent: law.alphaA === 0.5 ? 1 : 2 * law.alphaA - 1, ...rest };
}
