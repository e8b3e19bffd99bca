/** @file The harmonic kernels as dispatches. */
import type { HarmonicParameters, MomentParameters } from "@mesoscope/kernels";
import { BLOCK_SUMS, field, MOMENTS } from "../shaders/harmonics.js";
import { LANES, u, type Place } from "../shaders/shader.js";
import type { Machine, Program } from "./program.js";
import type { Field } from "./runge-kutta.js";

/** Moments of angles anywhere to a place, with their scratch. */
export function momentSums(machine: Machine, { batch, n, order }: MomentParameters): (theta: Place, z: Place) => Program {
  const blocks = Math.ceil(n / LANES);
  const sums = machine.floats(2 * batch * blocks * order);
  const parameters = { n: u(n), order: u(order), blocks: u(blocks) };
  return (theta, z) => [
    {
      ...BLOCK_SUMS,
      parameters,
      bindings: [{ name: "theta", place: theta }, { name: "sums", place: { buffer: sums }, writes: true }],
      groups: batch * blocks,
      work: 4 * batch * n * order,
    },
    {
      ...MOMENTS,
      parameters,
      bindings: [{ name: "sums", place: { buffer: sums } }, { name: "z", place: z, writes: true }],
      groups: batch * (order + 1),
      work: batch * blocks * order,
    },
  ];
}

/** The field of harmonic-drift. */
export function harmonicField(machine: Machine, { batch, n, numerator, denominator }: HarmonicParameters): Field {
  const order = numerator.length;
  const moments = momentSums(machine, { batch, n, order });
  const z = machine.floats(2 * batch * (order + 1));
  const below = denominator === undefined ? [] : Array.from({ length: order + 1 }, (_, m) => denominator[m] ?? 0);
  const coefficients = machine.floats(numerator.length + below.length, [...numerator, ...below]);
  return (theta, velocity, to) => [
    ...moments(theta, { buffer: z }),
    {
      ...field(denominator !== undefined),
      parameters: { length: u(batch * n), n: u(n), order: u(order), to: u(to) },
      bindings: [
        { name: "theta", place: theta },
        { name: "z", place: { buffer: z } },
        { name: "coefficients", place: { buffer: coefficients } },
        { name: "velocity", place: velocity, writes: true },
      ],
      groups: Math.ceil((batch * n) / LANES),
      work: 8 * batch * n * order,
    },
  ];
}
