import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Application cliente. */
export const Client: TypePolicy = {
  id: forWhom.administrators,
  clientId: forWhom.administrators,
  kind: forWhom.administrators,
  name: forWhom.administrators,
  scopes: forWhom.administrators,
  disabledAt: forWhom.administrators,
  version: forWhom.administrators,
};
