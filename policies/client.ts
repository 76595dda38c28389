import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

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
