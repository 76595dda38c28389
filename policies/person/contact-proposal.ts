import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';
import { or } from '../rules/rules.js';

const whoFollowsOrIsThePerson = or(forWhom.whoFollowsThePerson, forWhom.thePersonThemselves);

/** By what a person proposes to be reached. With the viewer's relation to the person. */
export const ContactProposal: TypePolicy = {
  id: whoFollowsOrIsThePerson,
  safeContact: whoFollowsOrIsThePerson,
  phone: whoFollowsOrIsThePerson,
  email: whoFollowsOrIsThePerson,
  proposedAt: whoFollowsOrIsThePerson,
};
