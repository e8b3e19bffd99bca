/** Written from docs/equations.md by "npm run equations": edit there. */
import type { Equation } from "@mesoscope/contracts";

/** The labels of docs/equations.md. */
export type EquationLabel =
  | "growth-rate"
  | "departure-time"
  | "departure-law"
  | "landau"
  | "double-noise"
  | "mode-competition"
  | "first-departure"
  | "mode-selection"
  | "structure-factor"
  | "self-attention-slowdown"
  | "mean-field-pde"
  | "lagrangian"
  | "kernel-field";

const all: Readonly<Record<EquationLabel, Equation>> = {
  "growth-rate": {"label":"growth-rate","tex":"\\gamma_k^{USA} = \\frac{\\lambda_k c_k}{\\beta}, \\qquad \\gamma_k^{SA} = \\frac{\\lambda_k}{\\beta}\\frac{I_{k+\\nu}(\\beta)}{I_\\nu(\\beta)}, \\qquad \\lambda_k = k(k+d-2)","meaning":"Growth rate of degree k","source":"Bruno, Pasqualotto, Agazzi (2024), arXiv:2410.23228."},
  "departure-time": {"label":"departure-time","tex":"T = \\inf\\{t : |Z_k(t)| \\ge r\\}","meaning":"Departure time","source":"here."},
  "departure-law": {"label":"departure-law","tex":"T = \\frac{\\ln n + \\ln\\frac{r^2}{1-g r^2} - \\ln X}{2\\gamma_k}, \\qquad X \\sim \\mathrm{Exp}(1)","meaning":"Law of the departure time","source":"here."},
  "landau": {"label":"landau","tex":"\\dot Z_k = \\gamma_k Z_k (1 - g|Z_k|^2), \\quad Z_{2k} = B Z_k^2; \\qquad g_{USA} = 1,\\ B_{USA} = \\tfrac{2\\gamma_k}{2\\gamma_k-\\gamma_{2k}}; \\qquad r_1 = \\tfrac{I_k}{I_0},\\ r_2 = \\tfrac{I_{2k}}{I_0},\\ B_{SA} = \\tfrac{1-r_1}{1-2r_2/r_1},\\ g_{SA} = (1-r_1)\\Bigl[1+\\tfrac{r_2}{1-2r_2/r_1}+r_1\\Bigr]","meaning":"Saturation of a single mode","source":"here."},
  "double-noise": {"label":"double-noise","tex":"\\mathrm{Var}\\,T \\mathrel{+}= \\frac{c^2}{2n\\gamma_k^2\\gamma_{2k}^2}\\Bigl[M^a\\Gamma(1-a) - 2M^{a/2}\\Gamma(1-\\tfrac a2) + 1\\Bigr], \\quad a = \\tfrac{\\gamma_{2k}}{\\gamma_k},\\ M = \\tfrac{nr^2}{1-gr^2},\\ c_{USA} = \\tfrac{\\gamma_{2k}}2 - \\gamma_k,\\ c_{SA} = \\tfrac{\\gamma_{2k}}2(1-r_1) - \\gamma_k(1-r_2)","meaning":"Spread that the second harmonic adds","source":"here."},
  "mode-competition": {"label":"mode-competition","tex":"k^* = \\operatorname{argmin}_k T_k, \\qquad T_k = \\frac{\\ln n + \\ln\\frac{r^2}{1-g_k r^2} - \\ln E_k}{2\\gamma_k}, \\qquad E_k \\sim \\mathrm{Exp}(1) \\text{ independent}","meaning":"Competing modes","source":"here."},
  "first-departure": {"label":"first-departure","tex":"P(T_{first} > t) = \\prod_k \\Bigl(1 - e^{-n q_k e^{-2\\gamma_k t}}\\Bigr), \\qquad q_k = \\frac{r^2}{1-g_k r^2}","meaning":"Law of the first departure of any mode","source":"here."},
  "mode-selection": {"label":"mode-selection","tex":"P(k^* = k) = \\int_0^\\infty e^{-u} \\prod_{j\\ne k}\\Bigl(1 - e^{-n q_j (u/(n q_k))^{\\gamma_j/\\gamma_k}}\\Bigr) du","meaning":"Probability that mode k departs first","source":"here."},
  "structure-factor": {"label":"structure-factor","tex":"S_k = \\frac{1}{n^2}\\sum_{i,j} P_k(\\langle x_i, x_j\\rangle), \\qquad n\\,\\mathbb{E}S_k(t) \\simeq e^{2\\gamma_k t}","meaning":"Structure factor","source":"here."},
  "self-attention-slowdown": {"label":"self-attention-slowdown","tex":"\\frac{d}{dt}\\mathbb{E}S_k\\Big|_0 = \\frac{2\\gamma_k}{n}\\Bigl(1 - \\frac Cn + \\dots\\Bigr), \\qquad C = \\frac{e^\\beta}{c_0} + \\frac{c_k(2\\beta)}{2c_kc_0} - \\frac{c_0(2\\beta)}{c_0^2}","meaning":"Self-attention slows growth (SA)","source":"here."},
  "mean-field-pde": {"label":"mean-field-pde","tex":"\\partial_t \\mu + \\nabla\\cdot(\\mu\\, v[\\mu]) = 0, \\qquad v_{USA} = \\tfrac1\\beta \\nabla \\Phi_\\mu, \\quad v_{SA} = \\tfrac1\\beta\\nabla\\log\\Phi_\\mu, \\quad \\Phi_\\mu(x) = \\int e^{\\beta\\langle x, y\\rangle} d\\mu(y)","meaning":"Mean-field equation","source":"Bruno, Pasqualotto, Agazzi (2024), arXiv:2410.23228."},
  "lagrangian": {"label":"lagrangian","tex":"\\dot\\vartheta_j = v[\\mu_M](\\vartheta_j), \\qquad \\mu_M = \\sum_{j=1}^{M} w_j \\delta_{\\vartheta_j}, \\qquad w_j = \\frac{2\\pi}{M}\\rho_0(\\vartheta_j(0))","meaning":"Lagrangian spectral solution","source":"here."},
  "kernel-field": {"label":"kernel-field","tex":"F(\\theta) = e^{-\\beta}\\,\\frac1n\\sum_j e^{\\beta\\cos(\\theta-\\theta_j)} = e^{-\\beta}\\Bigl[I_0 + 2\\sum_{m\\ge1} I_m\\, \\mathrm{Re}(Z_m e^{-im\\theta})\\Bigr]","meaning":"Kernel-smoothed field","source":"here."},
};

/** The equations of these labels, in this order, as a record shows them. */
export function equations(...labels: readonly EquationLabel[]): readonly Equation[] {
  return labels.map((label) => all[label]);
}
