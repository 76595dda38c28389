/** The part of a connection or a pool that asks one statement. */
export interface Asking {
  query<R extends object>(text: string, values?: unknown[]): Promise<{ readonly rows: R[] }>;
}
