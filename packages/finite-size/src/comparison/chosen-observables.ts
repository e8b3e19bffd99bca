import type { Observable } from "@mesoscope/contracts";
import { DomainError } from "@mesoscope/numerics";

/** The observables that are named, in the order of the pair. @throws DomainError for a name that is none of theirs */
export function chosenObservables(observables: readonly Observable[], ids: readonly string[]): readonly Observable[] {
  const unknown = ids.find((id) => !observables.some((observable) => observable.id === id));
  if (unknown !== undefined) {
    throw new DomainError({ name: "observable", value: unknown, rule: `must be one of ${observables.map(({ id }) => id).join(", ")}`, remedy: "Name an observable of the pair." });
  }
  return observables.filter(({ id }) => ids.includes(id));
}
