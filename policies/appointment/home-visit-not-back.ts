import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Visite à domicile sans retour: for who sends help. It gives no subject, no person and no case. */
export const HomeVisitNotBack: TypePolicy = {
  id: forWhom.whoLooksForWhoIsNotBack,
  startsAt: forWhom.whoLooksForWhoIsNotBack,
  endsAt: forWhom.whoLooksForWhoIsNotBack,
  expectedBackAt: forWhom.whoLooksForWhoIsNotBack,
  place: forWhom.whoLooksForWhoIsNotBack,
  workers: forWhom.whoLooksForWhoIsNotBack,
};
