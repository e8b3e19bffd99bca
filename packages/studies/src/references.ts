import type { Reference } from "@mesoscope/contracts";

/** The papers that the studies put to the test. */
export const brunoPasqualottoAgazzi: Reference = {
  authors: "G. Bruno, F. Pasqualotto, A. Agazzi",
  title: "Emergence of meta-stable clustering in mean-field transformer models",
  year: 2024,
  identifier: "arXiv:2410.23228",
};

export const geshkovski: Reference = {
  authors: "B. Geshkovski, C. Letrouit, Y. Polyanskiy, P. Rigollet",
  title: "A mathematical perspective on transformers",
  year: 2023,
  identifier: "arXiv:2312.10794",
};

export const pocLopezAguilera: Reference = {
  authors: "Á. Poc-López, M. Aguilera",
  title: "Dynamical Mean-Field Theory of Self-Attention Neural Networks",
  year: 2024,
  identifier: "arXiv:2406.07247",
};

export const bordelonChaudhryPehlevan: Reference = {
  authors: "B. Bordelon, H. Chaudhry, C. Pehlevan",
  title: "Infinite Limits of Multi-head Transformer Dynamics",
  year: 2024,
  identifier: "arXiv:2405.15712",
};

export const chizatOyallonBach: Reference = {
  authors: "L. Chizat, E. Oyallon, F. Bach",
  title: "On Lazy Training in Differentiable Programming",
  year: 2019,
  identifier: "arXiv:1812.07956",
};

export const yangTensorProgramsV: Reference = {
  authors: "G. Yang, E. J. Hu, I. Babuschkin, S. Sidor, X. Liu, D. Farhi, N. Ryder, J. Pachocki, W. Chen, J. Gao",
  title: "Tensor Programs V: Tuning Large Neural Networks via Zero-Shot Hyperparameter Transfer",
  year: 2022,
  identifier: "arXiv:2203.03466",
};
