import type { Layer } from "@mesoscope/contracts";
import { band } from "./band.js";
import { cloud } from "./cloud.js";
import { curve } from "./curve.js";
import { frames } from "./frames.js";
import { heatMap } from "./heat-map.js";
import { law } from "./law.js";
import { mark } from "./mark.js";
import { phasePortrait } from "./phase-portrait.js";
import { points } from "./points.js";
import type { Role } from "./role.js";
import { spectrum } from "./spectrum.js";

const roles: { readonly [R in Layer["role"]]: Role<Extract<Layer, { readonly role: R }>> } = {
  band,
  cloud,
  curve,
  frames,
  "heat-map": heatMap,
  law,
  mark,
  "phase-portrait": phasePortrait,
  points,
  spectrum,
};

/** Back to front: regions under lines under points under the names of marks. */
const depths: Readonly<Record<Layer["role"], number>> = {
  "heat-map": 0,
  band: 1,
  law: 2,
  mark: 3,
  cloud: 4,
  frames: 4,
  "phase-portrait": 5,
  spectrum: 5,
  curve: 6,
  points: 7,
};

/** The role a layer plays; the type of the layer goes with its name. */
export function roleOf(layer: Layer): Role<Layer> {
  return roles[layer.role];
}

export function fromBackToFront(layers: readonly Layer[]): readonly Layer[] {
  return [...layers].sort((a, b) => depths[a.role] - depths[b.role]);
}
