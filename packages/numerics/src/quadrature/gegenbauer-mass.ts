const SQRT_PI = 1.772453850905516;
/** From here on the series below leaves out less than 1e-18. */
const LEAST_SERIES_ORDER = 16;

/** Gamma(w + 1/4)/Gamma(w + 3/4) sqrt w in powers of 1/w^2, from the logarithms' Bernoulli polynomials at 1/4 and 3/4. */
const SERIES: readonly number[] = [
  1, -0.015625, 0.0025634765625, -0.0012798309326171875, 0.0013435110449790955, -0.0024328966392204165, 0.006754237533641572,
];

/**
 * Integral of (1 - t^2)^(lambda - 1/2) over [-1, 1]: sqrt(pi) Gamma(lambda + 1/2)/Gamma(lambda + 1), lambda > -1/2, to some 1e-15.
 * By the recurrence up to lambda + 1/4 = w >= 16, then by its expansion in 1/w^2 (NIST DLMF 5.11.14).
 */
export function gegenbauerMass(lambda: number): number {
  let order = lambda;
  let over = 1;
  let under = 1;
  for (; order < LEAST_SERIES_ORDER; order += 1) {
    // order + 1/2 first: exact where order is close to -1/2.
    under *= order + 0.5;
    over *= order + 1;
  }
  const w = order + 0.25;
  const square = 1 / (w * w);
  let sum = 0;
  for (let k = SERIES.length - 1; k >= 0; k--) sum = sum * square + SERIES[k]!;
  return (SQRT_PI * sum * (over / under)) / Math.sqrt(w);
}
