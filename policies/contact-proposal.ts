import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';
import { or } from './rules.js';

const whoFollowsOrIsThePerson = or(forWhom.whoFollowsThePerson, forWhom.thePersonThemselves);

/** By what a person proposes to be reached. With the viewer's relation to the person. */
export const ContactProposal: TypePolicy = {
  id: whoFollowsOrIsThePerson,
  safeContact: whoFollowsOrIsThePerson,
  phone: whoFollowsOrIsThePerson,
  email: whoFollowsOrIsThePerson,
  proposedAt: whoFollowsOrIsThePerson,
};
