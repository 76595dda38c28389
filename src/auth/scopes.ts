/** The closed list of scopes (RFC 6749 §3.3). A token's other scopes grant nothing. */
export const SCOPES = [
  'directory:read',
  'directory:write',
  'cases:read',
  'cases:write',
  'notes:read',
  'notes:write',
  'appointments:read',
  'appointments:write',
  'persons:read',
  'persons:write',
  'statistics:read',
  'statistics:write',
  'log:read',
  'booking',
] as const;

/** One of `SCOPES`. */
export type Scope = (typeof SCOPES)[number];
