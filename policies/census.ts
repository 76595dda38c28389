import { type GraphQLSchema, isAbstractType, isInputObjectType, isNonNullType, isObjectType } from 'graphql';
import type { Policies } from './rules/compile.js';
import { allow } from './rules/rules.js';

/**
 * Finds the faults that keep the process from starting: a field without a rule of its own; a rule for no field; a field that may be
 * refused and is not nullable (a refusal would null its whole list); an interface or union (graphql-shield ignores rules on them); an
 * input field that nobody has looked at.
 *
 * `id` alone may be refused and not nullable: who reads any field of a row reads its `id`, so a row without one is no row.
 * @returns the faults, as schema coordinates with a reason
 */
export function census(
  schema: GraphQLSchema,
  policies: Policies,
  knownInputs: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isAbstractType(type)) faults.push(`${type.name}: an interface or union, which no rule guards`);
    if (isInputObjectType(type)) {
      for (const name of Object.keys(type.getFields())) {
        if (!knownInputs[type.name]?.includes(name))
          faults.push(
            `${type.name}.${name}: an input field that is not in policies/generated/inputs.ts; run \`npm run schema\``,
          );
      }
    }
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      seen.add(coordinate);
      const policy: unknown = policies[type.name]?.[field.name];
      if (typeof policy !== 'object' || policy === null) faults.push(`${coordinate}: no rule`);
      else if (policy !== allow && isNonNullType(field.type) && field.name !== 'id')
        faults.push(`${coordinate}: may be refused, and is not nullable`);
    }
  }
  for (const [type, fields] of Object.entries(policies)) {
    for (const field of Object.keys(fields)) {
      if (!seen.has(`${type}.${field}`)) faults.push(`${type}.${field}: a rule for no field`);
    }
  }
  return faults;
}
