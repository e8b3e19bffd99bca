/** @file What a kernel over inputs has learned: alignment with the targets, effective rank, movement [eq:kernel-alignment]. */
import { DomainError } from "@mesoscope/numerics";

/** y^T K y / (|y|^2 |K|): 1 where the kernel is the targets' own, y y^T. @throws DomainError for a kernel or targets that vanish */
export function kernelAlignment(kernel: ArrayLike<number>, targets: ArrayLike<number>): number {
  const P = targets.length;
  let [form, square] = [0, 0];
  for (let mu = 0; mu < P; mu++) {
    square += targets[mu]! * targets[mu]!;
    for (let nu = 0; nu < P; nu++) form += targets[mu]! * kernel[mu * P + nu]! * targets[nu]!;
  }
  return form / positive("targets", square) / positive("kernel", frobenius(kernel));
}

/** (tr K)^2 / |K|^2: how many directions the kernel has. @throws DomainError for a kernel that vanishes */
export function effectiveRank(kernel: ArrayLike<number>): number {
  const P = Math.round(Math.sqrt(kernel.length));
  let trace = 0;
  for (let mu = 0; mu < P; mu++) trace += kernel[mu * (P + 1)]!;
  const share = trace / positive("kernel", frobenius(kernel));
  return share * share;
}

/** |K - K_0| / |K_0|. @throws DomainError for a start that vanishes */
export function kernelMovement(kernel: ArrayLike<number>, start: ArrayLike<number>): number {
  return frobenius(Float64Array.from(kernel, (value, k) => value - start[k]!)) / positive("kernel at the start", frobenius(start));
}

function frobenius(matrix: ArrayLike<number>): number {
  let sum = 0;
  for (const entry of Array.from(matrix)) sum += entry * entry;
  return Math.sqrt(sum);
}

function positive(name: string, size: number): number {
  if (size > 0) return size;
  throw new DomainError({ name, value: size, rule: "must not vanish", remedy: "Nothing is aligned with nothing: leave it out." });
}
