/**
 * @file What every backend does with its handles, written once: remembers what belongs to it, refuses what is freed, foreign, of
 * another shape or dtype, and does so before anything is changed. A backend keeps its own memory `M` behind a tensor and its own
 * compiled `P` behind a plan.
 */
import { requireInteger } from "@mesoscope/numerics";
import type { Plan, Tensor } from "./backend.js";
import type { KernelName, KernelShapes } from "./catalogue.js";
import { catalogueEntry } from "./catalogue.js";
import type { Dtype } from "./dtype.js";
import { KernelError } from "./kernel-error.js";
import type { Shape } from "./shape.js";
import { elements, shapeText } from "./shape.js";

/** One submission whose handles have been checked. */
export interface CheckedSubmission<M, P> {
  readonly program: P;
  readonly inputs: readonly M[];
  readonly outputs: readonly M[];
}

/** A submission that has been checked, and how many handles had been released by then. */
interface SeenSubmission<M, P> {
  readonly plan: Plan;
  readonly outputs: readonly Tensor[];
  readonly repeat: number;
  readonly releases: number;
  readonly checked: CheckedSubmission<M, P>;
}

/** The handles of one backend. Every method throws a {@link KernelError} (`closed`) after `close`. */
export interface BackendHandles<M, P> {
  readonly requireOpen: () => void;
  /** The shape, checked: every axis an integer of at least 1. */
  readonly checkedShape: (shape: Shape) => Shape;
  /** The shape, checked against the number of elements given. */
  readonly checkedData: (data: ArrayLike<number>, shape: Shape) => Shape;
  readonly addTensor: (dtype: Dtype, shape: Shape, memory: M) => Tensor;
  readonly addPlan: (kernel: KernelName, dtype: Dtype, shapes: KernelShapes, program: P) => Plan;
  /** @throws KernelError (`freed`, `foreign`) */
  readonly memory: (tensor: Tensor, what: string) => M;
  /** Forgets a handle and gives back what was behind it. @throws KernelError (`freed`, `foreign`) */
  readonly release: (resource: Tensor | Plan) => { readonly memory: M } | { readonly program: P };
  /** What is behind the handles of a submission. @throws KernelError (`freed`, `foreign`, `shape`, `dtype`, `repeat`, `aliasing`), DomainError (`repeat`) */
  readonly submission: (plan: Plan, inputs: readonly Tensor[], outputs: readonly Tensor[], repeat: number) => CheckedSubmission<M, P>;
  /** Forgets everything. */
  readonly close: () => void;
}

/**
 * The handles of a backend called `who` in its messages ("the reference backend"), made anew with `factory`.
 */
export function backendHandles<M, P>(who: string, factory: string): BackendHandles<M, P> {
  const memories = new WeakMap<Tensor, M>();
  const programs = new WeakMap<Plan, P>();
  const freed = new WeakSet<Tensor | Plan>();
  /** Submissions of frozen lists, by their inputs: as long as nothing was freed since, they need no second look. */
  const seen = new WeakMap<readonly Tensor[], SeenSubmission<M, P>>();
  let releases = 0;
  let closed = false;

  const requireOpen = (): void => {
    if (closed) throw new KernelError({ code: "closed", what: who, rule: "has been closed", remedy: `Make a new one with ${factory}.` });
  };
  const find = <H extends Tensor | Plan, V>(map: WeakMap<H, V>, handle: H, what: string): V => {
    requireOpen();
    if (freed.has(handle)) throw new KernelError({ code: "freed", what, rule: "has been freed", remedy: "Free a handle after its last use only." });
    if (!map.has(handle)) throw new KernelError({ code: "foreign", what, rule: "does not belong to this backend", remedy: "Use handles with the backend that made them; move numbers with read and upload." });
    return map.get(handle)!;
  };
  const checkedShape = (shape: Shape): Shape => {
    for (const [axis, length] of shape.entries()) requireInteger(`shape[${axis}]`, length, { min: 1 });
    return shape;
  };
  const arrays = (plan: Plan, kind: "input" | "output", given: readonly Tensor[], shapes: readonly Shape[]): M[] => {
    const name = (index: number): string => `${kind} ${index} of "${plan.kernel}"`;
    if (given.length !== shapes.length) {
      throw new KernelError({ code: "shape", what: `"${plan.kernel}" was given ${given.length} ${kind} tensors`, rule: `takes ${shapes.length}`, remedy: `Give ${shapes.map(shapeText).join(", ")}.` });
    }
    return given.map((tensor, index) => {
      const memory = find(memories, tensor, name(index));
      // A tensor is row-major memory, and the plan reads it in its own shape: heads of a model are no other numbers than its width.
      if (elements(tensor.shape) !== elements(shapes[index]!)) {
        throw new KernelError({
          code: "shape",
          what: `${name(index)} has shape ${shapeText(tensor.shape)}, ${elements(tensor.shape)} numbers`,
          rule: `the plan was prepared for ${shapeText(shapes[index]!)}, ${elements(shapes[index]!)} numbers`,
          remedy: "Prepare a plan for this size.",
        });
      }
      if (tensor.dtype !== plan.dtype) {
        throw new KernelError({ code: "dtype", what: `${name(index)} is ${tensor.dtype}`, rule: `the plan was prepared for ${plan.dtype}`, remedy: "Prepare a plan for this dtype, or upload the numbers in the plan's." });
      }
      return memory;
    });
  };

  return Object.freeze({
    requireOpen,
    checkedShape,
    checkedData: (data, shape) => {
      if (data.length === elements(checkedShape(shape))) return shape;
      throw new KernelError({ code: "shape", what: `data of length ${data.length}`, rule: `shape ${shapeText(shape)} holds ${elements(shape)}`, remedy: "Give the shape of the data, the replica axis first." });
    },
    addTensor: (dtype, shape, memory) => {
      const tensor: Tensor = Object.freeze({ dtype, shape: Object.freeze([...shape]) });
      memories.set(tensor, memory);
      return tensor;
    },
    addPlan: (kernel, dtype, { inputs, outputs }, program) => {
      const plan: Plan = Object.freeze({ kernel, dtype, inputs, outputs });
      programs.set(plan, program);
      return plan;
    },
    memory: (tensor, what) => find(memories, tensor, what),
    release: (resource) => {
      const behind = "kernel" in resource ? { program: find(programs, resource, "the plan to free") } : { memory: find(memories, resource, "the tensor to free") };
      if ("kernel" in resource) programs.delete(resource);
      else memories.delete(resource);
      freed.add(resource);
      releases += 1;
      return behind;
    },
    submission: (plan, inputs, outputs, repeat) => {
      const before = seen.get(inputs);
      if (before?.plan === plan && before.outputs === outputs && before.repeat === repeat && before.releases === releases) return before.checked;
      const program = find(programs, plan, "the plan");
      requireInteger("repeat", repeat, { min: 1 });
      const from = arrays(plan, "input", inputs, plan.inputs);
      const to = arrays(plan, "output", outputs, plan.outputs);
      if (!catalogueEntry(plan.kernel).iterates && repeat !== 1) {
        throw new KernelError({ code: "repeat", what: `repeat = ${repeat}`, rule: `"${plan.kernel}" does not iterate`, remedy: "Submit it once." });
      }
      checkAliasing(plan.kernel, inputs, outputs);
      const checked = { program, inputs: from, outputs: to };
      if (Object.isFrozen(inputs) && Object.isFrozen(outputs)) seen.set(inputs, { plan, outputs, repeat, releases, checked });
      return checked;
    },
    close: () => {
      closed = true;
      releases += 1;
    },
  } satisfies BackendHandles<M, P>);
}

/** @throws KernelError (`aliasing`) unless every tensor that is both input and output is one the catalogue allows, and no two outputs are the same. */
function checkAliasing(kernel: KernelName, inputs: readonly Tensor[], outputs: readonly Tensor[]): void {
  const { iterates, inPlace = iterates ? [[0, 0]] : [] } = catalogueEntry(kernel);
  const refused = (what: string, rule: string): KernelError => new KernelError({ code: "aliasing", what: `"${kernel}" with ${what}`, rule, remedy: "Allocate a tensor for the output." });
  for (const [to, output] of outputs.entries()) {
    if (outputs.indexOf(output) !== to) throw refused("the same tensor as two outputs", "every output needs its own");
    for (const [from, input] of inputs.entries()) {
      if (input !== output || inPlace.some(([i, o]) => i === from && o === to)) continue;
      const may = inPlace.map(([i, o]) => `output ${o} may be input ${i}`).join(", ");
      throw refused(`the same tensor as input ${from} and output ${to}`, may === "" ? "writes to other memory than it reads" : `${may}, and nothing else`);
    }
  }
}
