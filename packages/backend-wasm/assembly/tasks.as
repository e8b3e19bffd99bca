/** One task of the job that was asked for (crew.as), on the scratch of the thread that does it. */
import { closeTile } from "./attention";
import { advanceTask, chunkScratch, circleScratch, gatherTask, velocityTask } from "./circle";
import { address, asked, enterTask, Job, kindOfJob, leaveTask, sizeOfJob, whole } from "./crew";
import { QUERY_NUMBERS, queryTask } from "./general-attention";
import { tiles } from "./layout";
import { CAUSAL, pairTask, STRIP_NUMBERS, topTask } from "./pairs";
import { attentionReplicas, circleDriftReplicas, circleStepReplicas, driftReplicas, generalScratch, momentReplicas, stepReplicas, stepScratch, sumReplicas, tokenScratch } from "./replicas";

/** Does task `index`; `thread` counts from 0. */
export function task(index: i32, thread: i32): void {
  enterTask();
  const kind = kindOfJob();
  if (sizeOfJob() == 8) {
    if (kind < Job.DriftReplicas) part<f64>(kind, index, thread);
    else replicas<f64>(kind, index, thread);
  } else {
    if (kind < Job.DriftReplicas) part<f32>(kind, index, thread);
    else replicas<f32>(kind, index, thread);
  }
  leaveTask();
}

/** What a thread has of memory of which each has so many bytes. */
// @ts-ignore: decorator
@inline
function mine(place: i32, thread: i32, bytes: i32): usize {
  return address(place) + <usize>thread * <usize>bytes;
}

/** Later queries meet more keys where attention is causal; what takes longest is begun first. */
// @ts-ignore: decorator
@inline
function largestFirst(index: i32): i32 {
  return whole(4) & CAUSAL ? tiles(whole(0)) - 1 - index : index;
}

function part<T>(kind: i32, index: i32, thread: i32): void {
  const size = <i32>sizeof<T>();
  if (kind == Job.Pairs) pairTask<T>(address(0), whole(1), whole(2), whole(3), address(4), index, mine(5, thread, size * STRIP_NUMBERS));
  else if (kind == Job.Tops) topTask<T>(address(0), whole(1), whole(2), whole(3), address(4), index, mine(5, thread, size * STRIP_NUMBERS));
  else if (kind == Job.Tiles) closeTile<T>(address(0), whole(1), whole(2), whole(3), address(4), address(5), index);
  else if (kind == Job.Queries) queryTask<T>(whole(0), whole(1), whole(2), whole(3), whole(4), address(5), address(6), largestFirst(index), mine(7, thread, size * QUERY_NUMBERS));
  else if (kind == Job.Gather) gatherTask(whole(0), whole(1), whole(2), address(3), whole(4), address(5), index, mine(6, thread, chunkScratch(whole(1))));
  else if (kind == Job.Velocity) velocityTask(whole(0), whole(1), whole(2), address(3), whole(4), whole(5) != 0, asked(6), address(7), index);
  else advanceTask<T>(whole(0), whole(1), address(2), address(3), index);
}

function replicas<T>(kind: i32, index: i32, thread: i32): void {
  const size = <i32>sizeof<T>();
  const begin = index * whole(0);
  const end = min(whole(1), begin + whole(0));
  if (kind == Job.DriftReplicas) {
    const scratch = mine(9, thread, tokenScratch(size, whole(4), whole(5)));
    driftReplicas<T>(begin, end, address(2), address(3), whole(4), whole(5), <T>asked(6), <T>asked(7), whole(8), scratch, mine(10, thread, size * STRIP_NUMBERS));
  } else if (kind == Job.StepReplicas) {
    const scratch = mine(11, thread, stepScratch(size, whole(3), whole(4), whole(8)));
    stepReplicas<T>(begin, end, address(2), whole(3), whole(4), <T>asked(5), <T>asked(6), whole(7), whole(8), address(9), whole(10), scratch, mine(12, thread, size * STRIP_NUMBERS));
  } else if (kind == Job.SumReplicas) {
    const scratch = mine(8, thread, tokenScratch(size, whole(4), whole(5)));
    sumReplicas<T>(begin, end, address(2), address(3), whole(4), whole(5), <T>asked(6), <T>asked(7), scratch, mine(9, thread, size * STRIP_NUMBERS));
  } else if (kind == Job.AttentionReplicas) {
    const scratch = mine(13, thread, generalScratch(size, whole(6), whole(7), whole(8), whole(9)));
    attentionReplicas<T>(begin, end, address(2), address(3), address(4), address(5), whole(6), whole(7), whole(8), whole(9), <T>asked(10), <T>asked(11), whole(12), scratch, mine(14, thread, size * QUERY_NUMBERS));
  } else if (kind == Job.MomentReplicas) {
    const even = (whole(5) + 1) & ~1;
    momentReplicas<T>(begin, end, address(2), address(3), whole(4), whole(5), mine(6, thread, circleScratch(whole(4), even, 0)), mine(7, thread, chunkScratch(even)));
  } else if (kind == Job.CircleDriftReplicas) {
    const scratch = mine(9, thread, circleScratch(whole(4), whole(5), 1));
    circleDriftReplicas<T>(begin, end, address(2), address(3), whole(4), whole(5), address(6), address(7), asked(8), scratch, mine(10, thread, chunkScratch(whole(5))));
  } else {
    const scratch = mine(11, thread, circleScratch(whole(3), whole(4), whole(8)));
    circleStepReplicas<T>(begin, end, address(2), whole(3), whole(4), address(5), address(6), asked(7), whole(8), address(9), whole(10), scratch, mine(12, thread, chunkScratch(whole(4))));
  }
}
