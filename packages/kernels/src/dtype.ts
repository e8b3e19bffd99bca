/** Element types. `f64` is what theory needs; `f32` is for devices that have nothing else. */
export type Dtype = "f32" | "f64";
