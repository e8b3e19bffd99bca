/** Written from docs/equations.md by "npm run equations": edit there. */
import type { Equation } from "@mesoscope/contracts";

/** The labels of docs/equations.md. */
export type EquationLabel =
  | "one-bit-overlap"
  | "one-bit-attention"
  | "class-binomial"
  | "class-sizes"
  | "window-kernel"
  | "peretto"
  | "one-bit-mean-field"
  | "one-bit-lyapunov"
  | "one-bit-kaplan-yorke"
  | "one-bit-regimes"
  | "one-bit-floquet"
  | "one-bit-linear-noise"
  | "one-bit-shift"
  | "one-bit-quenched"
  | "one-bit-horizon"
  | "one-bit-exit"
  | "one-bit-normal-form"
  | "one-bit-critical-law"
  | "one-bit-critical-scaling";

const all: Readonly<Record<EquationLabel, Equation>> = {
  "one-bit-overlap": {"label":"one-bit-overlap","tex":"m^\\alpha_a(t) = (1-\\epsilon)\\sum_c w_c\\, \\xi^\\alpha_a(c)\\, u_c(t) + \\frac{\\epsilon}{P}\\sum_j \\zeta^\\alpha_{a,j}\\, p_{t,j}","meaning":"Overlaps of a token","source":"Poc-López and Aguilera (2024), arXiv:2406.07247; by classes here."},
  "one-bit-attention": {"label":"one-bit-attention","tex":"A_a(t) = \\sum_{d=0}^{l-1} \\alpha_d\\, m^v_a(t-d), \\qquad \\alpha_d = \\frac{e^{g\\, m^q(t)\\cdot m^k(t-d)}}{\\sum_{d'} e^{g\\, m^q(t)\\cdot m^k(t-d')}}, \\qquad g = \\frac{\\gamma}{\\sqrt M}, \\quad l = \\min(L, t+1)","meaning":"Attention of the newest token","source":"Poc-López and Aguilera (2024), arXiv:2406.07247."},
  "class-binomial": {"label":"class-binomial","tex":"K_c(t+1) \\sim \\mathrm{Binomial}\\Bigl(n_c, \\frac{1 + \\tanh \\beta h_c(t)}{2}\\Bigr) \\ \\text{independent over } c, \\qquad u_c = \\frac{2K_c}{n_c} - 1","meaning":"The chain on classes","source":"here."},
  "class-sizes": {"label":"class-sizes","tex":"\\text{stratified: } n_c = w_c N; \\qquad \\text{quenched: } n \\sim \\mathrm{Multinomial}(N, w)","meaning":"Class sizes","source":"here."},
  "window-kernel": {"label":"window-kernel","tex":"\\mu_{t+1}(s', s_0, \\dots, s_{L-2}) = \\sum_{s_{L-1}} K_{t \\bmod 2^P}(s' \\mid s_0, \\dots, s_{L-1})\\, \\mu_t(s_0, \\dots, s_{L-1})","meaning":"Kernel on windows","source":"here."},
  "peretto": {"label":"peretto","tex":"P(K) \\propto \\prod_c \\binom{n_c}{K_c} \\bigl(2\\cosh \\beta h_c\\bigr)^{n_c} \\qquad (L = 1,\\ v = o,\\ \\epsilon = 0)","meaning":"Stationary law of the symmetric network","source":"Peretto (1984), Biol. Cybern. 50, 51; by classes here."},
  "one-bit-mean-field": {"label":"one-bit-mean-field","tex":"u_c(t+1) = \\tanh\\Bigl(\\beta \\sum_a \\xi^o_a(c) A_a(t)\\Bigr), \\qquad c = 1 \\dots C","meaning":"Mean-field map","source":"in overlaps Poc-López and Aguilera (2024), arXiv:2406.07247; in column classes here."},
  "one-bit-lyapunov": {"label":"one-bit-lyapunov","tex":"\\lambda_k = \\lim_{T \\to \\infty} \\frac1T \\sum_{t=1}^{T} \\log R_{kk}(t), \\qquad F(t) Q(t-1) = Q(t) R(t)","meaning":"Lyapunov exponents","source":"Benettin, Galgani, Giorgilli, Strelcyn (1980), Meccanica 15, 9."},
  "one-bit-kaplan-yorke": {"label":"one-bit-kaplan-yorke","tex":"D = j + \\frac{\\lambda_1 + \\dots + \\lambda_j}{|\\lambda_{j+1}|}, \\qquad j = \\max\\Bigl\\{ i : \\sum_{k \\le i} \\lambda_k \\ge 0 \\Bigr\\}","meaning":"Kaplan-Yorke dimension","source":"Kaplan and Yorke (1979), Lecture Notes in Mathematics 730, 204."},
  "one-bit-regimes": {"label":"one-bit-regimes","tex":"\\lambda_1 < -\\delta:\\ \\text{period } q, \\qquad |\\lambda_1| \\le \\delta:\\ \\text{quasi-periodic}, \\qquad \\lambda_1 > \\delta:\\ \\text{chaos}, \\qquad \\lambda_2 > \\delta:\\ \\text{hyperchaos}","meaning":"Regimes","source":"$\\delta$ as in the published code, the rule of errors here."},
  "one-bit-floquet": {"label":"one-bit-floquet","tex":"M = F(t+q-1) \\cdots F(t), \\qquad \\det(M - \\mu) = 0, \\qquad \\lambda_1 = \\frac1q \\log |\\mu_1|","meaning":"Floquet multipliers","source":"textbook."},
  "one-bit-linear-noise": {"label":"one-bit-linear-noise","tex":"S' = F S F^T + \\mathrm{diag}_{newest}\\Bigl(\\frac{1}{w_c \\cosh^2(\\beta h_c)}\\Bigr), \\qquad S = \\lim N\\,\\mathrm{Cov}\\,U, \\qquad N\\,\\mathrm{Cov}\\,m^o = P S P^T, \\quad P_{ac} = w_c \\xi^o_a(c)","meaning":"Linear noise","source":"here; van Kampen's expansion for a binomial chain on windows."},
  "one-bit-shift": {"label":"one-bit-shift","tex":"\\mu' = F\\mu + \\tfrac12 \\sum_{ij} \\frac{\\partial^2 u}{\\partial U_i \\partial U_j} S_{ij}, \\qquad \\mu = \\lim N(\\mathbb{E}U - U^{mf})","meaning":"Shift of the mean","source":"here."},
  "one-bit-quenched": {"label":"one-bit-quenched","tex":"N\\,\\mathrm{Cov}\\,w = \\mathrm{diag}(w) - w w^T, \\qquad \\hat F = \\begin{pmatrix} F & \\partial u/\\partial w \\\\ 0 & 1 \\end{pmatrix}, \\qquad N\\,\\mathrm{Cov}\\,m^o = \\hat P \\hat S \\hat P^T, \\quad \\hat P = (P, \\xi^o \\mathrm{diag}\\,u)","meaning":"Drawn class sizes","source":"here."},
  "one-bit-horizon": {"label":"one-bit-horizon","tex":"t^*(tol) = \\frac{\\ln N + 2\\ln tol - \\ln S_0}{2\\lambda}, \\qquad \\ln S_0 = \\lim_{t\\to\\infty} \\mathbb{E}\\bigl[\\ln \\max_c S_{cc}(t) - 2\\Lambda(t)\\bigr]","meaning":"Horizon of a chaotic trajectory","source":"here."},
  "one-bit-exit": {"label":"one-bit-exit","tex":"T_{tol} = \\min\\{t : \\max_c |u_c(t) - u^{mf}_c(t)| > tol\\}, \\qquad \\text{to leading order} \\quad \\max_c |z_c(t)| > tol\\sqrt N, \\quad z' = F z + \\xi, \\ \\langle\\xi_c^2\\rangle = \\frac{1}{w_c\\cosh^2\\beta h_c}","meaning":"Exit from a trajectory","source":"here."},
  "one-bit-normal-form": {"label":"one-bit-normal-form","tex":"z' = \\frac{\\mu}{|\\mu|}\\bigl[(1+\\varepsilon) z - g|z|^2 z\\bigr] + \\zeta, \\quad \\mathbb{E}|\\zeta|^2 = \\frac{\\sigma^2}{N}, \\qquad z = l\\cdot(U - U^*), \\quad \\sigma^2 = \\sum_{ij} l_i Q_{ij} \\bar l_j, \\quad \\varepsilon = |\\mu| - 1","meaning":"Noise-driven normal form","source":"classical (Kuznetsov, Elements of Applied Bifurcation Theory, chapter 4); the noise here."},
  "one-bit-critical-law": {"label":"one-bit-critical-law","tex":"p(|z|) \\propto |z|^{D-1} \\exp\\Bigl\\{\\frac{2DN}{\\sigma^2}\\Bigl(\\frac{\\varepsilon|z|^2}{2} - \\frac{g|z|^4}{4}\\Bigr)\\Bigr\\}, \\qquad D = 1 \\text{ (real)}, \\ 2 \\text{ (complex)}","meaning":"Law of a critical amplitude","source":"here; stationary Fokker-Planck equation of the normal form."},
  "one-bit-critical-scaling": {"label":"one-bit-critical-scaling","tex":"\\langle|z|^2\\rangle = N^{-1/2} F\\bigl((\\beta-\\beta_c) N^{1/2}\\bigr), \\qquad \\tau \\sim N^{1/2}, \\qquad \\frac{\\langle|z|^4\\rangle}{\\langle|z|^2\\rangle^2}\\Big|_{\\beta_c} \\to \\frac{\\Gamma(\\frac14)\\Gamma(\\frac54)}{\\Gamma(\\frac34)^2} = 2.1884 \\text{ (real)}, \\ \\frac{\\pi}{2} \\text{ (complex)}","meaning":"Scaling at a critical point","source":"here."},
};

/** The equations of these labels, in this order, as a record shows them. */
export function equations(...labels: readonly EquationLabel[]): readonly Equation[] {
  return labels.map((label) => all[label]);
}
