/** @file What a law is. No test framework is needed to run one. */
import type { Backend } from "../backend.js";

/** A promise that every backend keeps. */
export interface BackendLaw {
  /** A sentence. */
  readonly name: string;
  /** Resolves when the backend keeps the law, rejects with a {@link LawError} when not. Frees what it allocates. */
  readonly check: (backend: Backend) => Promise<void>;
}

/** A backend broke a law. */
export class LawError extends Error {
  override readonly name: string = "LawError";
}

/** Fails unless the two arrays hold the same bytes. */
export function requireSameBytes(a: Float64Array, b: Float64Array, what: string): void {
  const x = new Uint8Array(a.buffer, a.byteOffset, a.byteLength);
  const y = new Uint8Array(b.buffer, b.byteOffset, b.byteLength);
  const at = x.length === y.length ? x.findIndex((byte, index) => byte !== y[index]) : 0;
  if (at < 0 && x.length === y.length) return;
  const element = Math.floor(at / 8);
  throw new LawError(`${what}: element ${element} differs, ${a[element] ?? "missing"} and ${b[element] ?? "missing"}`);
}

/** Fails unless `action` is refused, at once or by a rejected promise, with an error that carries one of these codes or is a DomainError. */
export async function requireRefusal(codes: readonly string[], what: string, action: () => unknown): Promise<void> {
  let refusal: unknown;
  try {
    await action();
  } catch (error) {
    refusal = error;
  }
  if (refusal === undefined) throw new LawError(`${what} was accepted`);
  const { code, name, message } = refusal as { code?: unknown; name?: unknown; message?: unknown };
  const known = typeof code === "string" ? codes.includes(code) : name === "DomainError" && codes.includes("parameters");
  if (!known) throw new LawError(`${what} was refused, but not with ${codes.join(" or ")}: ${String(name)} (${String(code)}): ${String(message)}`);
}
