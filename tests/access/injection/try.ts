import type { Hidden } from './scene.js';

/** One try: a plain name, and the statements that are said one after the other in one transaction. */
export type Try = readonly [name: string, ...statements: string[]];

/** Tries of one subject. */
export interface Tries {
  readonly subject: string;
  /**
   * How each transaction ends. With `commit`, the whole database is compared afterwards. With `rollback`, the tries concern what all
   * databases of the server share, and are never kept.
   */
  readonly end: 'commit' | 'rollback';
  /** Whether a try may change its session, so that what the session sees is looked at after each. */
  readonly looks: boolean;
  /** The tries, with the ids of what is hidden. */
  readonly of: (hidden: Hidden) => readonly Try[];
}
