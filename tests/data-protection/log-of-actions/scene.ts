import type { Rows } from '../../support/county/rows.js';
import type { BuiltCase } from '../../support/county.js';
import type { LoggedCounty } from '../logged.js';

/** The county, and the case and the number of the test that runs. They are there once the tests have begun. */
export interface Scene {
  readonly made: LoggedCounty;
  readonly make: Rows;
  readonly file: BuiltCase;
  readonly nth: number;
}

type Input = Record<string, unknown>;
/** A mutation, the login that sends it, what it sends, and the lines that the log then has. */
export type Action = readonly [
  mutation: string,
  by: string,
  input: () => Input | Promise<Input>,
  lines: readonly string[],
];

export const READS_CASE = 'READ_CASE the case by';
export const READS_PERSON = 'READ_PERSON Ana by';

export const versionOne = (id: string) => ({ id, expectedVersion: 1 });
/** The person of the case. */
export const ofPerson = ({ file }: Scene) => ({ personId: file.personId });
