export { ContractError } from "./contract-error.js";
export { PAIR_VERSION, RECORD_VERSION, requirePairVersion, requireRecordVersion } from "./version.js";
export { checkInstance, checkPair, checkSize } from "./pair/check-pair.js";
export { pairLaws, type Law } from "./pair/laws.js";
export {
  observableLength,
  type Applicability,
  type Axis,
  type Batch,
  type Context,
  type Equation,
  type Grid,
  type KeyWords,
  type Meter,
  type Observable,
  type Pair,
  type PairInstance,
  type ParameterProperty,
  type Parameters,
  type ParameterSchema,
  type Prediction,
  type ReplicaOutcome,
  type Replicas,
  type Size,
  type Theory,
  type Transition,
} from "./pair/pair.js";
export { canonicalJson } from "./record/canonical.js";
export { readRecord, sealRecord, writeRecord } from "./record/seal.js";
export { recordSchema } from "./record/schema.js";
export type {
  BandLayer,
  CloudLayer,
  CurveLayer,
  Figure,
  FigureAxis,
  FramesLayer,
  HeatMapLayer,
  LawLayer,
  Layer,
  MarkLayer,
  Panel,
  PhasePortraitLayer,
  PointsLayer,
  Source,
  SpectrumLayer,
} from "./record/figure.js";
export type {
  FailureReason,
  MesoscopeRecord,
  OutcomeTally,
  ParameterEntry,
  RecordBody,
  Reference,
  Table,
  TableColumn,
  Verdict,
} from "./record/record.js";
