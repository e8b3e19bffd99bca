/** @file The machine of a measurement, as far as a reader needs it to judge the ratios. */
import { availableParallelism, cpus, loadavg } from "node:os";

/** Cores, model, Node, and the load just before, which says whether the machine was quiet. */
export function machine() {
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: availableParallelism(),
    model: cpus()[0]?.model.trim() ?? "unknown",
    node: process.versions.node,
    load: loadavg()[0],
  };
}

/** The same in a sentence. */
export const machineInWords = ({ date, cores, model, node, load }) =>
  `Measured ${date} on ${cores} cores (${model}), Node ${node}, load ${load.toFixed(1)} before the run${load > 0.3 * cores ? ": not a quiet machine" : ""}.`;
