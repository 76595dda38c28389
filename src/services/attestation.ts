import type { Operation } from '../operation.js';
import { addressOf, loadDistrict } from './directory.js';
import { displayName, loadPerson } from './persons.js';
import type { VisitRow } from './visits.js';

const DAY = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long' });
const TIME = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', timeStyle: 'short' });

/**
 * That someone was there, in French, to be printed: who, as they call themselves or by their number, where by the address alone,
 * from when until when; neither the service nor why. Null while they are there, and for a call.
 */
export async function attestationOf(op: Operation, visit: VisitRow): Promise<string | null> {
  if (visit.closedAt === null || visit.kind === 'CALL') return null;
  const [district, person] = await Promise.all([
    loadDistrict(op, visit.districtId),
    visit.personId === null ? null : loadPerson(op, visit.personId),
  ]);
  if (district === null) return null;
  const who = person === null ? `la personne portant le numéro ${visit.ticket}` : displayName(person);
  return (
    `Attestation de présence\n\nNous attestons de la présence de ${who} le ${DAY.format(visit.arrivedAt)}, ` +
    `de ${TIME.format(visit.arrivedAt)} à ${TIME.format(visit.closedAt)}, ` +
    `${addressOf(district)}.`
  );
}
