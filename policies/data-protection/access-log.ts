import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** The access log, its confidential part blurred to a line a day by the database. */
export const AccessLogEntry: TypePolicy = {
  occurredOn: forWhom.dataProtectionOfficers,
  occurredAt: forWhom.dataProtectionOfficers,
  action: forWhom.dataProtectionOfficers,
  outcome: forWhom.dataProtectionOfficers,
  ground: forWhom.dataProtectionOfficers,
  actorKind: forWhom.dataProtectionOfficers,
  worker: forWhom.dataProtectionOfficers,
  targetWorker: forWhom.dataProtectionOfficers,
  caseReference: forWhom.dataProtectionOfficers,
  personReference: forWhom.dataProtectionOfficers,
  clientId: forWhom.dataProtectionOfficers,
  tokenDigest: forWhom.dataProtectionOfficers,
};
