/** Written from docs/equations.md by "npm run equations": edit there. */
import type { Equation } from "@mesoscope/contracts";

/** The labels of docs/equations.md. */
export type EquationLabel =
  | "sa"
  | "usa"
  | "energy"
  | "energy-rate"
  | "mean-field-pde"
  | "lagrangian"
  | "funk-hecke"
  | "growth-rate"
  | "k-max"
  | "growth-transition"
  | "bessel-i"
  | "gegenbauer"
  | "moments"
  | "structure-factor"
  | "circle-fourier"
  | "circle-truncation"
  | "hierarchy"
  | "sphere-truncation"
  | "spherical-moments"
  | "sphere-harmonics"
  | "sphere-drift-truncation"
  | "kernel-field"
  | "landau"
  | "departure-time"
  | "departure-law"
  | "double-noise"
  | "mode-competition"
  | "first-departure"
  | "mode-selection"
  | "self-attention-slowdown"
  | "cluster-number"
  | "positional-word"
  | "one-bit-overlap"
  | "one-bit-attention"
  | "one-bit-softmax"
  | "one-bit-output"
  | "column-classes"
  | "class-binomial"
  | "class-sizes"
  | "product-law"
  | "effective-classes"
  | "window-kernel"
  | "peretto"
  | "relaxation-time"
  | "overlap-memory"
  | "one-bit-mean-field"
  | "one-bit-tangent"
  | "one-bit-lyapunov"
  | "one-bit-forgotten"
  | "one-bit-kaplan-yorke"
  | "one-bit-regimes"
  | "one-bit-floquet"
  | "one-bit-bifurcations"
  | "one-bit-fixed-point"
  | "one-bit-window-multipliers"
  | "one-bit-critical-beta"
  | "one-bit-retrieval"
  | "one-bit-single-token"
  | "one-bit-delay-map"
  | "one-bit-three-cycle"
  | "one-bit-zero-sum"
  | "one-bit-power-spectrum"
  | "one-bit-linear-noise"
  | "one-bit-shift"
  | "one-bit-jet"
  | "one-bit-quenched"
  | "one-bit-horizon"
  | "one-bit-exit"
  | "one-bit-normal-form"
  | "one-bit-critical-law"
  | "one-bit-critical-scaling"
  | "one-bit-escape"
  | "transformer-block"
  | "transformer-output"
  | "transformer-scales"
  | "transformer-training"
  | "transformer-order-parameters"
  | "transformer-retrieval"
  | "matrix-rule"
  | "head-map"
  | "one-block"
  | "conditioned-matrix"
  | "turned-axes"
  | "head-noise"
  | "wide-noise"
  | "order-parameter-noise"
  | "saddle-horizon"
  | "size-orders"
  | "attention-logits"
  | "attention-logit-law"
  | "attention-heads"
  | "attention-finite-width"
  | "attention-small-variance"
  | "attention-width-slope"
  | "attention-expansion"
  | "perceptron-kernels"
  | "attention-depth"
  | "attention-layer-norm"
  | "attention-backward"
  | "attention-tangent"
  | "attention-ntk-layer"
  | "tied-attention"
  | "kernel-descent"
  | "lazy-order"
  | "kernel-alignment"
  | "averaging-floor"
  | "attention-depth-flow"
  | "attention-collapse"
  | "attention-symmetric-tokens"
  | "linear-attention-moments"
  | "attention-one-block"
  | "attention-cumulants"
  | "attention-kernel-chain"
  | "movement-powers"
  | "attention-growth"
  | "bootstrap"
  | "tost"
  | "exponent-fit"
  | "n-star"
  | "n-star-gain"
  | "max-t"
  | "spent-level"
  | "controls"
  | "growth"
  | "wasserstein"
  | "k-statistics"
  | "sign-symmetry"
  | "mirror-symmetry"
  | "dip"
  | "critical-bandwidth"
  | "participation"
  | "hill"
  | "unit-covariance"
  | "limit-fit"
  | "richardson"
  | "observed-order"
  | "collapse"
  | "collapse-quality"
  | "two-axes"
  | "two-axis-boundary"
  | "effective-size"
  | "philox"
  | "curie-weiss";

const all: Readonly<Record<EquationLabel, Equation>> = {
  "sa": {"label":"sa","tex":"\\dot x_i = P_{x_i} \\frac{\\sum_j e^{\\beta\\langle x_i, x_j\\rangle} x_j}{\\sum_j e^{\\beta\\langle x_i, x_j\\rangle}}, \\qquad P_x y = y - \\langle x, y\\rangle x","meaning":"Softmax self-attention (SA)","source":"Geshkovski et al. (2023), arXiv:2312.10794."},
  "usa": {"label":"usa","tex":"\\dot x_i = P_{x_i} \\frac1n \\sum_j e^{\\beta\\langle x_i, x_j\\rangle} x_j","meaning":"Unnormalised self-attention (USA)","source":"Geshkovski et al. (2023), arXiv:2312.10794."},
  "energy": {"label":"energy","tex":"E = \\frac{1}{2\\beta n^2} \\sum_{i,j} e^{\\beta\\langle x_i, x_j\\rangle}","meaning":"Interaction energy","source":"Geshkovski et al. (2023), arXiv:2312.10794."},
  "energy-rate": {"label":"energy-rate","tex":"\\frac{dE}{dt} = \\frac1n \\sum_i m_i |\\dot x_i|^2, \\qquad m_i = 1 \\text{ (USA)}, \\quad m_i = \\Phi(x_i) = \\frac1n\\sum_j e^{\\beta\\langle x_i, x_j\\rangle} \\text{ (SA)}","meaning":"Rate of the interaction energy","source":"Geshkovski et al. (2023), arXiv:2312.10794."},
  "mean-field-pde": {"label":"mean-field-pde","tex":"\\partial_t \\mu + \\nabla\\cdot(\\mu\\, v[\\mu]) = 0, \\qquad v_{USA} = \\tfrac1\\beta \\nabla \\Phi_\\mu, \\quad v_{SA} = \\tfrac1\\beta\\nabla\\log\\Phi_\\mu, \\quad \\Phi_\\mu(x) = \\int e^{\\beta\\langle x, y\\rangle} d\\mu(y)","meaning":"Mean-field equation","source":"Bruno, Pasqualotto, Agazzi (2024), arXiv:2410.23228."},
  "lagrangian": {"label":"lagrangian","tex":"\\dot\\vartheta_j = v[\\mu_M](\\vartheta_j), \\qquad \\mu_M = \\sum_{j=1}^{M} w_j \\delta_{\\vartheta_j}, \\qquad w_j = \\frac{2\\pi}{M}\\rho_0(\\vartheta_j(0))","meaning":"Lagrangian spectral solution","source":"here."},
  "funk-hecke": {"label":"funk-hecke","tex":"c_k = \\Gamma(\\tfrac d2) \\left(\\tfrac2\\beta\\right)^{\\nu} I_{k+\\nu}(\\beta), \\qquad \\nu = \\tfrac d2 - 1","meaning":"Funk-Hecke coefficient of the attention kernel","source":"classical."},
  "growth-rate": {"label":"growth-rate","tex":"\\gamma_k^{USA} = \\frac{\\lambda_k c_k}{\\beta}, \\qquad \\gamma_k^{SA} = \\frac{\\lambda_k}{\\beta}\\frac{I_{k+\\nu}(\\beta)}{I_\\nu(\\beta)}, \\qquad \\lambda_k = k(k+d-2)","meaning":"Growth rate of degree k","source":"Bruno, Pasqualotto, Agazzi (2024), arXiv:2410.23228."},
  "k-max": {"label":"k-max","tex":"k_{max}(\\beta, d) = \\operatorname{argmax}_k \\gamma_k","meaning":"Dominant degree","source":"Bruno, Pasqualotto, Agazzi (2024), arXiv:2410.23228."},
  "growth-transition": {"label":"growth-transition","tex":"\\frac{\\gamma_{k+1}}{\\gamma_k} = \\frac{(k+1)(k+d-1)}{k(k+d-2)}\\,\\frac{I_{k+1+\\nu}(\\beta_k)}{I_{k+\\nu}(\\beta_k)} = 1","meaning":"Transition between dominant degrees","source":"here."},
  "bessel-i": {"label":"bessel-i","tex":"I_\\nu(x) = \\sum_{m\\ge0} \\frac{(x/2)^{2m+\\nu}}{m!\\,\\Gamma(m+\\nu+1)}","meaning":"Modified Bessel function","source":"DLMF 10.25.2."},
  "gegenbauer": {"label":"gegenbauer","tex":"P_k(t) = \\frac{C_k^{(\\nu)}(t)}{C_k^{(\\nu)}(1)}, \\qquad P_k(1) = 1, \\qquad P_k(\\cos\\theta) = \\cos k\\theta \\text{ for } d = 2","meaning":"Gegenbauer polynomial, normalised","source":"DLMF 18.7."},
  "moments": {"label":"moments","tex":"Z_k = \\frac1n \\sum_j e^{ik\\theta_j}","meaning":"Circle moments","source":"here."},
  "structure-factor": {"label":"structure-factor","tex":"S_k = \\frac{1}{n^2}\\sum_{i,j} P_k(\\langle x_i, x_j\\rangle), \\qquad n\\,\\mathbb{E}S_k(t) \\simeq e^{2\\gamma_k t}","meaning":"Structure factor","source":"here."},
  "circle-fourier": {"label":"circle-fourier","tex":"\\dot\\theta_i = \\frac{\\sum_{m\\ge1} a_m\\, \\mathrm{Im}(Z_m e^{-im\\theta_i})}{\\sum_{m\\ge0} b_m\\, \\mathrm{Re}(Z_m e^{-im\\theta_i})}, \\qquad a_m = \\frac{2m I_m(\\beta)}{\\beta}, \\quad b_0 = I_0(\\beta),\\ b_m = 2 I_m(\\beta)","meaning":"Harmonic form of the drift","source":"here."},
  "circle-truncation": {"label":"circle-truncation","tex":"\\sup_\\theta \\left| \\sum_{m>K} \\tfrac{2m}{\\beta} I_m \\sin m\\theta \\right| \\le I_K(\\beta) + I_{K+1}(\\beta)","meaning":"Truncation bound","source":"here."},
  "hierarchy": {"label":"hierarchy","tex":"\\dot Z_k = \\frac{k}{\\beta}\\sum_{m\\ge1} m I_m(\\beta)\\,\\bigl(Z_{k-m}Z_m - Z_{k+m}\\overline{Z_m}\\bigr), \\qquad Z_0 = 1","meaning":"Exact moment hierarchy (USA)","source":"here."},
  "sphere-truncation": {"label":"sphere-truncation","tex":"\\sum_{k>K} (2k+1)\\, i_k(\\beta) = \\beta\\,\\bigl(i_K(\\beta) + i_{K+1}(\\beta)\\bigr)","meaning":"Truncation bound on the sphere","source":"here."},
  "spherical-moments": {"label":"spherical-moments","tex":"M_{km} = \\frac1n \\sum_j Y_{km}(x_j), \\qquad \\sum_m Y_{km}(x)\\,Y_{km}(y) = (2k+1) P_k(\\langle x, y\\rangle)","meaning":"Moments on $S^2$","source":"here."},
  "sphere-harmonics": {"label":"sphere-harmonics","tex":"\\dot x_i = \\frac{\\nabla_{x_i} \\sum_{k\\ge1} a_k \\sum_m M_{km} Y_{km}(x_i)}{\\sum_{k\\ge0} b_k \\sum_m M_{km} Y_{km}(x_i)}, \\qquad a_k = \\frac{c_k}{\\beta}, \\quad b_k = c_k = i_k(\\beta)","meaning":"Harmonic form of the drift on $S^2$","source":"here."},
  "sphere-drift-truncation": {"label":"sphere-drift-truncation","tex":"\\sup_t \\left| \\sum_{k>K} \\tfrac{2k+1}{\\beta} i_k P_k'(t) \\sqrt{1-t^2} \\right| \\le \\tfrac{1}{\\sqrt2}\\Big[ (K+\\tfrac32) i_K + (K+\\tfrac52) i_{K+1} + \\tfrac{2|\\beta|}{2K+5}(i_{K+1} + i_{K+2}) \\Big]","meaning":"Truncation bound of the drift on $S^2$","source":"here."},
  "kernel-field": {"label":"kernel-field","tex":"F(\\theta) = e^{-\\beta}\\,\\frac1n\\sum_j e^{\\beta\\cos(\\theta-\\theta_j)} = e^{-\\beta}\\Bigl[I_0 + 2\\sum_{m\\ge1} I_m\\, \\mathrm{Re}(Z_m e^{-im\\theta})\\Bigr]","meaning":"Kernel-smoothed field","source":"here."},
  "landau": {"label":"landau","tex":"\\dot Z_k = \\gamma_k Z_k (1 - g|Z_k|^2), \\quad Z_{2k} = B Z_k^2; \\qquad g_{USA} = 1,\\ B_{USA} = \\tfrac{2\\gamma_k}{2\\gamma_k-\\gamma_{2k}}; \\qquad r_1 = \\tfrac{I_k}{I_0},\\ r_2 = \\tfrac{I_{2k}}{I_0},\\ B_{SA} = \\tfrac{1-r_1}{1-2r_2/r_1},\\ g_{SA} = (1-r_1)\\Bigl[1+\\tfrac{r_2}{1-2r_2/r_1}+r_1\\Bigr]","meaning":"Saturation of a single mode","source":"here."},
  "departure-time": {"label":"departure-time","tex":"T = \\inf\\{t : |Z_k(t)| \\ge r\\}","meaning":"Departure time","source":"here."},
  "departure-law": {"label":"departure-law","tex":"T = \\frac{\\ln n + \\ln\\frac{r^2}{1-g r^2} - \\ln X}{2\\gamma_k}, \\qquad X \\sim \\mathrm{Exp}(1)","meaning":"Law of the departure time","source":"here."},
  "double-noise": {"label":"double-noise","tex":"\\mathrm{Var}\\,T \\mathrel{+}= \\frac{c^2}{2n\\gamma_k^2\\gamma_{2k}^2}\\Bigl[M^a\\Gamma(1-a) - 2M^{a/2}\\Gamma(1-\\tfrac a2) + 1\\Bigr], \\quad a = \\tfrac{\\gamma_{2k}}{\\gamma_k},\\ M = \\tfrac{nr^2}{1-gr^2},\\ c_{USA} = \\tfrac{\\gamma_{2k}}2 - \\gamma_k,\\ c_{SA} = \\tfrac{\\gamma_{2k}}2(1-r_1) - \\gamma_k(1-r_2)","meaning":"Spread that the second harmonic adds","source":"here."},
  "mode-competition": {"label":"mode-competition","tex":"k^* = \\operatorname{argmin}_k T_k, \\qquad T_k = \\frac{\\ln n + \\ln\\frac{r^2}{1-g_k r^2} - \\ln E_k}{2\\gamma_k}, \\qquad E_k \\sim \\mathrm{Exp}(1) \\text{ independent}","meaning":"Competing modes","source":"here."},
  "first-departure": {"label":"first-departure","tex":"P(T_{first} > t) = \\prod_k \\Bigl(1 - e^{-n q_k e^{-2\\gamma_k t}}\\Bigr), \\qquad q_k = \\frac{r^2}{1-g_k r^2}","meaning":"Law of the first departure of any mode","source":"here."},
  "mode-selection": {"label":"mode-selection","tex":"P(k^* = k) = \\int_0^\\infty e^{-u} \\prod_{j\\ne k}\\Bigl(1 - e^{-n q_j (u/(n q_k))^{\\gamma_j/\\gamma_k}}\\Bigr) du","meaning":"Probability that mode k departs first","source":"here."},
  "self-attention-slowdown": {"label":"self-attention-slowdown","tex":"\\frac{d}{dt}\\mathbb{E}S_k\\Big|_0 = \\frac{2\\gamma_k}{n}\\Bigl(1 - \\frac Cn + \\dots\\Bigr), \\qquad C = \\frac{e^\\beta}{c_0} + \\frac{c_k(2\\beta)}{2c_kc_0} - \\frac{c_0(2\\beta)}{c_0^2}","meaning":"Self-attention slows growth (SA)","source":"here."},
  "cluster-number": {"label":"cluster-number","tex":"\\mathbb{E}\\,n_c = \\sqrt{m_4/m_2}, \\qquad m_j = \\sum_{k\\ge1} k^j I_k(\\beta)^2 e^{2\\gamma_k t}","meaning":"Expected number of clusters","source":"here."},
  "positional-word": {"label":"positional-word","tex":"p_{t,j} = 2\\, b_{j}(t \\bmod 2^P) - 1, \\qquad j = 0, \\dots, P-1","meaning":"Positional word","source":"Poc-López and Aguilera (2024), arXiv:2406.07247, in the authors' code."},
  "one-bit-overlap": {"label":"one-bit-overlap","tex":"m^\\alpha_a(t) = (1-\\epsilon)\\sum_c w_c\\, \\xi^\\alpha_a(c)\\, u_c(t) + \\frac{\\epsilon}{P}\\sum_j \\zeta^\\alpha_{a,j}\\, p_{t,j}","meaning":"Overlaps of a token","source":"Poc-López and Aguilera (2024), arXiv:2406.07247; by classes here."},
  "one-bit-attention": {"label":"one-bit-attention","tex":"A_a(t) = \\sum_{d=0}^{l-1} \\alpha_d\\, m^v_a(t-d), \\qquad \\alpha_d = \\frac{e^{g\\, m^q(t)\\cdot m^k(t-d)}}{\\sum_{d'} e^{g\\, m^q(t)\\cdot m^k(t-d')}}, \\qquad g = \\frac{\\gamma}{\\sqrt M}, \\quad l = \\min(L, t+1)","meaning":"Attention of the newest token","source":"Poc-López and Aguilera (2024), arXiv:2406.07247."},
  "one-bit-softmax": {"label":"one-bit-softmax","tex":"P(x_{t+1} = x) = \\frac{e^{\\beta\\, x\\cdot h}}{\\sum_{x'} e^{\\beta\\, x'\\cdot h}}, \\qquad h_i = \\sum_a \\xi^o_{a,i}\\, A_a(t)","meaning":"Softmax over the vocabulary","source":"Poc-López and Aguilera (2024), arXiv:2406.07247."},
  "one-bit-output": {"label":"one-bit-output","tex":"P(x_{i,t+1} = +1) = \\frac{1 + \\tanh \\beta h_i}{2}","meaning":"Law of a bit","source":"Poc-López and Aguilera (2024), arXiv:2406.07247."},
  "column-classes": {"label":"column-classes","tex":"i \\sim j \\iff (\\xi^o_{\\cdot,i}, \\xi^v_{\\cdot,i}, \\xi^q_{\\cdot,i}, \\xi^k_{\\cdot,i}) = \\pm(\\xi^o_{\\cdot,j}, \\xi^v_{\\cdot,j}, \\xi^q_{\\cdot,j}, \\xi^k_{\\cdot,j}), \\qquad w_c = n_c/N, \\quad u_c = \\frac1{n_c}\\sum_{i\\in c} \\pm x_i","meaning":"Column classes","source":"here."},
  "class-binomial": {"label":"class-binomial","tex":"K_c(t+1) \\sim \\mathrm{Binomial}\\Bigl(n_c, \\frac{1 + \\tanh \\beta h_c(t)}{2}\\Bigr) \\ \\text{independent over } c, \\qquad u_c = \\frac{2K_c}{n_c} - 1","meaning":"The chain on classes","source":"here."},
  "class-sizes": {"label":"class-sizes","tex":"\\text{stratified: } n_c = w_c N; \\qquad \\text{quenched: } n \\sim \\mathrm{Multinomial}(N, w)","meaning":"Class sizes","source":"here."},
  "product-law": {"label":"product-law","tex":"\\xi^\\alpha_a = \\eta^\\alpha_a\\, \\xi^o_{\\pi_\\alpha(a)}, \\qquad P(\\eta = \\pm1) = \\frac{1 \\pm \\rho^\\alpha_a}{2}, \\qquad \\xi^o \\text{ uniform}","meaning":"Correlated features","source":"here."},
  "effective-classes": {"label":"effective-classes","tex":"\\bar\\xi^\\alpha_a(\\sigma) = E[\\xi^\\alpha_a \\mid \\xi^o = \\sigma], \\qquad \\sigma_1 = +1","meaning":"Effective classes of the limit","source":"here."},
  "window-kernel": {"label":"window-kernel","tex":"\\mu_{t+1}(s', s_0, \\dots, s_{L-2}) = \\sum_{s_{L-1}} K_{t \\bmod 2^P}(s' \\mid s_0, \\dots, s_{L-1})\\, \\mu_t(s_0, \\dots, s_{L-1})","meaning":"Kernel on windows","source":"here."},
  "peretto": {"label":"peretto","tex":"P(K) \\propto \\prod_c \\binom{n_c}{K_c} \\bigl(2\\cosh \\beta h_c\\bigr)^{n_c} \\qquad (L = 1,\\ v = o,\\ \\epsilon = 0)","meaning":"Stationary law of the symmetric network","source":"Peretto (1984), Biol. Cybern. 50, 51; by classes here."},
  "relaxation-time": {"label":"relaxation-time","tex":"\\tau = -\\frac{2^P}{\\ln|\\lambda_2|}, \\qquad \\tau \\sim e^{NS} \\text{ out of a well of depth } S","meaning":"Slowest relaxation","source":"here; elimination: Grassmann, Taksar and Heyman (1985)."},
  "overlap-memory": {"label":"overlap-memory","tex":"C(d) = \\frac{E[\\delta m_t\\, \\delta m_{t+d}]}{E[\\delta m_t^2]}, \\qquad I(d) = E\\Bigl[\\ln\\frac{p(m_t, m_{t+d})}{p(m_t)\\, p(m_{t+d})}\\Bigr]","meaning":"Memory of an overlap","source":"classical."},
  "one-bit-mean-field": {"label":"one-bit-mean-field","tex":"u_c(t+1) = \\tanh\\Bigl(\\beta \\sum_a \\xi^o_a(c) A_a(t)\\Bigr), \\qquad c = 1 \\dots C","meaning":"Mean-field map","source":"in overlaps Poc-López and Aguilera (2024), arXiv:2406.07247; in column classes here."},
  "one-bit-tangent": {"label":"one-bit-tangent","tex":"\\frac{\\partial u_c(t+1)}{\\partial u_{c'}(t-d)} = \\frac{\\beta f w_{c'}}{\\cosh^2(\\beta h_c)} \\sum_a \\xi^o_a(c) \\Bigl\\{ \\alpha_d \\xi^v_a(c') + g \\alpha_d \\Delta_{d,a} \\sum_b m^q_b \\xi^k_b(c') + [d = 0]\\, g \\sum_b \\sum_s \\alpha_s \\Delta_{s,a} m^k_b(s)\\, \\xi^q_b(c') \\Bigr\\}, \\quad \\Delta_{d,a} = m^v_a(t-d) - A_a","meaning":"Tangent map","source":"here, tested by complex steps."},
  "one-bit-lyapunov": {"label":"one-bit-lyapunov","tex":"\\lambda_k = \\lim_{T \\to \\infty} \\frac1T \\sum_{t=1}^{T} \\log R_{kk}(t), \\qquad F(t) Q(t-1) = Q(t) R(t)","meaning":"Lyapunov exponents","source":"Benettin, Galgani, Giorgilli, Strelcyn (1980), Meccanica 15, 9."},
  "one-bit-forgotten": {"label":"one-bit-forgotten","tex":"\\#\\{k : \\lambda_k = -\\infty\\} \\ge L\\,(C - \\operatorname{rank} \\xi^o)","meaning":"Directions that are forgotten at once","source":"here."},
  "one-bit-kaplan-yorke": {"label":"one-bit-kaplan-yorke","tex":"D = j + \\frac{\\lambda_1 + \\dots + \\lambda_j}{|\\lambda_{j+1}|}, \\qquad j = \\max\\Bigl\\{ i : \\sum_{k \\le i} \\lambda_k \\ge 0 \\Bigr\\}","meaning":"Kaplan-Yorke dimension","source":"Kaplan and Yorke (1979), Lecture Notes in Mathematics 730, 204."},
  "one-bit-regimes": {"label":"one-bit-regimes","tex":"\\lambda_1 < -\\delta:\\ \\text{period } q, \\qquad |\\lambda_1| \\le \\delta:\\ \\text{quasi-periodic}, \\qquad \\lambda_1 > \\delta:\\ \\text{chaos}, \\qquad \\lambda_2 > \\delta:\\ \\text{hyperchaos}","meaning":"Regimes","source":"$\\delta$ as in the published code, the rule of errors here."},
  "one-bit-floquet": {"label":"one-bit-floquet","tex":"M = F(t+q-1) \\cdots F(t), \\qquad \\det(M - \\mu) = 0, \\qquad \\lambda_1 = \\frac1q \\log |\\mu_1|","meaning":"Floquet multipliers","source":"textbook."},
  "one-bit-bifurcations": {"label":"one-bit-bifurcations","tex":"|\\mu_k(s)| = 1: \\qquad \\mu = 1 \\text{ fold or branch point}, \\quad \\mu = -1 \\text{ flip}, \\quad \\mu = e^{\\pm 2\\pi i \\rho} \\text{ Neimark-Sacker}","meaning":"Folds, flips and Neimark-Sacker points","source":"Keller (1977) for the arc length; here for the system."},
  "one-bit-fixed-point": {"label":"one-bit-fixed-point","tex":"u_c = \\tanh\\Bigl(\\beta \\sum_a \\xi^o_a(c) \\sum_{c'} w_{c'} \\xi^v_a(c') u_{c'}\\Bigr), \\qquad K_{cc'} = \\frac{\\beta}{\\cosh^2(\\beta h_c)} \\sum_a \\xi^o_a(c)\\, w_{c'} \\xi^v_a(c')","meaning":"Fixed points do not see attention","source":"here."},
  "one-bit-window-multipliers": {"label":"one-bit-window-multipliers","tex":"z^L = \\frac{K}{L} \\left( z^{L-1} + \\dots + z + 1 \\right)","meaning":"Multipliers of a fixed point","source":"here."},
  "one-bit-critical-beta": {"label":"one-bit-critical-beta","tex":"\\beta_c |\\kappa| = \\min_k L \\left| \\frac{\\sin(\\theta_k/2)}{\\sin(L\\theta_k/2)} \\right|, \\qquad \\theta_k = \\frac{2 (\\arg \\kappa + \\pi k)}{L+1}, \\quad \\operatorname{sign} \\frac{\\sin(\\theta_k/2)}{\\sin(L\\theta_k/2)} = (-1)^k","meaning":"Where u = 0 loses its stability","source":"here."},
  "one-bit-retrieval": {"label":"one-bit-retrieval","tex":"m^* = \\tanh(\\beta m^*)","meaning":"Retrieval magnetisation","source":"Curie-Weiss; Hopfield (1982)."},
  "one-bit-single-token": {"label":"one-bit-single-token","tex":"m' = \\tanh(b\\, m), \\quad b = \\beta \\rho_v, \\qquad \\lambda = \\log\\bigl(|b| (1 - m^{*2})\\bigr)","meaning":"One token of context","source":"here."},
  "one-bit-delay-map": {"label":"one-bit-delay-map","tex":"u' = \\tanh\\Bigl(b \\sum_d \\alpha_d u_{t-d}\\Bigr), \\qquad \\alpha_d \\propto e^{k u_t u_{t-d}}, \\qquad b = \\beta \\rho_v, \\quad k = g \\rho_q \\rho_k","meaning":"Delay map of one feature","source":"here."},
  "one-bit-three-cycle": {"label":"one-bit-three-cycle","tex":"(a, -a, 0), \\qquad a = m^*(\\beta/2), \\qquad \\beta > 2","meaning":"Three-cycle","source":"here."},
  "one-bit-zero-sum": {"label":"one-bit-zero-sum","tex":"\\sum_{k=1}^{L} \\lambda_k = \\log \\frac{\\beta |\\kappa|}{L}","meaning":"Sum of the exponents at u = 0","source":"here."},
  "one-bit-power-spectrum": {"label":"one-bit-power-spectrum","tex":"S(k/n) = \\frac{s_k}{J \\sum_i w_i^2} \\sum_{j=1}^{J} \\Bigl| \\sum_{i=0}^{n-1} w_i \\bigl(x_{jh+i} - \\bar x\\bigr) e^{-2\\pi \\mathrm{i} k i/n} \\Bigr|^2, \\qquad s_k = 2 \\ (1 \\text{ at } k = 0, n/2)","meaning":"Power spectrum of an overlap","source":"Welch (1967), IEEE Trans. Audio Electroacoust. 15, 70."},
  "one-bit-linear-noise": {"label":"one-bit-linear-noise","tex":"S' = F S F^T + \\mathrm{diag}_{newest}\\Bigl(\\frac{1}{w_c \\cosh^2(\\beta h_c)}\\Bigr), \\qquad S = \\lim N\\,\\mathrm{Cov}\\,U, \\qquad N\\,\\mathrm{Cov}\\,m^o = P S P^T, \\quad P_{ac} = w_c \\xi^o_a(c)","meaning":"Linear noise","source":"here; van Kampen's expansion for a binomial chain on windows."},
  "one-bit-shift": {"label":"one-bit-shift","tex":"\\mu' = F\\mu + \\tfrac12 \\sum_{ij} \\frac{\\partial^2 u}{\\partial U_i \\partial U_j} S_{ij}, \\qquad \\mu = \\lim N(\\mathbb{E}U - U^{mf})","meaning":"Shift of the mean","source":"here."},
  "one-bit-jet": {"label":"one-bit-jet","tex":"\\alpha^{(1)} = \\alpha(e^{(1)} - \\bar e^{(1)}), \\quad \\alpha^{(2)} = \\alpha\\bigl[(e^{(1)} - \\bar e^{(1)})^2 - \\mathrm{Var}\\,e^{(1)} + e^{(2)} - \\bar e^{(2)}\\bigr], \\quad A^{(2)} = \\sum_d \\alpha^{(2)} v + 2\\alpha^{(1)} v^{(1)} + \\alpha v^{(2)}, \\quad u^{(2)} = \\frac{\\beta h^{(2)} - 2 u (\\beta h^{(1)})^2}{\\cosh^2 \\beta h}","meaning":"Two-jet of a step","source":"here, tested by differences in 60 digits."},
  "one-bit-quenched": {"label":"one-bit-quenched","tex":"N\\,\\mathrm{Cov}\\,w = \\mathrm{diag}(w) - w w^T, \\qquad \\hat F = \\begin{pmatrix} F & \\partial u/\\partial w \\\\ 0 & 1 \\end{pmatrix}, \\qquad N\\,\\mathrm{Cov}\\,m^o = \\hat P \\hat S \\hat P^T, \\quad \\hat P = (P, \\xi^o \\mathrm{diag}\\,u)","meaning":"Drawn class sizes","source":"here."},
  "one-bit-horizon": {"label":"one-bit-horizon","tex":"t^*(tol) = \\frac{\\ln N + 2\\ln tol - \\ln S_0}{2\\lambda}, \\qquad \\ln S_0 = \\lim_{t\\to\\infty} \\mathbb{E}\\bigl[\\ln \\max_c S_{cc}(t) - 2\\Lambda(t)\\bigr]","meaning":"Horizon of a chaotic trajectory","source":"here."},
  "one-bit-exit": {"label":"one-bit-exit","tex":"T_{tol} = \\min\\{t : \\max_c |u_c(t) - u^{mf}_c(t)| > tol\\}, \\qquad \\text{to leading order} \\quad \\max_c |z_c(t)| > tol\\sqrt N, \\quad z' = F z + \\xi, \\ \\langle\\xi_c^2\\rangle = \\frac{1}{w_c\\cosh^2\\beta h_c}","meaning":"Exit from a trajectory","source":"here."},
  "one-bit-normal-form": {"label":"one-bit-normal-form","tex":"z' = \\frac{\\mu}{|\\mu|}\\bigl[(1+\\varepsilon) z - g|z|^2 z\\bigr] + \\zeta, \\quad \\mathbb{E}|\\zeta|^2 = \\frac{\\sigma^2}{N}, \\qquad z = l\\cdot(U - U^*), \\quad \\sigma^2 = \\sum_{ij} l_i Q_{ij} \\bar l_j, \\quad \\varepsilon = |\\mu| - 1","meaning":"Noise-driven normal form","source":"classical (Kuznetsov, Elements of Applied Bifurcation Theory, chapter 4); the noise here."},
  "one-bit-critical-law": {"label":"one-bit-critical-law","tex":"p(|z|) \\propto |z|^{D-1} \\exp\\Bigl\\{\\frac{2DN}{\\sigma^2}\\Bigl(\\frac{\\varepsilon|z|^2}{2} - \\frac{g|z|^4}{4}\\Bigr)\\Bigr\\}, \\qquad D = 1 \\text{ (real)}, \\ 2 \\text{ (complex)}","meaning":"Law of a critical amplitude","source":"here; stationary Fokker-Planck equation of the normal form."},
  "one-bit-critical-scaling": {"label":"one-bit-critical-scaling","tex":"\\langle|z|^2\\rangle = N^{-1/2} F\\bigl((\\beta-\\beta_c) N^{1/2}\\bigr), \\qquad \\tau \\sim N^{1/2}, \\qquad \\frac{\\langle|z|^4\\rangle}{\\langle|z|^2\\rangle^2}\\Big|_{\\beta_c} \\to \\frac{\\Gamma(\\frac14)\\Gamma(\\frac54)}{\\Gamma(\\frac34)^2} = 2.1884 \\text{ (real)}, \\ \\frac{\\pi}{2} \\text{ (complex)}","meaning":"Scaling at a critical point","source":"here."},
  "one-bit-escape": {"label":"one-bit-escape","tex":"\\tau \\sim e^{N S}, \\qquad S = \\varphi(m^*) - \\varphi(0), \\quad \\varphi(m) = H\\bigl(\\tfrac{1+m}{2}\\bigr) + \\ln 2\\cosh\\beta m, \\quad m^* = \\tanh\\beta m^*","meaning":"Escape from a well","source":"here; Peretto (1984), Biol. Cybern. 50, 51 for the law."},
  "transformer-block": {"label":"transformer-block","tex":"h^0_s = \\bar W_0 x_s + \\bar p_s, \\qquad h \\leftarrow h + b\\,\\bar W_O\\,\\mathrm{concat}_{\\mathfrak h}\\Big(\\sum_a \\sigma_{\\mathfrak h}[s,a]\\, v_{\\mathfrak h a}\\Big), \\qquad h \\leftarrow h + b\\,\\bar W_2\\,\\phi(\\bar W_1 h)","meaning":"Residual attention block","source":"Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712; shaped attention: Noci et al. (2023), arXiv:2306.17759."},
  "transformer-output": {"label":"transformer-output","tex":"f_\\mu = \\bar w \\cdot \\frac1S \\sum_s \\phi(h^L_{\\mu s})","meaning":"Output","source":"Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712; centring: Chizat, Oyallon, Bach (2019)."},
  "transformer-scales": {"label":"transformer-scales","tex":"b = \\beta_0 L^{-\\alpha_L}, \\qquad \\eta = \\eta_0\\gamma_0^2\\, n L^{2\\alpha_L-1},\\ e = L^{1/2-\\alpha_L}\\ \\text{(SGD)}, \\qquad \\eta = \\eta_0\\, n^{-1/2} L^{\\alpha_L-1},\\ e = n^{1/2} L^{1-\\alpha_L}\\ \\text{(Adam)}","meaning":"Scales of a multi-head transformer","source":"Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712, in the authors' code (Adam for $\\alpha_L = 1$; other $\\alpha_L$ by the same rule); base sizes here."},
  "transformer-training": {"label":"transformer-training","tex":"W(t+1) = W(t) + \\frac{\\eta}{P} \\sum_\\mu \\Delta_\\mu(t)\\, \\frac{\\partial f_\\mu}{\\partial W}, \\qquad \\Delta_\\mu = y_\\mu - (f_\\mu(t) - f_\\mu(0))","meaning":"Training of an ensemble","source":"Kingma and Ba (2015) for Adam."},
  "transformer-order-parameters": {"label":"transformer-order-parameters","tex":"H^l = \\frac1n\\, h^l\\cdot h^l, \\qquad G^l = \\frac1n\\, g^l\\cdot g^l, \\quad g^l_{\\mu s} = \\gamma_0 n \\frac{\\partial f_\\mu}{\\partial h^l_{\\mu s}}, \\qquad V^{s,l} = \\frac1n\\, v^{s,l}\\cdot v^{s,l}, \\qquad\n\\bar M = \\frac{\\gamma_0 n}{b N} \\frac{\\partial f}{\\partial A}","meaning":"Order parameters of a finite transformer","source":"Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712."},
  "transformer-retrieval": {"label":"transformer-retrieval","tex":"y = v_j, \\qquad x = \\big((k_1, v_1), \\dots, (k_m, v_m), (k_j, ?)\\big)","meaning":"Retrieval","source":"here; after Graves et al. (2014), arXiv:1410.5401."},
  "matrix-rule": {"label":"matrix-rule","tex":"\\begin{aligned} y(t) &= \\tilde y(t) + \\sum_{t' \\le t}\\bigl[R_a(t,t') + \\rho\\,1_{t'<t}\\, C_a(t,t')\\, X(t')^T\\bigr] c(t'), & C_a &= \\langle a\\, a^T\\rangle, & R_a(t,t') &= \\Bigl\\langle\\frac{\\partial a(t)}{\\partial \\tilde e(t')}\\Bigr\\rangle, \\\\ e(t) &= \\tilde e(t) + \\sum_{t' \\le t}\\bigl[R_c(t,t') + \\rho\\,1_{t'<t}\\, C_c(t,t')\\, X(t')\\bigr] a(t'), & C_c &= \\langle c\\, c^T\\rangle, & R_c(t,t') &= \\Bigl\\langle\\frac{\\partial c(t)}{\\partial \\tilde y(t')}\\Bigr\\rangle \\end{aligned}","meaning":"What a trained matrix does to the fields on its two sides","source":"here, tested against explicit matrices; the form is that of Bordelon, Pehlevan (2022), arXiv:2205.09653."},
  "head-map": {"label":"head-map","tex":"\\begin{aligned} & \\bar M_{sa} = \\sigma_{sa}\\, b\\cdot(x_a - \\textstyle\\sum_c\\sigma_{sc}x_c)/\\sqrt D, \\quad \\Gamma = \\tfrac1{PSD}\\sum_{\\mu s a}\\Delta_\\mu \\bar M_{sa}\\, x_s x_a^T, \\quad \\xi = \\tfrac1{P\\sqrt D}\\sum_\\mu \\Delta_\\mu\\, \\mathrm{mean}_s\\,\\sigma x, \\\\ & b' = b + \\kappa(C + a)\\xi + \\kappa^2 \\xi\\, b\\cdot\\xi, \\quad C' = C + \\kappa(b\\xi^T + \\xi b^T) + \\kappa^2 a\\,\\xi\\xi^T, \\quad a' = a + 2\\kappa\\, b\\cdot\\xi + \\kappa^2\\,\\xi\\cdot C\\xi, \\\\ & B' = B + \\kappa(Q_2\\Gamma + \\Gamma K_2) + \\kappa^2 r\\,\\Gamma B^T\\Gamma, \\quad Q_2' = Q_2 + r\\bigl[\\kappa(B\\Gamma^T + \\Gamma B^T) + \\kappa^2\\Gamma K_2\\Gamma^T\\bigr], \\quad K_2' = K_2 + r\\bigl[\\kappa(B^T\\Gamma + \\Gamma^TB) + \\kappa^2\\Gamma^TQ_2\\Gamma\\bigr] \\end{aligned}","meaning":"Closed map of heads that are read out directly","source":"here, tested against explicit networks."},
  "one-block": {"label":"one-block","tex":"\\begin{aligned} \\bar u_\\mu(t) &= \\tilde\\chi_\\mu(t) + \\sum_{t'<t}\\Bigl[R_{v,\\mu}(t,t') + \\tfrac\\kappa P\\sum_\\nu \\bar V_{\\mu\\nu}(t,t')\\Delta_\\nu(t')\\Bigr] w(t'), & w(t+1) &= w(t) + \\tfrac\\kappa P\\sum_\\mu\\Delta_\\mu(t)\\,\\bar u_\\mu(t), \\\\ \\zeta(t) &= \\tilde\\zeta(t) + \\sum_{\\mu,\\,t'<t}\\Bigl[R_{w,\\mu}(t,t') + \\tfrac\\kappa P\\,\\Omega(t,t')\\,\\Delta_\\mu(t')\\Bigr]\\bar v_\\mu(t'), & W_V(t+1) &= W_V(t) + \\kappa\\,\\zeta(t)\\,\\xi(t)^T \\end{aligned}","meaning":"One attention block with an output projection","source":"here, tested against finite networks and an independent solution."},
  "conditioned-matrix": {"label":"conditioned-matrix","tex":"W \\mid \\{W a_k = y_k,\\ W^T c_j = e_j\\} \\;\\sim\\; \\sum_k y_k a_k^T + \\sum_j c_j e_j^T - \\sum_{jk} c_j\\,(c_j\\cdot y_k)\\,a_k^T + P_c\\,G\\,P_a","meaning":"A Gaussian matrix that is known through products","source":"here, tested against explicit networks; the conditioning is Bolthausen's (2014), Commun. Math. Phys. 325, 333."},
  "turned-axes": {"label":"turned-axes","tex":"g_k \\;\\to\\; (z_1,\\ \\dots,\\ z_k,\\ \\chi_{N-k},\\ 0,\\ \\dots,\\ 0), \\qquad z_i \\sim N(0, 1), \\qquad k = 0, 1, 2, \\dots < N","meaning":"Gaussian vectors of which few inner products are asked","source":"Bartlett (1933), Proc. R. Soc. Edinburgh 53, 260, column by column; its use here, tested against networks in axes that stay."},
  "head-noise": {"label":"head-noise","tex":"\\mathrm{Cov} f = \\frac1H(1+R)^{-1}\\Sigma\\,(1+R)^{-T}, \\qquad \\mathbb E f - f_\\infty = \\frac1H(1+R)^{-1}\\Bigl\\{-\\mathbb E\\bigl[(F'-R)(1+R)^{-1}(F-f)\\bigr] + \\tfrac12\\,\\mathbb E F'':C\\Bigr\\}","meaning":"Noise and shift by finitely many heads","source":"here, tested against ensembles and independent derivatives."},
  "wide-noise": {"label":"wide-noise","tex":"N H\\,\\mathrm{Cov} f = (1+R)^{-1}\\sum_k F_kF_k^T\\,(1+R)^{-T}","meaning":"Noise of wide heads that follow one path","source":"here, tested against ensembles."},
  "order-parameter-noise": {"label":"order-parameter-noise","tex":"\\mathrm{size}\\cdot\\mathrm{Cov}\\,q = (1 - F')^{-1}\\,\\Sigma\\,(1 - F')^{-T}, \\qquad q = F(q) + \\text{noise of covariance } \\Sigma/\\mathrm{size}","meaning":"Noise of order parameters that depend on themselves","source":"Bordelon, Pehlevan (2023), arXiv:2304.03408; the form here."},
  "saddle-horizon": {"label":"saddle-horizon","tex":"t^* = \\min\\{t : \\mathrm{Var} f(t) \\ge \\varepsilon^2\\} \\simeq \\frac{\\ln \\mathrm{size} + \\mathrm{const}}{2\\lambda}","meaning":"Horizon of training near a saddle","source":"here."},
  "size-orders": {"label":"size-orders","tex":"\\mathrm{Var} \\sim \\frac{N^{1-2\\alpha_A}}{H}, \\qquad \\text{shift} \\sim \\frac1N \\ (\\alpha_A = \\tfrac12, 1), \\ \\frac1H \\text{ in training at } \\tfrac12, \\qquad \\text{depth} \\sim \\frac1L","meaning":"Leading orders in the sizes","source":"here; constants where a function gives them."},
  "attention-logits": {"label":"attention-logits","tex":"A_{ia} = N^{-\\alpha_A} q_i\\cdot k_a, \\qquad \\mathrm{Cov}(A_{ia}, A_{jb}) = N^{1-2\\alpha_A} H_{ij} H_{ab}","meaning":"Logits of heads","source":"Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712."},
  "attention-logit-law": {"label":"attention-logit-law","tex":"A = N^{-\\alpha_A} q\\cdot k \\sim \\sigma\\,\\frac{\\chi_N}{\\sqrt N}\\,\\mathcal N(0,1), \\qquad \\sigma^2 = N^{1-2\\alpha_A} H_{ss} H_{aa}, \\qquad \\frac{\\mathbb E A^4}{(\\mathbb E A^2)^2} = 3\\Bigl(1 + \\frac2N\\Bigr)","meaning":"Law of a logit over heads","source":"here; a textbook scale mixture. Densities over heads in Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712."},
  "attention-heads": {"label":"attention-heads","tex":"V^s_{ij} = \\mathbb E\\, B_{ij}, \\quad B = \\sigma H \\sigma^T, \\qquad T_{ij} = \\mathbb E\\,\\sigma_i\\sigma_j^T, \\qquad \\mathbb E\\, J_i H J_j, \\quad J = \\mathrm{diag}\\,\\sigma - \\sigma\\sigma^T","meaning":"What attention carries","source":"Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712; the quadrature here."},
  "attention-finite-width": {"label":"attention-finite-width","tex":"A \\mid q \\sim \\mathcal N\\bigl(0,\\ N^{1-2\\alpha_A}\\, \\tfrac1N q q^T \\otimes H\\bigr), \\qquad \\tfrac1N q q^T = \\tfrac1N L\\,T T^T L^T, \\quad T_{11} \\sim \\chi_N,\\ T_{22} \\sim \\chi_{N-1},\\ T_{21} \\sim \\mathcal N(0,1)","meaning":"Logits of heads of finite width","source":"here; Bartlett's decomposition (1933)."},
  "attention-small-variance": {"label":"attention-small-variance","tex":"V^s_{ij} = \\bar V_{ij} + \\varepsilon\\Bigl[\\frac{H_{ij}}{S^2}\\sum_{ab} H_{ab}(P H P)_{ab} + \\frac{H_{ii}}{2S}\\sum_a (H\\bar\\sigma_j)_a (d_a - \\bar d) + (i \\leftrightarrow j)\\Bigr] + O(\\varepsilon^2), \\qquad d = \\mathrm{diag}(PHP), \\quad P = 1 - \\tfrac1S 11^T","meaning":"Logits of small variance","source":"here."},
  "attention-width-slope": {"label":"attention-width-slope","tex":"V^s = V^s_\\infty + \\frac1N \\cdot \\frac{1}{24}\\sum \\kappa_{\\alpha\\beta\\gamma\\delta}\\, \\mathbb E\\, \\partial^4_{\\alpha\\beta\\gamma\\delta} B + O(N^{-2}), \\qquad \\kappa_{\\alpha\\beta\\gamma\\delta} = \\sum_{p \\ne p'} \\prod_{p} H^q \\prod_{p'} H^k","meaning":"First correction of the width of heads","source":"here, tested by the quadrature of [eq:attention-finite-width]."},
  "attention-expansion": {"label":"attention-expansion","tex":"\\frac{d}{d\\Gamma}\\mathbb E f = \\tfrac12\\, \\mathbb E f\\,\\mathrm{He}_2, \\qquad V^{s\\prime}[dH] = \\mathbb E\\,\\sigma\\,dH\\,\\sigma^T + \\tfrac12\\,\\mathbb E B\\, \\Gamma_1 : \\mathrm{He}_2, \\qquad \\tfrac12 V^{s\\prime\\prime}[dH,dH] = \\tfrac12\\,\\mathbb E\\,(\\sigma\\,dH\\,\\sigma^T)\\,\\Gamma_1:\\mathrm{He}_2 + \\mathbb E B\\,\\bigl(\\tfrac12 \\Gamma_2 : \\mathrm{He}_2 + \\tfrac18 \\Gamma_1\\Gamma_1 :: \\mathrm{He}_4\\bigr)","meaning":"Derivatives of what attention carries","source":"Price (1958), IRE Trans. Inf. Theory 4, 69; here."},
  "perceptron-kernels": {"label":"perceptron-kernels","tex":"\\Phi_{ij} = \\mathbb E\\,\\phi(u_i)\\phi(u_j), \\qquad \\Phi'_{ij} = \\mathbb E\\,\\phi'(u_i)\\phi'(u_j), \\qquad u \\sim \\mathcal N(0, H)","meaning":"Kernels of a perceptron layer","source":"Cho, Saul (2009), NeurIPS; Williams (1997), NeurIPS."},
  "attention-depth": {"label":"attention-depth","tex":"H^0 = \\tfrac1D x\\cdot x, \\qquad H^{l+1/2} = H^l + b^2 V^s(H^l), \\qquad H^{l+1} = H^{l+1/2} + b^2\\,\\Phi(H^{l+1/2})","meaning":"Kernels through depth","source":"Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712."},
  "attention-layer-norm": {"label":"attention-layer-norm","tex":"H_{ij} \\to \\frac{H_{ij}}{\\sqrt{(H_{ii}+\\epsilon)(H_{jj}+\\epsilon)}}","meaning":"Layer norm of a kernel","source":"classical."},
  "attention-backward": {"label":"attention-backward","tex":"G^L = \\frac{1}{S^2}, \\qquad G \\leftarrow G + b^2\\, G\\circ\\Phi', \\qquad G \\leftarrow G + b^2\\Bigl[\\sum_{ij} G_{ij}T_{ij} + \\sum_{ij} H_{ij}G_{ij}\\,\\mathbb E J_iHJ_j + \\bigl(\\mathbb E\\, J_iHJ_j : H\\bigr) G_{ij}\\Bigr]","meaning":"Gradient kernels through depth","source":"here, tested against finite networks and a tangent carried forward."},
  "attention-tangent": {"label":"attention-tangent","tex":"K = \\underbrace{\\overline{H^L}}_{w} + \\underbrace{\\textstyle\\sum G^0\\circ H^0}_{W_0} + b^2 L^{2\\alpha_L-1} \\sum_l \\sum \\Bigl(\\underbrace{G\\circ V^s}_{W_O} + \\underbrace{Y^V\\circ H}_{W_V} + \\underbrace{\\tfrac1N Y^K\\circ H}_{W_K} + \\underbrace{\\tfrac1N Y^Q\\circ H}_{W_Q} + \\underbrace{G\\circ\\Phi}_{W_2} + \\underbrace{G\\circ\\Phi'\\circ H}_{W_1}\\Bigr)","meaning":"Tangent kernel by group","source":"here, tested against finite networks."},
  "attention-ntk-layer": {"label":"attention-ntk-layer","tex":"H' = V^s, \\qquad \\Theta'_{ij} = V^s_{ij} + T_{ij} : (H + \\Theta) + H_{ij}\\,\\mathbb E J_iHJ_j : (H + \\Theta) + (H_{ij} + \\Theta_{ij})\\,\\mathbb E J_iHJ_j : H","meaning":"An attention layer as a map of two kernels","source":"here for softmax; Hron et al. (2020), arXiv:2006.10540 without it."},
  "tied-attention": {"label":"tied-attention","tex":"\\sigma = \\mathrm{softmax}(H), \\qquad H' = \\sigma H\\sigma^T, \\qquad \\Theta' = \\sigma\\Theta\\sigma^T + 2H'","meaning":"Queries tied to keys","source":"Hron et al. (2020), arXiv:2006.10540."},
  "kernel-descent": {"label":"kernel-descent","tex":"f_\\mu(t+1) = f_\\mu(t) + \\frac{\\eta_0}{P} \\sum_\\nu K_{\\mu\\nu}\\,(y_\\nu - f_\\nu(t))","meaning":"Gradient descent in the kernel regime","source":"Jacot, Gabriel, Hongler (2018), arXiv:1806.07572."},
  "lazy-order": {"label":"lazy-order","tex":"f(t) = f^{lin}(t) + \\gamma_0\\, a(t) + \\gamma_0^2\\, b(t) + \\dots, \\qquad f_+ = \\tfrac12\\bigl[f(w) + f(-w)\\bigr] - f^{lin} = O(\\gamma_0^2), \\qquad f_- = \\tfrac12\\bigl[f(w) - f(-w)\\bigr] = O(\\gamma_0 n^{-1/2})","meaning":"What richness adds to the kernel regime","source":"here; the linear regime is that of Chizat, Oyallon, Bach (2019), arXiv:1812.07956."},
  "kernel-alignment": {"label":"kernel-alignment","tex":"\\mathcal A(K) = \\frac{y^T K y}{|y|^2\\, |K|_F}, \\qquad r(K) = \\frac{(\\mathrm{tr}\\, K)^2}{|K|_F^2}, \\qquad m(K) = \\frac{|K(t) - K(0)|_F}{|K(0)|_F}","meaning":"Alignment, effective rank and movement of a kernel","source":"Cristianini, Shawe-Taylor, Elisseeff, Kandola (2001) for the alignment; r is a participation ratio."},
  "averaging-floor": {"label":"averaging-floor","tex":"\\alpha_A > \\tfrac12,\\ N \\to \\infty: \\quad \\sigma = \\frac1S, \\quad K_{\\mu\\nu} = K(\\bar x_\\mu, \\bar x_\\nu), \\qquad \\bar x_\\mu = \\bar x_\\nu \\ \\Rightarrow\\ f_\\mu = f_\\nu, \\qquad \\mathcal L \\ge \\frac{1}{8P} \\sum_{\\text{pairs}} (y_\\mu - y_\\nu)^2","meaning":"What uniform attention cannot tell apart","source":"here."},
  "attention-depth-flow": {"label":"attention-depth-flow","tex":"\\alpha_L = \\tfrac12: \\quad \\frac{dH}{d\\tau} = \\beta_0^2\\,[V^s(H) + \\Phi(H)], \\qquad \\alpha_L = 1: \\quad H = H^0 + \\frac{\\tau}{L}\\beta_0^2\\,[V^s(H^0) + \\Phi(H^0)] + O(L^{-2})","meaning":"Infinite depth","source":"Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712; the coefficient here."},
  "attention-collapse": {"label":"attention-collapse","tex":"\\cos = \\frac{1}{S(S-1)}\\sum_{s\\ne a} C_{sa}, \\qquad r = \\frac{(\\sum\\lambda)^2}{\\sum\\lambda^2}, \\qquad C_{sa} = \\frac{H_{sa}}{\\sqrt{H_{ss}H_{aa}}}","meaning":"How alike tokens are","source":"participation ratio, [eq:participation]."},
  "attention-symmetric-tokens": {"label":"attention-symmetric-tokens","tex":"q_L = q_0 + m_0\\bigl[(1+b^2)^L - 1\\bigr], \\qquad p_L = p_0 + m_0\\bigl[(1+b^2)^L - 1\\bigr], \\qquad m_0 = \\frac{q_0 + (S-1)p_0}{S}","meaning":"Tokens that are all alike to each other","source":"here."},
  "linear-attention-moments": {"label":"linear-attention-moments","tex":"\\mathbb E B_{ij}B_{kl} = H_{ij}H_{kl}\\bigl[t\\,t' + \\tfrac1N(u+v)\\bigr] + H_{ik}H_{jl}\\bigl[u + \\tfrac1N(v + t\\,t')\\bigr] + H_{il}H_{jk}\\bigl[v + \\tfrac1N(u + t\\,t')\\bigr]","meaning":"Second moment without softmax","source":"here; moments of Wishart matrices."},
  "attention-one-block": {"label":"attention-one-block","tex":"\\mathrm{Var}\\,\\hat V_{ij} = \\frac1H\\Bigl[\\mathrm{Var}_A B_{ij} + \\frac1N\\,\\mathbb E\\bigl(B_{ii}B_{jj} + B_{ij}^2\\bigr)\\Bigr], \\qquad \\mathrm{Var}\\,U_{ij} = \\frac1n\\,\\mathbb E\\bigl(\\hat V_{ii}\\hat V_{jj} + \\hat V_{ij}^2\\bigr) + \\mathrm{Var}\\,\\hat V_{ij}","meaning":"One block at every width and number of heads","source":"here."},
  "attention-cumulants": {"label":"attention-cumulants","tex":"\\mathrm{Cov} \\leftarrow F'\\,\\mathrm{Cov}\\,F'^T + D, \\quad m \\leftarrow F' m + \\tfrac12 F'' : \\mathrm{Cov} + \\tfrac{b^2}{N} c, \\qquad D = \\frac{b^4}{H}\\mathrm{Cov}_A B + \\frac1n\\Bigl(b^2\\{H,V\\}_4 + b^4\\bigl[\\{V,V\\}_2 + \\mathbb E\\{B,B\\}_2\\bigr]\\Bigr)","meaning":"Covariance and shift through depth","source":"here, tested against [eq:attention-kernel-chain]."},
  "attention-kernel-chain": {"label":"attention-kernel-chain","tex":"H^{l+1} = H^l + \\frac{b}{\\sqrt n}\\bigl(F_H Z F_V^T + F_V Z^T F_H^T\\bigr) + \\frac{b^2}{n} F_V\\bigl(Z^TZ + W_{n-r}\\bigr)F_V^T, \\qquad \\hat V = F_VF_V^T = \\frac1n\\sum_{h=1}^{H} \\sigma_h\\, v_hv_h^T\\,\\sigma_h^T","meaning":"Kernels of finite networks as a Markov chain","source":"here, tested against explicit networks."},
  "movement-powers": {"label":"movement-powers","tex":"\\Delta h, \\Delta q, \\Delta k, \\Delta A, \\Delta\\sigma, \\Delta v, \\Delta f, \\Delta H = \\mathcal O(1), \\qquad \\Delta W_{Q,K,V,O,1,2} \\sim n^{-1/2} L^{\\alpha_L-1}, \\qquad \\Delta W_0, \\Delta p, \\Delta w \\sim L^{\\alpha_L-1/2}\\ \\text{(SGD)},\\ n^{-1/2}L^{\\alpha_L-1}\\ \\text{(Adam)}","meaning":"Powers of the sizes with which coordinates move","source":"Bordelon, Chaudhry, Pehlevan (2024), arXiv:2405.15712, for the scales; the list here."},
  "attention-growth": {"label":"attention-growth","tex":"r_K \\sim N^{1-\\alpha_A}\\,\\bar M, \\qquad \\Delta A \\sim \\kappa\\bar M + \\kappa b\\, N^{2-2\\alpha_A}\\,\\bar M + N^{1/2-\\alpha_A}\\,\\Delta h, \\qquad \\bar M:\\ N^{-1/2} \\to \\mathcal O(1)","meaning":"Wide heads with trained layers below","source":"here, measured by the study attention-saturation; that wide heads need $\\alpha_A = 1$: Yang et al. (2022), arXiv:2203.03466."},
  "bootstrap": {"label":"bootstrap","tex":"\\bigl[\\hat\\theta - q_{1-\\alpha/2}\\,\\mathrm{se},\\ \\hat\\theta - q_{\\alpha/2}\\,\\mathrm{se}\\bigr], \\qquad q \\text{ quantiles of } \\frac{\\theta^*-\\hat\\theta}{\\mathrm{se}^*} \\text{ over resamples of the replicas}","meaning":"Studentised bootstrap interval","source":"Efron, Tibshirani (1993)."},
  "tost": {"label":"tost","tex":"\\text{holds: } [l, u] \\subset (-\\varepsilon, \\varepsilon); \\qquad \\text{fails: } [l, u] \\cap (-\\varepsilon, \\varepsilon) = \\emptyset; \\qquad \\text{undecided otherwise}","meaning":"Equivalence test","source":"Schuirmann (1987)."},
  "exponent-fit": {"label":"exponent-fit","tex":"y(n) = \\frac{a}{n^{p}}\\Bigl(1 + \\frac bn\\Bigr), \\qquad \\{p : \\chi^2(p) - \\chi^2_{min} \\le q\\}","meaning":"Exponent with a correction to scaling","source":"Feldman, Cousins (1998) for the thresholds at the ends; the rest here."},
  "n-star": {"label":"n-star","tex":"N^*_{certified} = \\min\\{N : [l, u](n) \\subset (-\\varepsilon, \\varepsilon) \\ \\ \\forall\\, n \\ge N \\text{ tested}\\}, \\qquad N^*_{fitted} : |\\widehat{bias}(N^*)| = \\varepsilon","meaning":"Size from which mean field holds","source":"here."},
  "n-star-gain": {"label":"n-star-gain","tex":"G = N^*_{limit} / N^*_{corrected}","meaning":"What a correction gains","source":"here."},
  "max-t": {"label":"max-t","tex":"P\\bigl(|m_i - \\mu_i| \\le q\\,\\mathrm{se}_i \\ \\ \\forall i\\bigr) = 1 - \\alpha, \\qquad q = \\text{the } 1-\\alpha \\text{ quantile of } \\max_i |t_i^*|","meaning":"Simultaneous band","source":"Westfall, Young (1993)."},
  "spent-level": {"label":"spent-level","tex":"\\alpha_j = a(t_j) - a(t_{j-1}), \\qquad a(t) = 2\\bigl(1 - \\Phi(z_{1-\\alpha/2}/\\sqrt t)\\bigr), \\qquad t_j = 2^{j-J}","meaning":"Level spent over looks","source":"Lan, DeMets (1983)."},
  "controls": {"label":"controls","tex":"\\bigl|E[y_{dt/2} - y_{dt}]\\bigr| < \\varepsilon/4, \\qquad E\\,y_{seeds} = E\\,y_{other\\ seeds}","meaning":"Controls","source":"here."},
  "growth": {"label":"growth","tex":"\\sigma(t) \\approx \\sigma(t_0)\\,e^{\\lambda (t - t_0)} \\quad \\text{until} \\quad \\sigma(t_1) = e^{-1/2} \\max_t \\sigma(t)","meaning":"Growth of fluctuations in time","source":"here."},
  "wasserstein": {"label":"wasserstein","tex":"W_p(F, G) = \\Bigl(\\int_0^1 |F^{-1}(u) - G^{-1}(u)|^p\\,du\\Bigr)^{1/p}, \\qquad |W_p(F, G) - W_p(F_R, G)| \\le W_p(F_R, F)","meaning":"Wasserstein distance","source":"Villani (2003), ch. 2; the interval here."},
  "k-statistics": {"label":"k-statistics","tex":"k_3 = \\frac{R^2 m_3}{(R-1)(R-2)}, \\qquad k_4 = \\frac{R^2\\,[(R+1)m_4 - 3(R-1)m_2^2]}{(R-1)(R-2)(R-3)}, \\qquad G_1 = \\frac{k_3}{k_2^{3/2}}, \\quad G_2 = \\frac{k_4}{k_2^2}","meaning":"Cumulants, skewness, excess kurtosis","source":"Fisher (1930)."},
  "sign-symmetry": {"label":"sign-symmetry","tex":"D = \\max_t \\tfrac1R\\,\\bigl|\\#\\{x \\le c - t\\} - \\#\\{x \\ge c + t\\}\\bigr|, \\qquad W = \\frac{\\sum_i \\mathrm{sgn}(x_i - c)\\,\\mathrm{rank}|x_i - c|}{\\sum_i \\mathrm{rank}|x_i - c|}","meaning":"Symmetry about a known centre","source":"Butler (1969); Wilcoxon (1945)."},
  "mirror-symmetry": {"label":"mirror-symmetry","tex":"A = \\min_c \\frac{\\sum_i |x_{(i)} + x_{(R+1-i)} - 2c|}{2\\sum_i |x_i - c|}, \\qquad T = \\sqrt R\\,\\frac{\\bar x - M}{\\sqrt{\\pi/2}\\ \\overline{|x - M|}}","meaning":"Symmetry about an unknown centre","source":"A here; T of Miao, Gel, Gastwirth (2006)."},
  "dip": {"label":"dip","tex":"\\mathrm{dip}(F_R) = \\min_{U \\text{ unimodal}}\\ \\sup_x |F_R(x) - U(x)|","meaning":"Dip","source":"Hartigan, Hartigan (1985)."},
  "critical-bandwidth": {"label":"critical-bandwidth","tex":"h_2 = \\min\\Bigl\\{h : \\sum_i e^{-(x - x_i)^2/2h^2} \\text{ has at most two modes}\\Bigr\\}","meaning":"Critical bandwidth for two modes","source":"Silverman (1981)."},
  "participation": {"label":"participation","tex":"\\mathrm{PR} = \\frac{(\\sum_i w_i)^2}{\\sum_i w_i^2}, \\qquad \\mathrm{Gini} = \\frac{\\sum_i (2i - N - 1)\\,w_{(i)}}{N\\sum_i w_i}, \\qquad \\mathrm{largest} = \\frac{w_{(N)}}{\\sum_i w_i}, \\qquad w_i = x_i^2","meaning":"Participation ratio, Gini index, largest share","source":"Bell, Dean (1970); Gini (1912)."},
  "hill": {"label":"hill","tex":"\\frac1{\\hat a} = \\frac1k\\sum_{i=1}^{k} \\log\\frac{x_{(N+1-i)}}{x_{(N-k)}}, \\qquad P(|x| > t) \\sim t^{-a}","meaning":"Hill's estimator","source":"Hill (1975)."},
  "unit-covariance": {"label":"unit-covariance","tex":"N C = \\frac{R}{(R-1)(N-1)}\\;\\frac1R\\sum_r \\Bigl[\\bigl(\\textstyle\\sum_i d_{ri}\\bigr)^2 - \\sum_i d_{ri}^2\\Bigr], \\qquad d_{ri} = x_{ri} - \\bar x_i","meaning":"Covariance between units","source":"here."},
  "limit-fit": {"label":"limit-fit","tex":"y(n) = y_\\infty + \\frac{a}{n^{p}}, \\qquad z = \\frac{\\hat y_\\infty - y_{solver}}{\\sqrt{\\mathrm{se}^2 + \\mathrm{err}^2}}","meaning":"Limit of a decay","source":"here."},
  "richardson": {"label":"richardson","tex":"y_\\infty = \\frac{r^{p} y_2 - y_1}{r^{p} - 1}, \\quad r = \\frac{n_2}{n_1}; \\qquad y_\\infty = \\sum_k w_k y_k, \\quad \\sum_k w_k = 1, \\quad \\sum_k w_k n_k^{-p_j} = 0","meaning":"Richardson extrapolation","source":"Richardson (1911)."},
  "observed-order": {"label":"observed-order","tex":"\\frac{y_1 - y_2}{y_2 - y_3} = \\frac{n_1^{-p} - n_2^{-p}}{n_2^{-p} - n_3^{-p}}, \\qquad p = \\frac{1}{\\log r}\\log\\frac{y_1 - y_2}{y_2 - y_3} \\ \\text{ for equal ratios}","meaning":"Order that three sizes show","source":"Fieller (1954)."},
  "collapse": {"label":"collapse","tex":"y(n, x) = n^{-a} f\\bigl((x - x_c)\\, n^{b}\\bigr)","meaning":"Finite-size-scaling collapse","source":"Fisher, Barber (1972)."},
  "collapse-quality": {"label":"collapse-quality","tex":"S = \\frac1T \\sum_{i,j} \\frac{(y_{ij} - Y_{ij})^2}{dy_{ij}^2 + dY_{ij}^2}","meaning":"Quality of a collapse","source":"Kawashima, Ito (1993); Houdayer, Hartmann (2004)."},
  "two-axes": {"label":"two-axes","tex":"y(N, H) = \\frac{a}{N^{p}} + \\frac{b}{H^{q}} + \\frac{c}{N^{p} H^{q}}, \\qquad y(N, H) = \\frac{a}{N^{p} H^{q}}","meaning":"Two sizes","source":"here."},
  "two-axis-boundary": {"label":"two-axis-boundary","tex":"N^*(H) = \\Bigl(\\frac{|A|}{\\varepsilon - \\mathrm{sign}(A)\\, B}\\Bigr)^{1/p}, \\qquad y(N, H) = B + \\frac{A}{N^{p}} \\ \\text{ at fixed } H, \\quad |B| < \\varepsilon","meaning":"Boundary of a tolerance in two sizes","source":"here."},
  "effective-size": {"label":"effective-size","tex":"y(N, H) = F(N H^{k})","meaning":"One size instead of two","source":"here."},
  "philox": {"label":"philox","tex":"(c_0, c_1, c_2, c_3) \\leftarrow \\bigl(\\mathrm{hi}(M_1 c_2)\\oplus c_1\\oplus k_0,\\ \\mathrm{lo}(M_1 c_2),\\ \\mathrm{hi}(M_0 c_0)\\oplus c_3\\oplus k_1,\\ \\mathrm{lo}(M_0 c_0)\\bigr)","meaning":"Philox4x32-10","source":"Salmon et al. (2011)."},
  "curie-weiss": {"label":"curie-weiss","tex":"P(s) \\propto \\exp\\Bigl(\\frac{K}{2N}\\bigl(\\textstyle\\sum_i s_i\\bigr)^2 + h\\sum_i s_i\\Bigr), \\qquad m = \\tanh(Km + h)","meaning":"The Curie-Weiss magnet","source":"classical."},
};

/** The equations of these labels, in this order, as a record shows them. */
export function equations(...labels: readonly EquationLabel[]): readonly Equation[] {
  return labels.map((label) => all[label]);
}
