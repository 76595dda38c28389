/** The data of the page: the published matrix, which `app.ts` makes from the policies. */
export interface MatrixForPage {
  readonly standpoints: readonly StandpointForPage[];
  readonly types: readonly TypeForPage[];
  readonly actions: readonly RuleForPage[];
}
/** A column of the matrix. */
export interface StandpointForPage {
  readonly key: string;
  readonly roleFr: string;
  readonly roleEn: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly descriptionFr: string;
  readonly descriptionEn: string;
}
/** A type of the matrix, with its fields. */
export interface TypeForPage {
  readonly name: string;
  readonly labelFr: string;
  readonly labelEn: string;
  /** True if only programs use the type. */
  readonly technical: boolean;
  readonly fields: readonly RuleForPage[];
}
/** A field or an action of the matrix. */
export interface RuleForPage {
  readonly coordinate: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly ruleFr: string;
  readonly ruleEn: string;
  /** The keys of the standpoints that were let through. */
  readonly openTo: readonly string[];
}
