/** What was counted of one good, and what the shelf held at that instant. */
export interface CountedLine {
  readonly goodsId: string;
  readonly counted: number;
  readonly expected: number;
}

/** Pieces above 0 were found (盘盈), below 0 are missing (盘亏). */
export interface Difference {
  readonly goodsId: string;
  readonly delta: number;
}

/** The goods whose count is not what was expected, in the order in which shelves are locked. */
export function differencesOf(lines: readonly CountedLine[]): Difference[] {
  return lines
    .map(({ goodsId, counted, expected }) => ({ goodsId, delta: counted - expected }))
    .filter(({ delta }) => delta !== 0)
    .toSorted((a, b) => (a.goodsId < b.goodsId ? -1 : 1));
}

/** Pieces found and pieces missing, both as positive numbers: they do not make up for one another. */
export function sumDifferences(differences: readonly Difference[]): {
  surplusQuantity: number;
  shortageQuantity: number;
} {
  let surplusQuantity = 0;
  let shortageQuantity = 0;
  for (const { delta } of differences) {
    if (delta > 0) surplusQuantity += delta;
    else shortageQuantity -= delta;
  }
  return { surplusQuantity, shortageQuantity };
}
