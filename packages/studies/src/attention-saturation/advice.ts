import { adviceFor, saturationSetting, type LimitAdvice } from "@mesoscope/dmft/transformer";

/** What the advisor says of the networks of this study. */
export function adviceAt(alphaA: number, size: { readonly N: number; readonly H: number; readonly L: number }): LimitAdvice {
  return adviceFor(saturationSetting({ alphaA }), size);
}

/** The warning that there is no limit, where the advisor gives it. */
export function noLimitWarning(alphaA: number, size: { readonly N: number; readonly H: number; readonly L: number }): LimitAdvice["warnings"][number] | undefined {
  return adviceAt(alphaA, size).warnings.find(({ id }) => id === "no-wide-limit");
}
