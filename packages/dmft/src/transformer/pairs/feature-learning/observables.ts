import type { Observable } from "@mesoscope/contracts";
import { timeGrid } from "../training-observables.js";
import type { LearningSetting } from "./setting.js";

/** What is measured after the last step, and the loss on the way; a replica is two networks that differ in the sign of their read-out, and what is not their difference is their mean. */
export function learningObservables({ network, times, hasHalf }: LearningSetting): readonly Observable[] {
  const features = network === "block" ? "kernel of the pooled values" : "kernel of the pooled stream";
  const scalar = (id: string, symbol: string, meaning: string, equation: string): Observable => ({ id, symbol, meaning, unit: "1", kind: "scalar", equation });
  return [
    scalar("told", "⟨y f⟩ told", "answer where the mean of the tokens tells it: 1 is right", "averaging-floor"),
    scalar("hidden", "⟨y f⟩ hidden", "answer where only attention tells it: 1 is right, 0 knows nothing", "averaging-floor"),
    { id: "loss", symbol: "ℒ", meaning: "loss, half the mean squared error", unit: "1", kind: "series", equation: "transformer-training", grid: timeGrid(times) },
    scalar("even", "|f₊|", "deviation from the network's own kernel descent, even in the read-out: root mean square over inputs, largest over the steps", "lazy-order"),
    scalar("odd", "|f₋|", "part of the output that is odd in the read-out: root mean square over inputs, largest over the steps", "lazy-order"),
    scalar("alignment", "𝒜(K)", "alignment of the tangent kernel with the targets", "kernel-alignment"),
    scalar("rank", "r(K)", "effective rank of the tangent kernel", "kernel-alignment"),
    scalar("movement", "m(K)", "movement of the tangent kernel as a share of its start", "kernel-alignment"),
    scalar("feature-alignment", "𝒜(Φ)", `alignment of the ${features} with the targets`, "kernel-alignment"),
    scalar("feature-rank", "r(Φ)", `effective rank of the ${features}`, "kernel-alignment"),
    scalar("feature-movement", "m(Φ)", `movement of the ${features} as a share of its start`, "kernel-alignment"),
    ...(hasHalf ? [scalar("even-power", "p₊", "power of γ₀ of the even deviation, between γ₀/2 and γ₀ on the same weights", "lazy-order"), scalar("odd-power", "p₋", "power of γ₀ of the odd part, between γ₀/2 and γ₀ on the same weights", "lazy-order")] : []),
  ];
}
