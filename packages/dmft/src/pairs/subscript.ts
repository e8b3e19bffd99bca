/** 12 as ₁₂: symbols of observables are plain Unicode. */
export function subscript(k: number): string {
  return String(k).replace(/\d/g, (digit) => String.fromCharCode(0x2080 + Number(digit)));
}
