import type { ReasonRule } from "../comparison.js";

/** The theory speaks about none of the sizes. */
export const noLimit: ReasonRule = ({ bySize }) => {
  const [first] = bySize;
  if (first === undefined || bySize.some(({ applicability }) => applicability.applies)) return undefined;
  return first.applicability.applies ? undefined : { reason: "no-limit", because: `${first.applicability.reason} ${first.applicability.remedy}`.trim() };
};
