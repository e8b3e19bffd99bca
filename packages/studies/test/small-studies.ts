import type { Parameters } from "@mesoscope/contracts";

/** Settings with which a study runs in a second or a few: for tests of what every study must be. */
export const smallStudies: Readonly<Record<string, Parameters>> = {
  "circle-convergence": { sizes: [8, 16, 32, 64], replicas: [40, 30, 20, 16] },
  "one-bit-finite-size": { sizes: [300, 3000, 30_000, 300_000], replicas: 32, tokens: 16, longReplicas: 8, longTokens: 450, exitSizes: [30_000, 300_000, 3_000_000], exitReplicas: 60, exponentTokens: 10_000 },
  "one-bit-critical": { pitchforkSizes: [12, 48, 192], rotationSizes: [3000, 12_000, 48_000], pitchforkReplicas: 8, rotationReplicas: 8, length: 4, scanReplicas: 4, scanLength: 2 },
  "one-bit-order-of-limits": { exactSizes: [8, 12, 16, 20], sizes: [8, 12], replicas: 32, tokens: 200, every: 20, exitSizes: [3000, 30_000], exitReplicas: 40 },
  "one-bit-memory": { sizes: [3000, 30_000], replicas: 4, tokens: 1120, lags: [4, 8, 16, 32] },
  "attention-kernels": { widths: [4, 16, 64, 256], headNumbers: [1, 2, 4, 8], exactWidths: [1, 4, 16], replicas: 120, depths: [1, 2, 4], depthReplicas: 100, networks: 50, points: 2000 },
  "head-diversity": { widths: [1, 4, 16, 64], networks: 100, steps: 4, drawnHeads: 128, explicit: 50 },
  "width-and-heads": { widths: [2, 4, 8, 16], heads: [1, 2, 3, 4], headNetworks: 128, blockWidths: [2, 3, 4, 5], blockHeads: [1, 2, 3, 4], blockNetworks: 128, lineHeads: [1, 2, 3], lineNetworks: 32, lineBlocks: 32, drawnHeads: 64, steps: 3 },
  "feature-learning": { gammas: [0.0625, 0.125, 0.5, 1.5], width: 4, widths: [2, 3, 4], replicas: 8, steps: 4, eta0: 0.05, residualEta0: 0.02 },
};
