/** @file The limit of residual networks in training: what the advisor says of it, since no solver here speaks of it. */
import type { Size, Theory } from "@mesoscope/contracts";
import { whichLimit } from "../../advisor/which-limit.js";
import type { LimitAdvice } from "../../advisor/which-limit.js";
import type { ResidualSetting } from "./setting.js";

/** What the advisor says of these networks at a size. */
export function adviceFor({ architecture, parameterisation: { alphaA, alphaL, scheme, optimiser, gamma0, eta0 } }: ResidualSetting, { N, H, L }: { readonly N: number | "infinite"; readonly H: number | "infinite"; readonly L: number | "infinite" }): LimitAdvice {
  return whichLimit({ N, H, L, alphaA, alphaL, architecture, scheme, optimiser, gamma0, eta0 });
}

/** N -> inf with everything trained: below alphaA = 1 there is none, at 1 it is known and not solved here; in the NTK scheme it is the kernel regime, which says nothing of movement. */
export function residualLimit(setting: ResidualSetting): Theory {
  return {
    id: "limit",
    title: "infinitely wide heads, everything trained",
    equations: ["matrix-rule", "size-orders"],
    applies: ({ N, H, L }: Size) => {
      const advice = adviceFor(setting, { N: N!, H: H!, L: L! });
      const warning = advice.warnings.find(({ id }) => id === "no-wide-limit") ?? advice.warnings.find(({ id }) => id === "adam" || id === "standard-scheme");
      const residual = advice.theories.find(({ id }) => id === "residual")!;
      return {
        applies: false,
        reason: warning === undefined ? residual.reason : `${warning.label}: ${warning.because}`,
        remedy: warning === undefined ? "Compare powers of the sizes, or extrapolate finite networks." : warning.remedy,
        meters: [],
      };
    },
    predict: () => Promise.resolve([]),
  };
}
