import type { GraphQLSchema } from 'graphql';
import * as accessLog from './access-log.js';
import * as appointment from './appointment.js';
import * as case_ from './case.js';
import { census } from './census.js';
import { compilePolicies, type Policies } from './compile.js';
import * as connection from './connection.js';
import * as directory from './directory.js';
import * as handover from './handover.js';
import { INPUTS } from './inputs.js';
import * as interviewNote from './interview-note.js';
import * as mutation from './mutation.js';
import * as need from './need.js';
import * as person from './person.js';
import * as query from './query.js';
import * as relay from './relay.js';
import * as release from './release.js';

/** Every type's policy, under the type's name. */
export const POLICIES: Policies = {
  ...accessLog,
  ...appointment,
  ...case_,
  ...connection,
  ...directory,
  ...handover,
  ...interviewNote,
  ...mutation,
  ...need,
  ...person,
  ...query,
  ...relay,
  ...release,
};

/**
 * Puts the policies in front of every field.
 * @throws Error listing every fault of the census: the process must not start
 */
export function guardSchema(schema: GraphQLSchema): GraphQLSchema {
  const faults = census(schema, POLICIES, INPUTS);
  if (faults.length > 0) throw new Error(`The policies do not fit the schema:\n  ${faults.join('\n  ')}`);
  return compilePolicies(schema, POLICIES);
}
