/** Philox4x32-10 as in @mesoscope/numerics, [eq:philox]: four blocks at a time. */

// @ts-ignore: decorator
@inline
const WEYL_0: i32 = <i32>0x9e3779b9;
// @ts-ignore: decorator
@inline
const WEYL_1: i32 = <i32>0xbb67ae85;

/** The even 32-bit words of four 64-bit products, which are their low halves. */
// @ts-ignore: decorator
@inline
function lowHalves(first: v128, last: v128): v128 {
  return v128.shuffle<i32>(first, last, 0, 2, 4, 6);
}

// @ts-ignore: decorator
@inline
function highHalves(first: v128, last: v128): v128 {
  return v128.shuffle<i32>(first, last, 1, 3, 5, 7);
}

/** Words of the blocks `block` ... `block` + 3 of a stream (a multiple of 4), word by word: 16 bytes each at `out`. */
export function philoxBlocks(block: u64, key0: i32, key1: i32, out: usize): void {
  const m0 = i32x4.splat(<i32>0xd2511f53);
  const m1 = i32x4.splat(<i32>0xcd9e8d57);
  let c0 = i32x4.add(i32x4.splat(<i32>block), i32x4(0, 1, 2, 3));
  let c1 = i32x4.splat(<i32>(block >> 32));
  let c2 = i32x4.splat(0);
  let c3 = c2;
  let k0 = i32x4.splat(key0);
  let k1 = i32x4.splat(key1);
  for (let round = 0; round < 10; round++) {
    const a = i64x2.extmul_low_i32x4_u(m0, c0);
    const b = i64x2.extmul_high_i32x4_u(m0, c0);
    const c = i64x2.extmul_low_i32x4_u(m1, c2);
    const d = i64x2.extmul_high_i32x4_u(m1, c2);
    c0 = v128.xor(v128.xor(highHalves(c, d), c1), k0);
    c1 = lowHalves(c, d);
    c2 = v128.xor(v128.xor(highHalves(a, b), c3), k1);
    c3 = lowHalves(a, b);
    k0 = i32x4.add(k0, i32x4.splat(WEYL_0));
    k1 = i32x4.add(k1, i32x4.splat(WEYL_1));
  }
  v128.store(out, c0);
  v128.store(out, c1, 16);
  v128.store(out, c2, 32);
  v128.store(out, c3, 48);
}

/** A word of a key from its halves of 16 bits. */
// @ts-ignore: decorator
@inline
export function keyWord<T>(halves: usize): i32 {
  return <i32>((<u32>load<T>(halves) << 16) | <u32>load<T>(halves, sizeof<T>()));
}
