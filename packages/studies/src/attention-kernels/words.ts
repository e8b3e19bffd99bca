import type { Statement } from "@mesoscope/finite-size";
import { sizeInText } from "../one-bit/words.js";

/** "at every N tested", "from N = 64 on", "at no N tested for sure", "at no N tested" */
export function reachOf(axis: string, { certifiedFrom, outcome, bySize }: Statement): string {
  if (certifiedFrom !== undefined) return certifiedFrom === bySize[0]!.n ? `at every ${axis} tested` : `from ${axis} = ${sizeInText(certifiedFrom)} on`;
  return outcome === "fails" ? `at no ${axis} tested` : `at no ${axis} tested for sure`;
}
