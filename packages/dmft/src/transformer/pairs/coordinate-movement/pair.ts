import { checkSize, type Observable, type Pair, type PairInstance, type Parameters } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import type { Network } from "@mesoscope/transformer";
import { equations } from "../equations.js";
import { residualLimit } from "../residual/limit-theory.js";
import { sampleResidual } from "../residual/networks.js";
import { residualAxes } from "../residual/setting.js";
import { coordinatesOf, entriesOf } from "./coordinates.js";
import { movementParameters, movementSetting } from "./setting.js";

/**
 * The pair "coordinate-movement": how far every coordinate of a residual network has moved after a few steps, as the mean square of the change since the start. What a parameterisation promises of it
 * is a power of each size, see `promisedPower`; the limit itself is not solved here, or does not exist, and says which.
 *
 * @param options.backend where the networks are trained; the reference kernels if none is given
 */
export function coordinateMovementPair(options: { readonly backend?: Backend } = {}): Pair {
  const id = "coordinate-movement";
  return {
    pairVersion: 1,
    id,
    title: "Movement of the coordinates of a residual transformer in training",
    parameters: movementParameters,
    axes: residualAxes,
    equations: equations("transformer-block", "transformer-scales", "transformer-training", "movement-powers", "matrix-rule", "size-orders"),
    at: (parameters: Parameters): PairInstance => {
      const setting = movementSetting(parameters);
      const coordinates = coordinatesOf(setting.architecture);
      const observables = coordinates.map((coordinate): Observable => ({
        id: coordinate.id,
        symbol: `⟨Δ${coordinate.symbol}²⟩`,
        meaning: `mean squared movement of ${coordinate.meaning}`,
        unit: "1",
        kind: "scalar",
        equation: "movement-powers",
      }));
      return {
        observables,
        theories: [residualLimit(setting)],
        sample: async (size, replicas, context) => {
          checkSize(residualAxes, size, id);
          const known = new WeakMap<Network, ReturnType<typeof entriesOf>>();
          return sampleResidual(setting, observables, size, replicas, context, {
            steps: setting.steps,
            at: [setting.steps],
            observe: ["movement"],
            backend: options.backend,
            record: ({ training, network, r, row }, values) => {
              const movement = training.snapshots[0]!.values.movement!;
              const each = movement.length / training.outcomes.length;
              const recorded = known.get(network) ?? entriesOf(coordinates, network);
              known.set(network, recorded);
              for (const [c, entries] of recorded.entries()) {
                values[coordinates[c]!.id]![row] = entries.reduce((sum, i) => sum + movement[r * each + i]! * movement[r * each + i]!, 0) / entries.length;
              }
            },
          });
        },
      };
    },
  };
}
