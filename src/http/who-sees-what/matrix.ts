/** What the page is made from: the published matrix, as `app.ts` has it from the policies. */
export interface MatrixForPage {
  readonly standpoints: readonly StandpointForPage[];
  readonly types: readonly TypeForPage[];
  readonly actions: readonly RuleForPage[];
}
export interface StandpointForPage {
  readonly key: string;
  readonly roleFr: string;
  readonly roleEn: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly descriptionFr: string;
  readonly descriptionEn: string;
}
export interface TypeForPage {
  readonly name: string;
  readonly labelFr: string;
  readonly labelEn: string;
  /** Of use to programs alone. */
  readonly technical: boolean;
  readonly fields: readonly RuleForPage[];
}
export interface RuleForPage {
  readonly coordinate: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly ruleFr: string;
  readonly ruleEn: string;
  /** Keys of standpoints. */
  readonly openTo: readonly string[];
}
