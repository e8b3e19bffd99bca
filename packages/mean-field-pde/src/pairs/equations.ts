import type { Equation } from "@mesoscope/contracts";

const here = "Mesoscope, docs/equations.md";

type EquationName =
  | "growthRate"
  | "departureTime"
  | "departureLaw"
  | "landau"
  | "competition"
  | "firstDeparture"
  | "selection"
  | "doubleNoise"
  | "structureFactor"
  | "slowdown"
  | "meanField"
  | "lagrangian"
  | "kernelField";

/** The equations that the pairs of this package cite, by label. */
export const pairEquations: Readonly<Record<EquationName, Equation>> = {
  growthRate: {
    label: "growth-rate",
    tex: "\\gamma_k^{USA} = \\frac{\\lambda_k c_k}{\\beta}, \\qquad \\gamma_k^{SA} = \\frac{\\lambda_k}{\\beta}\\frac{I_{k+\\nu}(\\beta)}{I_\\nu(\\beta)}, \\qquad \\lambda_k = k(k+d-2)",
    meaning: "Growth rate of the degree-k harmonics about the uniform measure.",
    source: "Bruno, Pasqualotto, Agazzi (2024), arXiv:2410.23228",
  },
  departureTime: { label: "departure-time", tex: "T_k = \\inf\\{t : |Z_k(t)| \\ge r\\}", meaning: "First time at which mode k has left the uniform state by r.", source: here },
  departureLaw: {
    label: "departure-law",
    tex: "T = \\frac{\\ln n + \\ln\\frac{r^2}{1-g r^2} - \\ln X}{2\\gamma_k}, \\qquad X \\sim \\mathrm{Exp}(1)",
    meaning: "Law of the departure time of one dominant mode.",
    source: here,
  },
  landau: { label: "landau", tex: "\\dot Z_k = \\gamma_k Z_k(1 - g|Z_k|^2), \\quad Z_{2k} = B Z_k^2", meaning: "Saturation of a single mode.", source: here },
  competition: {
    label: "mode-competition",
    tex: "k^* = \\operatorname{argmin}_k \\frac{\\ln n + \\ln\\frac{r^2}{1-g_k r^2} - \\ln E_k}{2\\gamma_k}, \\qquad E_k \\sim \\mathrm{Exp}(1)",
    meaning: "Which mode departs first: independent modes race.",
    source: here,
  },
  firstDeparture: {
    label: "first-departure",
    tex: "P(T_{first} > t) = \\prod_k \\Bigl(1 - e^{-n q_k e^{-2\\gamma_k t}}\\Bigr)",
    meaning: "Law of the first departure of any mode.",
    source: here,
  },
  selection: {
    label: "mode-selection",
    tex: "P(k^* = k) = \\int_0^\\infty e^{-u}\\prod_{j\\ne k}\\Bigl(1 - e^{-n q_j (u/(n q_k))^{\\gamma_j/\\gamma_k}}\\Bigr)du",
    meaning: "Probability that mode k departs first.",
    source: here,
  },
  doubleNoise: {
    label: "double-noise",
    tex: "\\mathrm{Var}\\,T \\mathrel{+}= \\frac{c^2}{2n\\gamma_k^2\\gamma_{2k}^2}\\bigl[M^a\\Gamma(1-a) - 2M^{a/2}\\Gamma(1-\\tfrac a2) + 1\\bigr], \\qquad a = \\frac{\\gamma_{2k}}{\\gamma_k}",
    meaning: "The free double mode slows or speeds the growth of mode k at random, which widens the law of its departure time.",
    source: here,
  },
  structureFactor: {
    label: "structure-factor",
    tex: "S_k = \\frac{1}{n^2}\\sum_{i,j}P_k(\\langle x_i,x_j\\rangle), \\qquad n\\,\\mathbb{E}S_k(t) \\simeq e^{2\\gamma_k t}",
    meaning: "Power in the degree-k harmonics and its linear growth.",
    source: here,
  },
  slowdown: {
    label: "self-attention-slowdown",
    tex: "\\frac{d}{dt}\\mathbb{E}S_k\\Big|_0 = \\frac{2\\gamma_k}{n}\\Bigl(1 - \\frac Cn + \\dots\\Bigr), \\qquad C = \\frac{e^\\beta}{c_0} + \\frac{c_k(2\\beta)}{2c_kc_0} - \\frac{c_0(2\\beta)}{c_0^2}",
    meaning: "Tokens attend to themselves, which slows the growth.",
    source: here,
  },
  meanField: {
    label: "mean-field-pde",
    tex: "\\partial_t\\mu + \\nabla\\cdot(\\mu\\,v[\\mu]) = 0",
    meaning: "The limit of n tokens as n grows.",
    source: "Bruno, Pasqualotto, Agazzi (2024), arXiv:2410.23228",
  },
  lagrangian: { label: "lagrangian", tex: "\\dot\\vartheta_j = v[\\mu_M](\\vartheta_j), \\qquad \\mu_M = \\sum_j w_j\\delta_{\\vartheta_j}", meaning: "Labels with trapezoid weights carry the mean field.", source: here },
  kernelField: {
    label: "kernel-field",
    tex: "F(\\theta) = e^{-|\\beta|}\\,\\frac1n\\sum_j e^{\\beta\\cos(\\theta-\\theta_j)}",
    meaning: "Kernel-smoothed field: what tokens feel of a configuration.",
    source: here,
  },
};
