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

/** The same in a sentence; `loadAfter` is the load when the run was over, of which the run itself makes one or two. */
export function machineInWords({ date, cores, model, node, load, loadAfter }) {
  const busy = load > 0.3 * cores || loadAfter > cores + 0.3;
  return `Measured ${date} on ${cores} cores (${model}), Node ${node}, load ${load.toFixed(1)} before the run and ${loadAfter.toFixed(1)} after it${busy ? ": not a quiet machine" : ""}.`;
}
