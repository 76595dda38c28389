import type { Finding } from './lived-pair.js';

/**
 * The differences that somebody can see: the root field, and the place in its answer. A test passes if nothing else differs. SECURITY.md gives
 * the reason of each.
 */
export const KNOWN_DIFFERENCES: readonly { readonly root: RegExp; readonly path: RegExp }[] = [
  // An offer to her is not sent until her contact is named again. So the desk has to tell her.
  { root: /^waitingList$/, path: /offers\.(?:toldAt|sending)$/ },
  { root: /^offersToGive$/, path: /^(?:offersToGive|errors)\b/ },
];

/** The finding without the known differences; null if there are no others. */
export function unknownPart(finding: Finding): Finding | null {
  const partings = finding.partings.filter(
    ({ path }) => !KNOWN_DIFFERENCES.some((known) => known.root.test(finding.root) && known.path.test(path)),
  );
  return partings.length === 0 ? null : { ...finding, partings };
}
