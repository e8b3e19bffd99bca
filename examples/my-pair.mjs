/**
 * @file A pair that a stranger could have written: the Curie-Weiss magnet, where every spin feels the mean of all others.
 * Plain JavaScript, no import. Try it:
 *
 *     mesoscope run ./examples/my-pair.mjs
 *     mesoscope run ./examples/my-pair.yaml
 *     mesoscope run ./examples/critical.yaml
 *
 * N spins s_i = +1 or -1 have probability proportional to exp(K N m^2 / 2 + h N m), where m = (s_1 + ... + s_N) / N.
 * As N grows, m settles at the solution of m = tanh(K m + h). At finite N it fluctuates around a place that is shifted by c/N; at the
 * transition, K = 1 and h = 0, there is no such c, and |m| falls as N^(-1/4).
 */

/** log of the binomial coefficients (N over k), k = 0..N. */
function logBinomials(N) {
  const logs = new Float64Array(N + 1);
  for (let k = 0; k < N; k++) logs[k + 1] = logs[k] + Math.log((N - k) / (k + 1));
  return logs;
}

/** The exact law of m at size N: its N + 1 values and their probabilities. */
export function magnetisationLaw({ K, h }, N) {
  const logs = logBinomials(N);
  const values = new Float64Array(N + 1);
  let largest = -Infinity;
  for (let k = 0; k <= N; k++) {
    const m = (2 * k) / N - 1;
    values[k] = m;
    logs[k] += N * ((K * m * m) / 2 + h * m);
    largest = Math.max(largest, logs[k]);
  }
  const probabilities = logs.map((log) => Math.exp(log - largest));
  const total = probabilities.reduce((a, b) => a + b, 0);
  return { values, probabilities: probabilities.map((p) => p / total) };
}

/** The magnetisation of the limit: the solution of m = tanh(K m + h) that has the sign of h, by bisection to the last bit. */
export function limitMagnetisation({ K, h }) {
  if (h === 0) return 0;
  let low = 0;
  let high = 1;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return Math.sign(h) * middle;
    // Above the solution m exceeds tanh(K m + |h|), below it falls short: tanh is concave there.
    if (middle > Math.tanh(K * middle + Math.abs(h))) high = middle;
    else low = middle;
  }
}

/**
 * Terms of order 1/N, from Laplace's method around the limit with the prefactor of Stirling's formula:
 * the exponent per spin is f(m) = S(m) + K m^2/2 + h m with f'' = -1/chi, f''' = -2 m/(1 - m^2)^2, and the prefactor is
 * (1 - m^2)^(-1/2), so that <m> - m0 = chi m/(1 - m^2) + chi^2 f'''/2 = -K m chi^2/(1 - m^2), each divided by N.
 */
export function corrections({ K, h }) {
  const m = limitMagnetisation({ K, h });
  const room = 1 - m * m;
  const susceptibility = room / (1 - K * room);
  const shift = (-K * m * susceptibility * susceptibility) / room;
  return { m, susceptibility, shift, shiftOfSquare: susceptibility + 2 * m * shift };
}

/**
 * Threefry-2x32 with 20 rounds (Salmon et al., 2011): 64 random bits for each key and counter, without any state.
 * Replica r draws from (key, r) alone, so it is the same in every batch, order and worker.
 */
function threefry([k0, k1], counter) {
  const keys = [k0, k1, (k0 ^ k1 ^ 0x1bd11bda) >>> 0];
  const turns = [13, 15, 26, 6, 17, 29, 16, 24];
  let a = (counter + k0) >>> 0;
  let b = k1;
  for (let round = 0; round < 20; round++) {
    const turn = turns[round % 8];
    a = (a + b) >>> 0;
    b = ((b << turn) | (b >>> (32 - turn))) ^ a;
    b >>>= 0;
    if (round % 4 === 3) {
      const injection = (round + 1) / 4;
      a = (a + keys[injection % 3]) >>> 0;
      b = (b + keys[(injection + 1) % 3] + injection) >>> 0;
    }
  }
  return [a, b];
}

/** One number in [0, 1) with 53 random bits. */
export function uniform(key, replica) {
  const [a, b] = threefry(key, replica);
  return ((a >>> 5) * 67108864 + (b >>> 6)) / 9007199254740992;
}

/** The sampler: the law is listed once for each size, and each replica looks up its own uniform number in it. */
function makeSampler(parameters) {
  const laws = new Map();
  return async (size, { key, from, count }) => {
    const { N } = size;
    const hasOnlyN = Object.keys(size).every((name) => name === "N");
    if (!hasOnlyN || !Number.isSafeInteger(N) || N < 2) throw new RangeError(`N = ${N}: there are at least 2 spins. Change the sizes.`);
    if (!laws.has(N)) laws.set(N, cumulative(magnetisationLaw(parameters, N)));
    const { values, sums } = laws.get(N);
    const m = new Float64Array(count);
    const m2 = new Float64Array(count);
    const modulus = new Float64Array(count);
    for (let r = 0; r < count; r++) {
      m[r] = values[firstAbove(sums, uniform(key, from + r))];
      m2[r] = m[r] * m[r];
      modulus[r] = Math.abs(m[r]);
    }
    return { outcomes: Array.from({ length: count }, () => ({ kind: "completed" })), values: { m, m2, modulus } };
  };
}

function cumulative({ values, probabilities }) {
  let sum = 0;
  const sums = probabilities.map((p) => (sum += p));
  sums[sums.length - 1] = 1;
  return { values, sums };
}

function firstAbove(sums, u) {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] > u) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * At K = 1, h = 0 the exponent per spin is -m^4/12: x = m N^(1/4) has the density exp(-x^4/12), whence <|x|> and <x^2>.
 * The constants are 12^(1/4) Gamma(1/2)/Gamma(1/4) and 12^(1/2) Gamma(3/4)/Gamma(1/4).
 */
const CRITICAL_MODULUS = 0.9098905883097808;
const CRITICAL_SQUARE = 1.170828656607529;

/** Where the correction is an expansion about one state: the closer to the transition, the larger its first term. */
function correctionApplies({ K, h }) {
  return ({ N }) => {
    const { susceptibility } = corrections({ K, h });
    const isOneState = h !== 0 || K < 1;
    const meters = [{ symbol: "χ/N", meaning: "variance of m: the smaller, the better the limit", value: isOneState ? susceptibility / N : 1, threshold: 0.1 }];
    if (isOneState) return { applies: true, meters };
    return {
      applies: false,
      reason: K === 1 ? "at the critical point fluctuations are of order N^(-1/4), not 1/N" : "without a field the limit has two states, +m and -m",
      remedy: "Give a field, for example h = 0.1, or K below 1.",
      meters,
    };
  };
}

/** The limit is one state at the critical point too; only its approach is slow there. */
function limitApplies({ K, h }) {
  const applies = correctionApplies({ K, h });
  return (size) => (K === 1 && h === 0 ? { applies: true, meters: applies(size).meters } : applies(size));
}

const criticalOnly = ({ K, h }) => () =>
  K === 1 && h === 0
    ? { applies: true, meters: [] }
    : { applies: false, reason: "its scaling holds at the critical point alone", remedy: "Set K = 1 and h = 0.", meters: [] };

const closed = (observable, value, more = {}) => ({ observable, value: [value], numericalError: [1e-15], ...more });

/** What the limit says, and how fast it is approached: as 1/N with a field, as N^(-1/2) without, as N^(-1/4) at the transition. */
function limitPredictions({ K, h }) {
  const m = limitMagnetisation({ K, h });
  if (h !== 0) return [closed("m", m, { exponents: { bias: 1, spread: 0.5 } }), closed("m2", m * m, { exponents: { bias: 1 } })];
  const modulus = K === 1 ? 0.25 : 0.5;
  return [
    closed("m", 0, { exponents: { spread: modulus } }),
    closed("m2", 0, { exponents: { bias: 2 * modulus } }),
    closed("modulus", 0, { exponents: { bias: modulus, spread: modulus } }),
  ];
}

function criticalPredictions({ N }) {
  const [modulus, square] = [CRITICAL_MODULUS * N ** -0.25, CRITICAL_SQUARE / Math.sqrt(N)];
  return [
    closed("m", 0, { spread: [Math.sqrt(square)], exponents: { spread: 0.25 } }),
    closed("m2", square),
    closed("modulus", modulus, { spread: [Math.sqrt(square - modulus * modulus)], exponents: { spread: 0.25 } }),
  ];
}

function theoriesOf(parameters) {
  const { K, h } = parameters;
  const { m, susceptibility, shift, shiftOfSquare } = corrections(parameters);
  const limit = { id: "limit", title: "mean field", equations: ["curie-weiss"], applies: limitApplies(parameters), predict: async () => limitPredictions(parameters) };
  const corrected = {
    id: "corrected",
    title: "mean field with its 1/N correction",
    equations: ["curie-weiss", "curie-weiss-shift"],
    applies: correctionApplies(parameters),
    predict: async ({ N }) => [
      closed("m", m + shift / N, { spread: [Math.sqrt(susceptibility / N)], exponents: { bias: 2, spread: 0.5 } }),
      closed("m2", m * m + shiftOfSquare / N, { exponents: { bias: 2 } }),
    ],
  };
  const critical = { id: "critical", title: "critical scaling", equations: ["curie-weiss-critical"], applies: criticalOnly(parameters), predict: async (size) => criticalPredictions(size) };
  return K === 1 && h === 0 ? [limit, critical] : [limit, corrected];
}

export default {
  pairVersion: 1,
  id: "curie-weiss",
  title: "The Curie-Weiss magnet",
  parameters: {
    type: "object",
    properties: {
      K: { type: "number", symbol: "K", description: "coupling over temperature; 1 is critical", unit: "1", default: 0.9, minimum: 0, maximum: 4 },
      h: { type: "number", symbol: "h", description: "field over temperature", unit: "1", default: 0.1, minimum: -4, maximum: 4 },
    },
    additionalProperties: false,
  },
  axes: [{ name: "N", symbol: "N", meaning: "number of spins", least: 2 }],
  equations: [
    { label: "curie-weiss", tex: String.raw`m = \tanh(K m + h)`, meaning: "The magnetisation of the limit." },
    {
      label: "curie-weiss-shift",
      tex: String.raw`\langle m \rangle = m - \frac{1}{N} \frac{K m \chi^2}{1 - m^2} + O(N^{-2}), \qquad \chi = \frac{1 - m^2}{1 - K (1 - m^2)}`,
      meaning: "Its shift at N spins, by Laplace's method.",
    },
    {
      label: "curie-weiss-critical",
      tex: String.raw`P(x) \propto e^{-x^4/12}, \quad x = m N^{1/4} \quad (K = 1,\ h = 0), \qquad \langle |m| \rangle = N^{-1/4} f\bigl((K - 1) N^{1/2}\bigr)`,
      meaning: "At the transition there is no 1/N: fluctuations are as large as what fluctuates, and all sizes are one curve on the scale of the rounding.",
    },
  ],
  transitions: [{ parameter: "K", at: 1, where: { h: 0 }, observable: "modulus", exponents: { value: 0.25, width: 0.5 } }],
  at: (parameters) => ({
    observables: [
      { id: "m", symbol: "m", meaning: "magnetisation", unit: "1", kind: "scalar", equation: "curie-weiss" },
      { id: "m2", symbol: "m²", meaning: "square of the magnetisation", unit: "1", kind: "scalar", equation: "curie-weiss" },
      // Without a field m has either sign, and its modulus is what orders.
      ...(parameters.h === 0 ? [{ id: "modulus", symbol: "|m|", meaning: "modulus of the magnetisation", unit: "1", kind: "scalar", equation: "curie-weiss-critical" }] : []),
    ],
    theories: theoriesOf(parameters),
    sample: makeSampler(parameters),
  }),
};
