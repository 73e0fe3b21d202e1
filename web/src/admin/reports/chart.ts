/** One series of a chart: a value for each day. */
export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly values: readonly number[];
}

/** The colours of the four classes' bins (GB/T 19095-2019), dark enough to be read on white. */
export const CLASS_COLOURS = {
  recyclable: '#1257a8',
  hazardous: '#b3261e',
  kitchen: '#0b6b3a',
  other: '#4a524d',
} as const;
