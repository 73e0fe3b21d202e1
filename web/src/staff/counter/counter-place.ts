/** Where goods are handed out. */
export interface CounterPlace {
  readonly communityId: number;
  readonly siteId: string;
  readonly shopName: string;
}
