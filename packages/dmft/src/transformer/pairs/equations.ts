/** Written from docs/equations.md by "npm run equations": edit there. */
import type { Equation } from "@mesoscope/contracts";

/** The labels of docs/equations.md. */
export type EquationLabel =
  | "transformer-block"
  | "transformer-scales"
  | "transformer-training"
  | "transformer-order-parameters"
  | "head-map"
  | "matrix-rule"
  | "one-block"
  | "conditioned-matrix"
  | "turned-axes"
  | "head-noise"
  | "wide-noise"
  | "size-orders"
  | "attention-tangent"
  | "kernel-descent"
  | "lazy-order"
  | "kernel-alignment"
  | "averaging-floor"
  | "movement-powers"
  | "attention-growth"
  | "attention-logits"
  | "attention-logit-law"
  | "attention-heads"
  | "attention-finite-width"
  | "attention-width-slope"
  | "attention-depth"
  | "attention-collapse"
  | "attention-one-block"
  | "attention-cumulants"
  | "attention-kernel-chain";

const all: Readonly<Record<EquationLabel, Equation>> = {
  "transformer-block": {"label":"transformer-block","tex":"h^0_s = \\bar W_0 x_s + \\bar p_s, \\qquad h \\leftarrow h + b\\,\\bar W_O\\,\\mathrm{concat}_{\\mathfrak h}\\Big(\\sum_a \\sigma_{\\mathfrak h}[s,a]\\, v_{\\mathfrak h a}\\Big), \\qquad h \\leftarrow h + b\\,\\bar W_2\\,\\phi(\\bar W_1 h)","meaning":"Residual attention block","source":"Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712; shaped attention: Noci et al. (2023), arXiv:2306.17759."},
  "transformer-scales": {"label":"transformer-scales","tex":"b = \\beta_0 L^{-\\alpha_L}, \\qquad \\eta = \\eta_0\\gamma_0^2\\, n L^{2\\alpha_L-1},\\ e = L^{1/2-\\alpha_L}\\ \\text{(SGD)}, \\qquad \\eta = \\eta_0\\, n^{-1/2} L^{\\alpha_L-1},\\ e = n^{1/2} L^{1-\\alpha_L}\\ \\text{(Adam)}","meaning":"Scales of a multi-head transformer","source":"Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712, in the authors' code (Adam for $\\alpha_L = 1$; other $\\alpha_L$ by the same rule); base sizes here."},
  "transformer-training": {"label":"transformer-training","tex":"W(t+1) = W(t) + \\frac{\\eta}{P} \\sum_\\mu \\Delta_\\mu(t)\\, \\frac{\\partial f_\\mu}{\\partial W}, \\qquad \\Delta_\\mu = y_\\mu - (f_\\mu(t) - f_\\mu(0))","meaning":"Training of an ensemble","source":"Kingma and Ba (2015) for Adam."},
  "transformer-order-parameters": {"label":"transformer-order-parameters","tex":"H^l = \\frac1n\\, h^l\\cdot h^l, \\qquad G^l = \\frac1n\\, g^l\\cdot g^l, \\quad g^l_{\\mu s} = \\gamma_0 n \\frac{\\partial f_\\mu}{\\partial h^l_{\\mu s}}, \\qquad V^{s,l} = \\frac1n\\, v^{s,l}\\cdot v^{s,l}, \\qquad\n\\bar M = \\frac{\\gamma_0 n}{b N} \\frac{\\partial f}{\\partial A}","meaning":"Order parameters of a finite transformer","source":"Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712."},
  "head-map": {"label":"head-map","tex":"\\begin{aligned} & \\bar M_{sa} = \\sigma_{sa}\\, b\\cdot(x_a - \\textstyle\\sum_c\\sigma_{sc}x_c)/\\sqrt D, \\quad \\Gamma = \\tfrac1{PSD}\\sum_{\\mu s a}\\Delta_\\mu \\bar M_{sa}\\, x_s x_a^T, \\quad \\xi = \\tfrac1{P\\sqrt D}\\sum_\\mu \\Delta_\\mu\\, \\mathrm{mean}_s\\,\\sigma x, \\\\ & b' = b + \\kappa(C + a)\\xi + \\kappa^2 \\xi\\, b\\cdot\\xi, \\quad C' = C + \\kappa(b\\xi^T + \\xi b^T) + \\kappa^2 a\\,\\xi\\xi^T, \\quad a' = a + 2\\kappa\\, b\\cdot\\xi + \\kappa^2\\,\\xi\\cdot C\\xi, \\\\ & B' = B + \\kappa(Q_2\\Gamma + \\Gamma K_2) + \\kappa^2 r\\,\\Gamma B^T\\Gamma, \\quad Q_2' = Q_2 + r\\bigl[\\kappa(B\\Gamma^T + \\Gamma B^T) + \\kappa^2\\Gamma K_2\\Gamma^T\\bigr], \\quad K_2' = K_2 + r\\bigl[\\kappa(B^T\\Gamma + \\Gamma^TB) + \\kappa^2\\Gamma^TQ_2\\Gamma\\bigr] \\end{aligned}","meaning":"Closed map of heads that are read out directly","source":"here, tested against explicit networks."},
  "matrix-rule": {"label":"matrix-rule","tex":"\\begin{aligned} y(t) &= \\tilde y(t) + \\sum_{t' \\le t}\\bigl[R_a(t,t') + \\rho\\,1_{t'<t}\\, C_a(t,t')\\, X(t')^T\\bigr] c(t'), & C_a &= \\langle a\\, a^T\\rangle, & R_a(t,t') &= \\Bigl\\langle\\frac{\\partial a(t)}{\\partial \\tilde e(t')}\\Bigr\\rangle, \\\\ e(t) &= \\tilde e(t) + \\sum_{t' \\le t}\\bigl[R_c(t,t') + \\rho\\,1_{t'<t}\\, C_c(t,t')\\, X(t')\\bigr] a(t'), & C_c &= \\langle c\\, c^T\\rangle, & R_c(t,t') &= \\Bigl\\langle\\frac{\\partial c(t)}{\\partial \\tilde y(t')}\\Bigr\\rangle \\end{aligned}","meaning":"What a trained matrix does to the fields on its two sides","source":"here, tested against explicit matrices; the form is that of Bordelon, Pehlevan (2022), arXiv:2205.09653."},
  "one-block": {"label":"one-block","tex":"\\begin{aligned} \\bar u_\\mu(t) &= \\tilde\\chi_\\mu(t) + \\sum_{t'<t}\\Bigl[R_{v,\\mu}(t,t') + \\tfrac\\kappa P\\sum_\\nu \\bar V_{\\mu\\nu}(t,t')\\Delta_\\nu(t')\\Bigr] w(t'), & w(t+1) &= w(t) + \\tfrac\\kappa P\\sum_\\mu\\Delta_\\mu(t)\\,\\bar u_\\mu(t), \\\\ \\zeta(t) &= \\tilde\\zeta(t) + \\sum_{\\mu,\\,t'<t}\\Bigl[R_{w,\\mu}(t,t') + \\tfrac\\kappa P\\,\\Omega(t,t')\\,\\Delta_\\mu(t')\\Bigr]\\bar v_\\mu(t'), & W_V(t+1) &= W_V(t) + \\kappa\\,\\zeta(t)\\,\\xi(t)^T \\end{aligned}","meaning":"One attention block with an output projection","source":"here, tested against finite networks and an independent solution."},
  "conditioned-matrix": {"label":"conditioned-matrix","tex":"W \\mid \\{W a_k = y_k,\\ W^T c_j = e_j\\} \\;\\sim\\; \\sum_k y_k a_k^T + \\sum_j c_j e_j^T - \\sum_{jk} c_j\\,(c_j\\cdot y_k)\\,a_k^T + P_c\\,G\\,P_a","meaning":"A Gaussian matrix that is known through products","source":"here, tested against explicit networks; the conditioning is Bolthausen's (2014), Commun. Math. Phys. 325, 333."},
  "turned-axes": {"label":"turned-axes","tex":"g_k \\;\\to\\; (z_1,\\ \\dots,\\ z_k,\\ \\chi_{N-k},\\ 0,\\ \\dots,\\ 0), \\qquad z_i \\sim N(0, 1), \\qquad k = 0, 1, 2, \\dots < N","meaning":"Gaussian vectors of which few inner products are asked","source":"Bartlett (1933), Proc. R. Soc. Edinburgh 53, 260, column by column; its use here, tested against networks in axes that stay."},
  "head-noise": {"label":"head-noise","tex":"\\mathrm{Cov} f = \\frac1H(1+R)^{-1}\\Sigma\\,(1+R)^{-T}, \\qquad \\mathbb E f - f_\\infty = \\frac1H(1+R)^{-1}\\Bigl\\{-\\mathbb E\\bigl[(F'-R)(1+R)^{-1}(F-f)\\bigr] + \\tfrac12\\,\\mathbb E F'':C\\Bigr\\}","meaning":"Noise and shift by finitely many heads","source":"here, tested against ensembles and independent derivatives."},
  "wide-noise": {"label":"wide-noise","tex":"N H\\,\\mathrm{Cov} f = (1+R)^{-1}\\sum_k F_kF_k^T\\,(1+R)^{-T}","meaning":"Noise of wide heads that follow one path","source":"here, tested against ensembles."},
  "size-orders": {"label":"size-orders","tex":"\\mathrm{Var} \\sim \\frac{N^{1-2\\alpha_A}}{H}, \\qquad \\text{shift} \\sim \\frac1N \\ (\\alpha_A = \\tfrac12, 1), \\ \\frac1H \\text{ in training at } \\tfrac12, \\qquad \\text{depth} \\sim \\frac1L","meaning":"Leading orders in the sizes","source":"here; constants where a function gives them."},
  "attention-tangent": {"label":"attention-tangent","tex":"K = \\underbrace{\\overline{H^L}}_{w} + \\underbrace{\\textstyle\\sum G^0\\circ H^0}_{W_0} + b^2 L^{2\\alpha_L-1} \\sum_l \\sum \\Bigl(\\underbrace{G\\circ V^s}_{W_O} + \\underbrace{Y^V\\circ H}_{W_V} + \\underbrace{\\tfrac1N Y^K\\circ H}_{W_K} + \\underbrace{\\tfrac1N Y^Q\\circ H}_{W_Q} + \\underbrace{G\\circ\\Phi}_{W_2} + \\underbrace{G\\circ\\Phi'\\circ H}_{W_1}\\Bigr)","meaning":"Tangent kernel by group","source":"here, tested against finite networks."},
  "kernel-descent": {"label":"kernel-descent","tex":"f_\\mu(t+1) = f_\\mu(t) + \\frac{\\eta_0}{P} \\sum_\\nu K_{\\mu\\nu}\\,(y_\\nu - f_\\nu(t))","meaning":"Gradient descent in the kernel regime","source":"Jacot, Gabriel, Hongler (2018), arXiv:1806.07572."},
  "lazy-order": {"label":"lazy-order","tex":"f(t) = f^{lin}(t) + \\gamma_0\\, a(t) + \\gamma_0^2\\, b(t) + \\dots, \\qquad f_+ = \\tfrac12\\bigl[f(w) + f(-w)\\bigr] - f^{lin} = O(\\gamma_0^2), \\qquad f_- = \\tfrac12\\bigl[f(w) - f(-w)\\bigr] = O(\\gamma_0 n^{-1/2})","meaning":"What richness adds to the kernel regime","source":"here; the linear regime is that of Chizat, Oyallon, Bach (2019), arXiv:1812.07956."},
  "kernel-alignment": {"label":"kernel-alignment","tex":"\\mathcal A(K) = \\frac{y^T K y}{|y|^2\\, |K|_F}, \\qquad r(K) = \\frac{(\\mathrm{tr}\\, K)^2}{|K|_F^2}, \\qquad m(K) = \\frac{|K(t) - K(0)|_F}{|K(0)|_F}","meaning":"Alignment, effective rank and movement of a kernel","source":"Cristianini, Shawe-Taylor, Elisseeff, Kandola (2001) for the alignment; r is a participation ratio."},
  "averaging-floor": {"label":"averaging-floor","tex":"\\alpha_A > \\tfrac12,\\ N \\to \\infty: \\quad \\sigma = \\frac1S, \\quad K_{\\mu\\nu} = K(\\bar x_\\mu, \\bar x_\\nu), \\qquad \\bar x_\\mu = \\bar x_\\nu \\ \\Rightarrow\\ f_\\mu = f_\\nu, \\qquad \\mathcal L \\ge \\frac{1}{8P} \\sum_{\\text{pairs}} (y_\\mu - y_\\nu)^2","meaning":"What uniform attention cannot tell apart","source":"here."},
  "movement-powers": {"label":"movement-powers","tex":"\\Delta h, \\Delta q, \\Delta k, \\Delta A, \\Delta\\sigma, \\Delta v, \\Delta f, \\Delta H = \\mathcal O(1), \\qquad \\Delta W_{Q,K,V,O,1,2} \\sim n^{-1/2} L^{\\alpha_L-1}, \\qquad \\Delta W_0, \\Delta p, \\Delta w \\sim L^{\\alpha_L-1/2}\\ \\text{(SGD)},\\ n^{-1/2}L^{\\alpha_L-1}\\ \\text{(Adam)}","meaning":"Powers of the sizes with which coordinates move","source":"Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712, for the scales; the list here."},
  "attention-growth": {"label":"attention-growth","tex":"r_K \\sim N^{1-\\alpha_A}\\,\\bar M, \\qquad \\Delta A \\sim \\kappa\\bar M + \\kappa b\\, N^{2-2\\alpha_A}\\,\\bar M + N^{1/2-\\alpha_A}\\,\\Delta h, \\qquad \\bar M:\\ N^{-1/2} \\to \\mathcal O(1)","meaning":"Wide heads with trained layers below","source":"here, measured by the study attention-saturation; that wide heads need $\\alpha_A = 1$: Yang et al. (2022), arXiv:2203.03466."},
  "attention-logits": {"label":"attention-logits","tex":"A_{ia} = N^{-\\alpha_A} q_i\\cdot k_a, \\qquad \\mathrm{Cov}(A_{ia}, A_{jb}) = N^{1-2\\alpha_A} H_{ij} H_{ab}","meaning":"Logits of heads","source":"Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712."},
  "attention-logit-law": {"label":"attention-logit-law","tex":"A = N^{-\\alpha_A} q\\cdot k \\sim \\sigma\\,\\frac{\\chi_N}{\\sqrt N}\\,\\mathcal N(0,1), \\qquad \\sigma^2 = N^{1-2\\alpha_A} H_{ss} H_{aa}, \\qquad \\frac{\\mathbb E A^4}{(\\mathbb E A^2)^2} = 3\\Bigl(1 + \\frac2N\\Bigr)","meaning":"Law of a logit over heads","source":"here; a textbook scale mixture. Densities over heads in Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712."},
  "attention-heads": {"label":"attention-heads","tex":"V^s_{ij} = \\mathbb E\\, B_{ij}, \\quad B = \\sigma H \\sigma^T, \\qquad T_{ij} = \\mathbb E\\,\\sigma_i\\sigma_j^T, \\qquad \\mathbb E\\, J_i H J_j, \\quad J = \\mathrm{diag}\\,\\sigma - \\sigma\\sigma^T","meaning":"What attention carries","source":"Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712; the quadrature here."},
  "attention-finite-width": {"label":"attention-finite-width","tex":"A \\mid q \\sim \\mathcal N\\bigl(0,\\ N^{1-2\\alpha_A}\\, \\tfrac1N q q^T \\otimes H\\bigr), \\qquad \\tfrac1N q q^T = \\tfrac1N L\\,T T^T L^T, \\quad T_{11} \\sim \\chi_N,\\ T_{22} \\sim \\chi_{N-1},\\ T_{21} \\sim \\mathcal N(0,1)","meaning":"Logits of heads of finite width","source":"here; Bartlett's decomposition (1933)."},
  "attention-width-slope": {"label":"attention-width-slope","tex":"V^s = V^s_\\infty + \\frac1N \\cdot \\frac{1}{24}\\sum \\kappa_{\\alpha\\beta\\gamma\\delta}\\, \\mathbb E\\, \\partial^4_{\\alpha\\beta\\gamma\\delta} B + O(N^{-2}), \\qquad \\kappa_{\\alpha\\beta\\gamma\\delta} = \\sum_{p \\ne p'} \\prod_{p} H^q \\prod_{p'} H^k","meaning":"First correction of the width of heads","source":"here, tested by the quadrature of [eq:attention-finite-width]."},
  "attention-depth": {"label":"attention-depth","tex":"H^0 = \\tfrac1D x\\cdot x, \\qquad H^{l+1/2} = H^l + b^2 V^s(H^l), \\qquad H^{l+1} = H^{l+1/2} + b^2\\,\\Phi(H^{l+1/2})","meaning":"Kernels through depth","source":"Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712."},
  "attention-collapse": {"label":"attention-collapse","tex":"\\cos = \\frac{1}{S(S-1)}\\sum_{s\\ne a} C_{sa}, \\qquad r = \\frac{(\\sum\\lambda)^2}{\\sum\\lambda^2}, \\qquad C_{sa} = \\frac{H_{sa}}{\\sqrt{H_{ss}H_{aa}}}","meaning":"How alike tokens are","source":"participation ratio, [eq:participation]."},
  "attention-one-block": {"label":"attention-one-block","tex":"\\mathrm{Var}\\,\\hat V_{ij} = \\frac1H\\Bigl[\\mathrm{Var}_A B_{ij} + \\frac1N\\,\\mathbb E\\bigl(B_{ii}B_{jj} + B_{ij}^2\\bigr)\\Bigr], \\qquad \\mathrm{Var}\\,U_{ij} = \\frac1n\\,\\mathbb E\\bigl(\\hat V_{ii}\\hat V_{jj} + \\hat V_{ij}^2\\bigr) + \\mathrm{Var}\\,\\hat V_{ij}","meaning":"One block at every width and number of heads","source":"here."},
  "attention-cumulants": {"label":"attention-cumulants","tex":"\\mathrm{Cov} \\leftarrow F'\\,\\mathrm{Cov}\\,F'^T + D, \\quad m \\leftarrow F' m + \\tfrac12 F'' : \\mathrm{Cov} + \\tfrac{b^2}{N} c, \\qquad D = \\frac{b^4}{H}\\mathrm{Cov}_A B + \\frac1n\\Bigl(b^2\\{H,V\\}_4 + b^4\\bigl[\\{V,V\\}_2 + \\mathbb E\\{B,B\\}_2\\bigr]\\Bigr)","meaning":"Covariance and shift through depth","source":"here, tested against [eq:attention-kernel-chain]."},
  "attention-kernel-chain": {"label":"attention-kernel-chain","tex":"H^{l+1} = H^l + \\frac{b}{\\sqrt n}\\bigl(F_H Z F_V^T + F_V Z^T F_H^T\\bigr) + \\frac{b^2}{n} F_V\\bigl(Z^TZ + W_{n-r}\\bigr)F_V^T, \\qquad \\hat V = F_VF_V^T = \\frac1n\\sum_{h=1}^{H} \\sigma_h\\, v_hv_h^T\\,\\sigma_h^T","meaning":"Kernels of finite networks as a Markov chain","source":"here, tested against explicit networks."},
};

/** The equations of these labels, in this order, as a record shows them. */
export function equations(...labels: readonly EquationLabel[]): readonly Equation[] {
  return labels.map((label) => all[label]);
}
