/**
 * Where the matrices of a batch of products lie. They are counted head after head within a replica; an operand may hold the heads of a replica side by
 * side in its rows. Then a row is `pitch` bytes from the next, a head one row of its own from the next, and the last head is followed by the next replica.
 * Set once a call: every thread has an instance of the module, and these numbers, for itself.
 */

// @ts-ignore: decorator
@inline
export const TRANSPOSE_A: i32 = 1;
// @ts-ignore: decorator
@inline
export const TRANSPOSE_B: i32 = 2;
// @ts-ignore: decorator
@inline
export const ADD: i32 = 4;
// @ts-ignore: decorator
@inline
export const BESIDE_A: i32 = 8;
// @ts-ignore: decorator
@inline
export const BESIDE_B: i32 = 16;
// @ts-ignore: decorator
@inline
export const BESIDE_C: i32 = 32;
// @ts-ignore: decorator
@inline
export const BESIDE: i32 = BESIDE_A | BESIDE_B | BESIDE_C;

export let heads: i32 = 1;
export let pitchA: usize = 0;
export let pitchB: usize = 0;
export let pitchC: usize = 0;
/** Bytes from one head to the next. */
export let headA: usize = 0;
export let headB: usize = 0;
export let headC: usize = 0;
/** Bytes from the last head of a replica to the first of the next. */
export let wrapA: usize = 0;
export let wrapB: usize = 0;
export let wrapC: usize = 0;

/** `strideA` and `strideB` are the elements from one matrix of an operand to the next where heads are not side by side, 0 where it is shared. */
export function place<T>(m: i32, k: i32, n: i32, count: i32, strideA: i32, strideB: i32, flags: i32): void {
  const size = sizeof<T>();
  heads = count;
  const acrossA = <usize>(flags & TRANSPOSE_A ? m : k) * size;
  const acrossB = <usize>(flags & TRANSPOSE_B ? k : n) * size;
  const acrossC = <usize>n * size;
  pitchA = flags & BESIDE_A ? <usize>count * acrossA : acrossA;
  pitchB = flags & BESIDE_B ? <usize>count * acrossB : acrossB;
  pitchC = flags & BESIDE_C ? <usize>count * acrossC : acrossC;
  headA = flags & BESIDE_A ? acrossA : <usize>strideA * size;
  headB = flags & BESIDE_B ? acrossB : <usize>strideB * size;
  headC = flags & BESIDE_C ? acrossC : <usize>m * acrossC;
  wrapA = flags & BESIDE_A ? <usize>(flags & TRANSPOSE_A ? k : m) * pitchA - <usize>(count - 1) * headA : headA;
  wrapB = flags & BESIDE_B ? <usize>(flags & TRANSPOSE_B ? n : k) * pitchB - <usize>(count - 1) * headB : headB;
  wrapC = flags & BESIDE_C ? <usize>m * pitchC - <usize>(count - 1) * headC : headC;
}

/** Bytes from the beginning of an operand to matrix `index`. */
// @ts-ignore: decorator
@inline
export function offset(index: i32, head: usize, wrap: usize): usize {
  const replica = index / heads;
  return <usize>replica * (<usize>(heads - 1) * head + wrap) + <usize>(index - replica * heads) * head;
}

/** `rows` rows of `bytes` bytes. */
export function copyRows<T>(from: usize, pitchFrom: usize, to: usize, pitchTo: usize, rows: i32, bytes: usize): void {
  for (let i = 0; i < rows; i++) {
    copyRow<T>(from, to, bytes);
    from += pitchFrom;
    to += pitchTo;
  }
}

/** Short rows are copied sooner than memory.copy is called. */
// @ts-ignore: decorator
@inline
export function copyRow<T>(source: usize, target: usize, bytes: usize): void {
  if (bytes > 512) {
    memory.copy(target, source, bytes);
    return;
  }
  let k: usize = 0;
  for (; k + 64 <= bytes; k += 64) {
    const first = v128.load(source + k);
    const second = v128.load(source + k, 16);
    const third = v128.load(source + k, 32);
    const fourth = v128.load(source + k, 48);
    v128.store(target + k, first);
    v128.store(target + k, second, 16);
    v128.store(target + k, third, 32);
    v128.store(target + k, fourth, 48);
  }
  for (; k + 16 <= bytes; k += 16) v128.store(target + k, v128.load(source + k));
  for (; k < bytes; k += sizeof<T>()) store<T>(target + k, load<T>(source + k));
}
