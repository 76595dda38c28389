/** Ids of rows by name. Few viewers may know of the rows `foreign…` and `colleagues…`. */
export const seen: Record<string, string> = {};

/** A mutation, and its input around one id: `foreign` names the rows whose ids are put into `field`. */
export type Shape = readonly [
  mutation: string,
  kind: string,
  field: string,
  foreign: readonly string[],
  rest: () => Record<string, unknown>,
  payload?: string,
];

export const nothing = () => ({});

export const ENCOUNTERS = [
  'foreignEncounter',
  'colleaguesEncounter',
  'passedOnEncounter',
  'oldEncounter',
] as const;
