import { createRequire } from 'node:module';
import util from 'node:util';

/**
 * The only door to graphql-shield. Its ES module does not load on Node.js 23 and later: it imports `isUndefined` from `util`, which is
 * gone there (DEP0053). Its CommonJS build needs the function only when it is called, so the function is put back before that.
 * graphql-middleware comes through the same door: `shield()` makes an object of graphql-middleware's CommonJS build, which its ES module
 * does not know.
 */
const core: { isUndefined?: (value: unknown) => boolean } = util;
core.isUndefined ??= (value) => value === undefined;

const require = createRequire(import.meta.url);
const shieldPackage = require('graphql-shield') as typeof import('graphql-shield');
const middlewarePackage = require('graphql-middleware') as typeof import('graphql-middleware');

/** graphql-shield, from its CommonJS build. */
export const { allow, and, chain, deny, not, or, race, rule, shield } = shieldPackage;
/** graphql-middleware, from its CommonJS build. */
export const { applyMiddleware } = middlewarePackage;
