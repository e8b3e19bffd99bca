import { DomainError } from "@mesoscope/numerics";

/** Data too few or too odd for a fit are no mistake of whoever compares: the refusal becomes the reason. */
export function refusedAs<T>(otherwise: (reason: string) => T, attempt: () => T): T {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof DomainError) return otherwise(error.message);
    throw error;
  }
}
