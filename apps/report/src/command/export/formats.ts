/** What `mesoscope export` writes. */
export const formats = ["svg", "png", "csv", "json"] as const;
export type Format = (typeof formats)[number];
