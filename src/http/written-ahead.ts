import type { FormattedExecutionResult } from 'graphql';

/** The data of an answer. */
export type Data = NonNullable<FormattedExecutionResult['data']>;

/** The data of an answer, written as JSON already. It stands in the place of the data. */
class Written {
  constructor(readonly json: string) {}
}

/** Writes the data of an answer as JSON before the answer is whole: while PostgreSQL commits, there is nothing else to do. */
export function writeAhead(data: Data): Data {
  return new Written(JSON.stringify(data)) as unknown as Data;
}

/** Returns an answer as JSON, with a line break at its end: its errors come first (GraphQL, section 7.1.1). */
export function textOf({ errors, data, extensions }: FormattedExecutionResult): string {
  if (!(data instanceof Written)) return `${JSON.stringify({ errors, data, extensions })}\n`;
  return errors === undefined
    ? `{"data":${data.json}}\n`
    : `{"errors":${JSON.stringify(errors)},"data":${data.json}}\n`;
}
