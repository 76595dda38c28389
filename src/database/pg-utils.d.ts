/** What node-pg does with the value of a parameter. Its package exports this file, and its types leave it out. */
declare module 'pg/lib/utils.js' {
  /** Returns a value as it goes over the wire: an array as PostgreSQL's literal, an object as JSON. */
  export function prepareValue(value: unknown): string | Buffer | null;
}
