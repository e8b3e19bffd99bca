/** @file A head of finite width: given its queries (or keys) the logits are Gaussian, and those are Wishart. */
import { drawGamma } from "@mesoscope/numerics";
import { pairFactor } from "./pair-factor.js";
import type { QueryCovariance, RowPair } from "./pair-factor.js";
import type { RulePoints } from "./rules.js";

export interface QueryMixture {
  readonly queries: readonly QueryCovariance[];
  /** One weight for each in a tensor rule; in a net entry p belongs to point p, whose weight is the grid's. */
  readonly weights: Float64Array;
  readonly paired: boolean;
}

/** Triples of chi, chi and normal below this weight are left out. */
const NEGLIGIBLE_TRIPLE = 1e-14;

/**
 * Covariances of the two queries over which the logits of two rows are a mixture of normals [eq:attention-finite-width]: q q^T / N = L T T^T L^T / N by Bartlett's
 * decomposition, T_11^2 and T_22^2 chi-squared with N and N - 1 degrees, T_21 normal. Where the queries or all the key differences are one direction,
 * a single chi-squared factor does it.
 */
export function queryMixture(pair: RowPair, N: number | "infinite", points: RulePoints): QueryMixture {
  if (N === "infinite") return { queries: [pair.queries], weights: Float64Array.of(1), paired: false };
  const scalar = pair.i === pair.j || isOneDirection(pair);
  if (points.rule.kind === "net") return drawnMixture(pair, N, scalar, points);
  const { values, weights } = points.chi(N);
  if (scalar) return { queries: Array.from(values, (chi) => scaled(pair.queries, (chi * chi) / N)), weights, paired: false };
  const second = N === 1 ? { values: Float64Array.of(0), weights: Float64Array.of(1) } : points.chi(N - 1);
  const { outer } = points.pair(1, 0);
  const queries: QueryCovariance[] = [];
  const products: number[] = [];
  for (const [p, t11] of values.entries()) {
    for (const [q, t22] of second.values.entries()) {
      for (const [r, t21] of outer.z.entries()) {
        const weight = weights[p]! * second.weights[q]! * outer.weights[r]!;
        if (!(weight > NEGLIGIBLE_TRIPLE)) continue;
        queries.push(bartlett(pair.queries, t11, t21, t22, N));
        products.push(weight);
      }
    }
  }
  return { queries, weights: Float64Array.from(products), paired: false };
}

function drawnMixture({ i, j, queries }: RowPair, N: number, scalar: boolean, points: RulePoints): QueryMixture {
  const stream = points.stream(`queries ${i} ${j}`);
  const count = points.rule.kind === "net" ? points.rule.points : 0;
  const chi = (degrees: number): number => (degrees === 0 ? 0 : Math.sqrt(2 * drawGamma(stream, degrees / 2)));
  const square = (x: number): number => x * x;
  const drawn = Array.from({ length: count }, () => (scalar ? scaled(queries, square(chi(N)) / N) : bartlett(queries, chi(N), stream.normal(), chi(N - 1), N)));
  return { queries: drawn, weights: new Float64Array(count).fill(1), paired: true };
}

function scaled([ii, ij, jj]: QueryCovariance, u: number): QueryCovariance {
  return [u * ii, u * ij, u * jj];
}

/** L T T^T L^T / N for the Cholesky factor L of the two queries. */
function bartlett([ii, ij, jj]: QueryCovariance, t11: number, t21: number, t22: number, N: number): QueryCovariance {
  const l11 = Math.sqrt(Math.max(ii, 0));
  const l21 = l11 > 0 ? ij / l11 : 0;
  const l22 = Math.sqrt(Math.max(jj - l21 * l21, 0));
  const [a, b, c] = [l11 * t11, l21 * t11 + l22 * t21, l22 * t22];
  return [(a * a) / N, (a * b) / N, (b * b + c * c) / N];
}

/** The key differences of both rows are multiples of one vector, or the two queries are. */
function isOneDirection(pair: RowPair): boolean {
  const [ii, ij, jj] = pair.queries;
  if (ii * jj - ij * ij <= 1e-12 * ii * jj) return true;
  return pairFactor(pair, [1, 1, 1]).rank <= 1;
}
