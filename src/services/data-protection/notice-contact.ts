/** Domains that nobody reads (RFC 2606 §2 and §3, RFC 6761 §6). */
const RESERVED = /^(?:.+\.)?(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)$/;
const ADDRESS = /[\p{L}\d._%+-]+@([\p{L}\d-]+(?:\.[\p{L}\d-]+)*)/gu;

/** The faults in the officer's address. */
export type ContactFault = 'NO_ADDRESS' | 'EXAMPLE_ADDRESS';

/**
 * Returns the fault in how a notice says to reach the officer (GDPR article 13(1)(b)): it names no address, or an example's. Null if
 * there is no fault.
 */
export function contactFaultOf(text: string): ContactFault | null {
  const domains = [...text.matchAll(ADDRESS)].map(([, domain = '']) => domain.toLowerCase());
  if (domains.length === 0) return 'NO_ADDRESS';
  return domains.some((domain) => RESERVED.test(domain)) ? 'EXAMPLE_ADDRESS' : null;
}
