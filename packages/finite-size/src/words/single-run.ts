/** @file From which size on a single run is as good as the mean over runs. */
import type { NStar } from "../scaling/n-star.js";
import { asSentence, sizeWithInterval } from "./sentence.js";

/** "A single run stays within it from n = 3600 [3130, 4380] on, beyond the sizes tested."; undefined where nothing is known. */
export function singleRunInWords(subject: string, axis: string, { typical }: NStar): string | undefined {
  const { fitted, certified } = typical;
  if (fitted.reached) return asSentence(`${subject} from about ${axis} = ${sizeWithInterval(fitted.value, fitted.interval)} on${fitted.extrapolated ? ", outside the sizes tested" : ""}`);
  return certified.reached ? asSentence(`${subject} from ${axis} = ${certified.value} on`) : undefined;
}
