import { registerEnumType } from 'type-graphql';

/** The descriptions of an enum and of each of its values. A forgotten value does not compile. */
interface EnumText<Enum> {
  readonly name: string;
  readonly description: string;
  readonly values: Readonly<Record<keyof Enum, string>>;
}

/** Makes an enum of these names. Each name is its own value. */
export function enumOf<Name extends string>(names: readonly Name[]): { readonly [N in Name]: N } {
  return Object.fromEntries(names.map((name) => [name, name])) as { readonly [N in Name]: N };
}

/** Registers an enum with a description of each value. */
export function describeEnum<Enum extends Readonly<Record<string, string>>>(
  values: Enum,
  text: EnumText<Enum>,
): Enum {
  registerEnumType(values, {
    name: text.name,
    description: text.description,
    valuesConfig: Object.fromEntries(
      Object.entries<string>(text.values).map(([value, description]) => [value, { description }]),
    ) as Record<keyof Enum, { readonly description: string }>,
  });
  return values;
}
