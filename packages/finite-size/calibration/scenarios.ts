/** @file The scenarios. Tolerances follow the width-sweep protocol: a standard error of a quarter of the tolerance, a tenth near N*. */
import type { CurveScenario, JointScenario, ScalingScenario, Scenario, SeriesScenario } from "./scenario.js";

const curve: Omit<CurveScenario, "id" | "title" | "law"> = { kind: "curve", replicas: 200, resamples: 999, sharpness: 4, spreadTolerance: 0.25 };
/** A kurtosis of 9 takes four times the replicas for the same standard error of the spread. */
const heavyCurve = { ...curve, replicas: 800 };

const curves: readonly CurveScenario[] = [
  { ...curve, id: "curve-normal", title: "normal", law: "normal" },
  { ...heavyCurve, id: "curve-student5", title: "Student, 5 degrees of freedom", law: "student5" },
  // Skew as well as heavy: the one-sided level of 5 % of its spread takes more than its two-sided interval.
  { ...heavyCurve, replicas: 1600, id: "curve-exponential", title: "exponential", law: "exponential" },
  { ...curve, id: "curve-bimodal", title: "two equal modes", law: "bimodal" },
  { ...curve, id: "curve-uneven", title: "two modes, one in five", law: "uneven" },
  { ...curve, id: "curve-rarely-diverging", title: "normal, 0.3 % diverge", law: "normal", replicas: 400, diverging: { share: 0.003, which: "any" } },
  { ...curve, id: "curve-often-diverging", title: "normal, 3 % diverge", law: "normal", replicas: 400, diverging: { share: 0.03, which: "any" } },
];

const scaling: Omit<ScalingScenario, "id" | "title" | "law" | "fitsCorrection"> = {
  kind: "scaling",
  replicas: 200,
  resamples: 399,
  sizes: [16, 32, 64, 128, 256],
  exponent: 1,
  predictedExponent: 1,
  correction: 0,
  nStar: 64,
  sharpness: 10,
};
const heavyScaling = { ...scaling, replicas: 800 };

const scalings: readonly ScalingScenario[] = [
  { ...scaling, id: "scaling-normal", title: "normal, 1/n", law: "normal", fitsCorrection: false },
  { ...scaling, id: "scaling-normal-corrected", title: "normal, 1/n, correction fitted", law: "normal", fitsCorrection: true },
  { ...scaling, id: "scaling-second-order", title: "normal, 1/n + 8/n², correction fitted", law: "normal", correction: 8, fitsCorrection: true },
  { ...heavyScaling, id: "scaling-student5", title: "Student 5, 1/n", law: "student5", fitsCorrection: false },
  { ...heavyScaling, id: "scaling-exponential", title: "exponential, 1/n", law: "exponential", fitsCorrection: false },
  { ...scaling, replicas: 400, id: "scaling-exponential-corrected", title: "exponential, 1/n + 8/n², correction fitted", law: "exponential", correction: 8, fitsCorrection: true },
  { ...scaling, id: "scaling-bimodal", title: "two equal modes, 1/n", law: "bimodal", fitsCorrection: false },
  { ...scaling, id: "scaling-wrong-exponent", title: "normal, n^(-1/2), theory says 1", law: "normal", exponent: 0.5, fitsCorrection: false },
  { ...scaling, id: "scaling-extrapolated", title: "normal, 1/n, N* = 1024 beyond all sizes", law: "normal", nStar: 1024, sharpness: 4, fitsCorrection: false },
];

const series: Omit<SeriesScenario, "id" | "title" | "law" | "sharpness"> = { kind: "series", replicas: 100, resamples: 999, sizes: [16, 64], entries: 12 };

const families: readonly (SeriesScenario | JointScenario)[] = [
  { ...series, id: "series-normal", title: "normal, 12 entries, 2 sizes", law: "normal", sharpness: 8 },
  { ...series, id: "series-exponential", title: "exponential, 12 entries, 2 sizes", law: "exponential", sharpness: 8 },
  { ...series, id: "series-noisy", title: "normal, 12 entries, 2 sizes, SE = eps", law: "normal", sharpness: 1 },
  { kind: "joint", id: "joint-normal", title: "3 observables, means and spreads, 2 sizes", law: "normal", replicas: 200, resamples: 999, sizes: [16, 64], observables: 3, sharpness: 8, spreadTolerance: 0.4 },
];

const few = { ...curve, replicas: 40, resamples: 499, spreadTolerance: 0.4 };
const HEAVY =
  "the spread of a heavy-tailed law from few replicas: its fourth moment is not in the sample yet, so the interval ends too low. `Estimate.caution` says so. Bonett's interval and BCa do no better. Remedy: more replicas (400 for the interval, 1,600 for the one-sided level of \"holds\"), or the law itself (Kolmogorov-Smirnov) instead of its spread.";

/** What is measured so that nobody relies on it. */
const limits: readonly Scenario[] = [
  { ...few, id: "limit-student5", title: "Student 5, few replicas", law: "student5", limit: HEAVY },
  { ...few, id: "limit-exponential", title: "exponential, few replicas", law: "exponential", limit: HEAVY },
  {
    ...curve,
    id: "limit-selected",
    title: "normal, the largest 0.5 % diverge",
    law: "normal",
    replicas: 400,
    diverging: { share: 0.005, which: "largest" },
    limit: "replicas that diverge because they are large are missing from the mean and from the spread, and nothing in what is left says so. Up to 1 % of them may be missing without a caveat (`allowedDiverged`): give 0 where divergence depends on the value.",
  },
  {
    ...scaling,
    id: "limit-plain-fit",
    title: "normal, 1/n + 8/n², no correction fitted",
    law: "normal",
    correction: 8,
    fitsCorrection: false,
    limit: "a plain power law where the deviation is none: exponent and N* are those of the wrong curve. `corrections` is on by default from five sizes on.",
  },
  {
    ...scaling,
    id: "limit-unresolved",
    title: "normal, 1/n, SE = eps at N*",
    law: "normal",
    sharpness: 1,
    fitsCorrection: true,
    limit: "a deviation hardly seen: the fitted N* speaks in a part of the studies only, those where it happened to look resolved, and its coverage is that of this selection.",
  },
];

export const SCENARIOS: readonly Scenario[] = [...curves, ...scalings, ...families, ...limits];
