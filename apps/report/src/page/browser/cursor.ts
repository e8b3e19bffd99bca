import type { FigureAxis } from "@mesoscope/contracts";

/** Shows a value of x in a drawing, or nothing any more. */
export type ShowCursor = (value: number | undefined) => void;

/** The cursor that all drawings over one axis share: what happens at a time in one of them is seen at that time in the others. */
export interface SharedCursor {
  /** Puts a drawing among those over this axis. */
  join(axis: FigureAxis, show: ShowCursor): void;
  move(axis: FigureAxis, value: number | undefined): void;
}

export function sharedCursor(): SharedCursor {
  const drawings = new Map<string, ShowCursor[]>();
  const nameOf = ({ symbol, meaning, unit }: FigureAxis): string => JSON.stringify([symbol, meaning, unit]);
  return {
    join(axis, show) {
      drawings.set(nameOf(axis), [...(drawings.get(nameOf(axis)) ?? []), show]);
    },
    move(axis, value) {
      for (const show of drawings.get(nameOf(axis)) ?? []) show(value);
    },
  };
}
