/** True if `If-None-Match` names the tag. A weak tag matches too, in this kind of comparison (RFC 9110 §13.1.2). */
export function names(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((part) => part.trim() === '*' || part.trim().replace(/^W\//, '') === etag);
}
