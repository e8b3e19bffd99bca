/** @file The name of a cell: a hash of everything that its numbers depend on, so that whoever finds it may take it. */
import { canonicalJson } from "@mesoscope/contracts";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Cell } from "../design/cells.js";

/** What the numbers of a cell depend on beside the cell itself. */
export interface CellOrigin {
  /** Id of the study that asks. */
  readonly study: string;
  /** Name and version of every package that takes part. */
  readonly versions: Readonly<Record<string, string>>;
  /** Id of the backend that computes. */
  readonly backend: string;
  /** SHA-256, in hex, of the bytes of a stranger's module; left out for a bundled pair. */
  readonly module?: string;
}

/**
 * The id of a cell: SHA-256, in hex, of the canonical JSON of origin, pair, parameters, size and replicas. Equal ids, equal batches;
 * no folder, hour, host or number of workers is in it.
 * @throws ContractError for what JSON cannot hold, such as a parameter that is not finite
 */
export function cellId({ study, versions, backend, module }: CellOrigin, { pair, parameters, size, replicas }: Cell): string {
  const { key, from, count } = replicas;
  const identity = { study, versions, backend, ...(module === undefined ? {} : { module }), pair, parameters, size, replicas: { key, from, count } };
  return sha256OfText(canonicalJson(identity, "cell"));
}

/** SHA-256 of a text in UTF-8, in hex. */
export function sha256OfText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** Whether a text has the form of the id of a cell: 64 lower-case hexadecimal digits. */
export function isCellId(text: unknown): text is string {
  return typeof text === "string" && /^[0-9a-f]{64}$/.test(text);
}
