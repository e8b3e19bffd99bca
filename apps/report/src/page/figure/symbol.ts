const symbols = ["circle", "square", "triangle", "diamond", "triangle2", "star", "cross", "wye"] as const;

export type SymbolName = (typeof symbols)[number];

/** The symbol of a series, so that colour is never the only difference. */
export function symbolOf(series: number): SymbolName {
  return symbols[series % symbols.length]!;
}

/** The same symbols for the key, drawn around (14, 7). */
const paths: readonly string[] = [
  "M18,7A4,4,0,1,1,10,7A4,4,0,1,1,18,7Z",
  "M10.5,3.5H17.5V10.5H10.5Z",
  "M14,2.5L18.5,10.5H9.5Z",
  "M14,1.5L17.5,7L14,12.5L10.5,7Z",
  "M14,11.5L9.5,3.5H18.5Z",
  "M14,1.5L15.3,5.2L19.2,5.3L16.1,7.7L17.2,11.5L14,9.2L10.8,11.5L11.9,7.7L8.8,5.3L12.7,5.2Z",
  "M12.5,2.5H15.5V5.5H18.5V8.5H15.5V11.5H12.5V8.5H9.5V5.5H12.5Z",
  "M12.7,7.8L9.5,10L10.8,12L14,9.8L17.2,12L18.5,10L15.3,7.8V2.5H12.7Z",
];

export function signPath(series: number): string {
  return paths[series % paths.length]!;
}
