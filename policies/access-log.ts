import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** The access log, its confidential part blurred to a line a day by the database. */
export const AccessLogEntry: TypePolicy = {
  occurredOn: forWhom.dataProtectionOfficers,
  occurredAt: forWhom.dataProtectionOfficers,
  action: forWhom.dataProtectionOfficers,
  outcome: forWhom.dataProtectionOfficers,
  worker: forWhom.dataProtectionOfficers,
};
