/** What CITATION.cff of the repository says, which is not part of the package; a test holds the two together. */
export interface SoftwareCitation {
  readonly title: string;
  readonly authors: readonly string[];
  readonly license: string;
  readonly message: string;
  /** The theories that reports compare with. */
  readonly references: readonly CitedPaper[];
}

/** A paper by the full names of its authors, family names last. */
export interface CitedPaper {
  readonly authors: readonly string[];
  readonly title: string;
  readonly year: number;
  readonly identifier: string;
}

export const citation: SoftwareCitation = {
  title: "Mesoscope",
  authors: ["The Mesoscope authors"],
  license: "MIT",
  message: "If you use Mesoscope in research, please cite it, and cite the theories that a report compares with.",
  references: [
    {
      authors: ["Giuseppe Bruno", "Federico Pasqualotto", "Andrea Agazzi"],
      title: "Emergence of meta-stable clustering in mean-field transformer models",
      year: 2024,
      identifier: "arXiv:2410.23228",
    },
    {
      authors: ["Ángel Poc-López", "Miguel Aguilera"],
      title: "Dynamical Mean-Field Theory of Self-Attention Neural Networks",
      year: 2024,
      identifier: "arXiv:2406.07247",
    },
    {
      authors: ["Blake Bordelon", "Hamza Tahir Chaudhry", "Cengiz Pehlevan"],
      title: "Infinite Limits of Multi-head Transformer Dynamics",
      year: 2024,
      identifier: "arXiv:2405.15712",
    },
  ],
};
