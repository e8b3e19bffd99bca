export { LARGEST_PLAN, planCells, weightOf, type Cell, type RunCells, type Settled } from "./design/cells.js";
export { checkDesign, geometricSizes, type Design } from "./design/design.js";
export { AbortedError, runSerially } from "./design/run-serially.js";
export { divergedCaveat } from "./ensemble/diverged-caveat.js";
export { gather, type Ensemble } from "./ensemble/ensemble.js";

export { bootstrapInterval, type BootstrapInterval, type BootstrapOptions } from "./statistics/bootstrap-interval.js";
export { deviationNorm, type DeviationNorm } from "./statistics/deviation-norm.js";
export { equivalence, meanEquivalence, spreadEquivalenceOf as spreadEquivalence, type Equivalence, type EquivalenceOptions, type Tolerance } from "./statistics/equivalence.js";
export { estimateMean, estimateSpread, meanEstimate, type Estimate, type EstimateOptions } from "./statistics/estimate.js";
export { fitExponent, type Exponent, type ExponentFit, type ExponentOptions, type ResampledCurve } from "./scaling/exponent.js";
export { adjustLevels, type Multiplicity } from "./statistics/multiplicity.js";
export { certifiedNStar, fittedNStar, type CertifiedNStar, type FittedCurve, type FittedNStar, type NStar, type NStarOf } from "./scaling/n-star.js";
export { fitCommonPowerLaw, fitPowerLaw, powerLawAt, type Curve, type PowerLawFit, type PowerLawOptions } from "./scaling/power-law.js";
export { clopperPearsonInterval, compareProportions, wilsonInterval, type Proportion, type ProportionsComparison } from "./statistics/proportions.js";
export { simultaneousBand, type SimultaneousBand } from "./statistics/simultaneous-band.js";
export { spentLevels } from "./statistics/spent-levels.js";
export { summarise, type Resampling, type Summary } from "./statistics/summary.js";
export type { StudentisedLaw } from "./statistics/studentised-law.js";

export { bimodality, type Bimodality, type BimodalityOptions } from "./laws/bimodality.js";
export { cumulants, type Cumulants, type StatisticEstimate } from "./laws/cumulants.js";
export { kStatistics, type KStatistics } from "./laws/k-statistics.js";
export { dip, type Dip } from "./laws/dip.js";
export { kolmogorovSmirnov, type LawDistance } from "./laws/kolmogorov-smirnov.js";
export { participation, type Participation, type ParticipationOptions } from "./laws/participation.js";
export type { PredictedLaw, QuantileTable } from "./laws/predicted-law.js";
export { shapeOf, type Shape, type ShapeOptions } from "./laws/shape.js";
export { symmetryAbout, symmetryOfShape, type AsymmetryTest, type SymmetryAboutCentre, type SymmetryOfShape } from "./laws/symmetry.js";
export type { TwoModes } from "./laws/two-modes.js";
export { unitCovariance, type UnitCovariance, type UnitCovarianceOptions } from "./laws/unit-covariance.js";
export { wassersteinBetween, wassersteinFromLaw, type WassersteinDistance, type WassersteinFromLaw, type WassersteinOptions } from "./laws/wasserstein.js";

export { compare, compareEnsembles } from "./comparison/compare.js";
export type {
  CompareOptions,
  Comparison,
  Control,
  Evidence,
  JointStatement,
  JudgedOutcome,
  JudgeOptions,
  ObservableEstimate,
  ObservableTolerance,
  Quantity,
  ReasonRule,
  SizeFinding,
  SizeSummary,
  Statement,
  TheoryGain,
} from "./comparison/comparison.js";
export { slug } from "./slug.js";
export { formatNumber, formatPercent, formatWithInterval, superscript } from "./format.js";
export { compareSequentially, planSequentially, type Look, type SequentialComparison, type SequentialDesign } from "./comparison/compare-sequentially.js";
export { noLimit } from "./comparison/reasons/no-limit.js";
export { numerical } from "./comparison/reasons/numerical.js";
export { finiteSize } from "./comparison/reasons/reason.js";
export type { Extrapolation } from "./comparison/extrapolation.js";
export type { Groups } from "./comparison/groups.js";
export type { Growth } from "./comparison/growth.js";
export { planSimulation, simulate, type SimulateOptions } from "./comparison/simulate.js";
export { answerOf, moreReplicasFor, type Answer, type HoldsFrom, type Horizon } from "./words/answer.js";
export { answerInWords, timeInWords, type Wording } from "./words/answer-in-words.js";
export { casesInWords, changeInWords, latestOf, whyInWords, type CaseAnswer, type CasesWording } from "./words/cases.js";
export { explainReason, reasonClause, remedyFor } from "./words/reasons.js";
export { singleRunInWords } from "./words/single-run.js";
export { asSentence, capital, listed, sizeInWords, sizeWithInterval } from "./words/sentence.js";
export { toVerdict, toVerdicts, type VerdictOptions } from "./comparison/verdict.js";

export { planControls, runControls } from "./controls/run-controls.js";
export type { ControlDesign, ControlOptions } from "./controls/tried.js";

export { boundaryOf, type Boundary, type BoundaryPoint } from "./scaling/boundary.js";
export type { Resampled } from "./scaling/check-curve.js";
export { fitCollapse, type CollapseCurve, type CollapseFit, type CollapseOptions, type CollapsePoint, type FittedCollapse, type Searched } from "./scaling/collapse.js";
export { effectiveSize, type EffectiveSize, type EffectiveSizeOptions } from "./scaling/effective-size.js";
export { compareLimit, fitLimit, type ConstantFit, type FittedLimit, type LimitComparison, type LimitFit, type LimitOptions, type SolverValue, type UnresolvedLimit } from "./scaling/limit-fit.js";
export { testOrder, type OrderTest, type OrderTestOptions } from "./scaling/order-test.js";
export type { Interval } from "./scaling/profile-interval.js";
export { richardson, type RichardsonLimit, type RichardsonOptions } from "./scaling/richardson.js";
export { compareTwoAxisLaws, fitTwoAxes, type AxisExponent, type ResampledSurface, type TwoAxesFit, type TwoAxesOptions, type TwoAxisCurve, type TwoAxisGoodness } from "./scaling/two-axes.js";
export { twoAxisLawAt, type GridPoint, type TwoAxisLaw } from "./scaling/two-axis-law.js";
export { checkGrid, linesOf, type GridDesign } from "./design/grid.js";
export { compareGrid, planGrid, type CompareGridOptions, type GridComparison } from "./comparison/compare-grid.js";
export type { Plane, PlaneFit, PlaneOptions } from "./comparison/plane.js";
export { measureTransition, planTransition, type ScannedSize, type SuffixCollapse, type TransitionDesign, type TransitionFinding, type TransitionOptions } from "./transition/transition.js";

export { cellId, isCellId, type CellOrigin } from "./journal/cell-id.js";
export { comparePlans, type PlanComparison, type PlanDifference } from "./journal/compare-plans.js";
export { journalLine, readJournal, JOURNAL_VERSION, type Journal, type JournalEntry, type JournalFault, type JournalFaultKind } from "./journal/journal.js";
export { keepCells, type CellStore } from "./journal/keep-cells.js";
export { decodeBatch, encodeBatch, KEPT_BATCH_VERSION, type KeptBatch, type KeptBatchFault } from "./journal/kept-batch.js";
export { distinctCells, plannedCells, readManifest, sealManifest, writeManifest, MANIFEST_VERSION, type Manifest, type PlannedCell, type PlannedJob, type SweepPlan } from "./journal/manifest.js";
export { costOf, fitCost, fitCosts, type Cost, type KindOfCell, type TimedCell } from "./journal/cost.js";
