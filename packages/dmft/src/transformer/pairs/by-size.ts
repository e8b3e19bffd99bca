/** A value for each size, made when it is first asked for, and kept. */
export function bySize<T>(make: (size: number) => T): (size: number) => T {
  const made = new Map<number, T>();
  return (size) => {
    const known = made.get(size);
    if (known !== undefined) return known;
    const value = make(size);
    made.set(size, value);
    return value;
  };
}
