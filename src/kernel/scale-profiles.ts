/** The nine layouts a scale may send in; design names them by maker, one letter and a number each. */
export const SCALE_PROFILES = ['Y1', 'Y3', 'Y4', 'Y5', 'Y6', 'T1', 'C1', 'A1', 'G1'] as const;
export type ScaleProfile = (typeof SCALE_PROFILES)[number];
