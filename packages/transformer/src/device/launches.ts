/** @file Lists of kernel launches: written down once when an ensemble is made, prepared together, submitted at every step. */
import type { Backend, Dtype, KernelName, KernelParameters, Plan, Shape, Tensor } from "@mesoscope/kernels";

/** A tensor, or one that is another at every step. */
export type Slot = Tensor | (() => Tensor);

/** One kernel with its tensors. */
interface Launch {
  readonly kernel: KernelName;
  readonly parameters: KernelParameters[KernelName];
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Slot[];
}

/** Launches in their order, written down but not yet prepared. */
export interface LaunchList {
  readonly launches: readonly Launch[];
  readonly add: <K extends KernelName>(kernel: K, parameters: KernelParameters[K], inputs: readonly Slot[], outputs: readonly Slot[]) => void;
}

/** Memory and plans of one batch of replicas on a backend. */
export interface Memory {
  readonly backend: Backend;
  /** New memory that lives as long as the batch. */
  readonly tensor: (...shape: readonly number[]) => Tensor;
  /** New memory with these numbers. */
  readonly filled: (data: ArrayLike<number>, ...shape: readonly number[]) => Tensor;
  /** Gives one tensor back early. */
  readonly drop: (tensor: Tensor) => void;
  /** Memory shared by all who ask for this name: what it held is lost. */
  readonly scratch: (name: string, ...shape: readonly number[]) => Tensor;
  /** The launches as one thing to run; plans are prepared once for all lists. */
  readonly prepare: (list: LaunchList) => Promise<() => void>;
  readonly free: () => void;
}

/** An empty list. */
export function launchList(): LaunchList {
  const launches: Launch[] = [];
  return {
    launches,
    add: (kernel, parameters, inputs, outputs) => {
      launches.push({ kernel, parameters, inputs: Object.freeze([...inputs]), outputs: Object.freeze([...outputs]) });
    },
  };
}

/** Memory of a batch on a backend, numbers of that dtype. */
export function memoryOn(backend: Backend, dtype: Dtype): Memory {
  const tensors = new Set<Tensor>();
  const named = new Map<string, Tensor>();
  const plans = new Map<string, Promise<Plan>>();
  const keep = (tensor: Tensor): Tensor => {
    tensors.add(tensor);
    return tensor;
  };
  const tensor = (...shape: Shape): Tensor => keep(backend.alloc(dtype, shape));
  const planOf = ({ kernel, parameters }: Launch): Promise<Plan> => {
    const name = `${kernel} ${JSON.stringify(parameters)}`;
    const plan = plans.get(name) ?? backend.prepare(kernel, parameters, dtype);
    plans.set(name, plan);
    return plan;
  };
  return Object.freeze({
    backend,
    tensor,
    filled: (data: ArrayLike<number>, ...shape: Shape) => keep(backend.upload(data, shape, dtype)),
    drop: (one: Tensor) => {
      tensors.delete(one);
      backend.free(one);
    },
    scratch: (name: string, ...shape: Shape) => {
      const full = `${name} ${shape.join()}`;
      const found = named.get(full) ?? tensor(...shape);
      named.set(full, found);
      return found;
    },
    prepare: async ({ launches }: LaunchList) => {
      const ready: (() => void)[] = [];
      for (const launch of launches) ready.push(submission(backend, await planOf(launch), launch));
      return () => {
        for (const submit of ready) submit();
      };
    },
    free: () => {
      for (const one of tensors) backend.free(one);
      tensors.clear();
      named.clear();
      void Promise.all(plans.values()).then((all) => {
        for (const plan of all) backend.free(plan);
      }, () => undefined);
      plans.clear();
    },
  });
}

function submission(backend: Backend, plan: Plan, { inputs, outputs }: Launch): () => void {
  const fixed = (slots: readonly Slot[]): slots is readonly Tensor[] => slots.every((slot) => typeof slot !== "function");
  if (fixed(inputs) && fixed(outputs)) {
    return () => {
      backend.submit(plan, inputs, outputs);
    };
  }
  const now = (slot: Slot): Tensor => (typeof slot === "function" ? slot() : slot);
  return () => {
    backend.submit(plan, inputs.map(now), outputs.map(now));
  };
}
