import { seesWhoReceives } from '../../access/reception/reception.js';
import type { Operation } from '../../operation.js';
import { holdsRoleIn } from '../../viewer.js';
import { addressOf, type DistrictRow, loadDistrict, loadWorker } from '../directory/directory.js';
import { displayName, loadPerson } from '../person/persons.js';
import type { VisitRow } from './visits.js';

const DAY = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long' });
const TIME = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', timeStyle: 'short' });

/**
 * Returns the signature: the viewer by name and function, or by function alone where the safety of persons requires it (code des
 * relations entre le public et l'administration, article L111-2). The function is at most "accueil": "travailleur social" would tell why
 * the person came.
 */
async function signatureOf(op: Operation, district: DistrictRow, withoutMyName: boolean): Promise<string> {
  const role = holdsRoleIn(op.viewer, 'RECEPTIONIST', district.id) ? 'agent d’accueil' : 'agent';
  const worker =
    withoutMyName || op.viewer.workerId === null ? null : await loadWorker(op, op.viewer.workerId);
  return worker === null ? `un ${role}` : `${worker.givenName} ${worker.familyName}, ${role}`;
}

/**
 * Writes that a person was there, in French, to be printed: the person, as they call themselves or by their number, and the times. It
 * names the issuer, so that an employer or a school accepts it: the county, the address, the telephone, the worker and the day. It names
 * neither the service nor the reason. Null while the person is there, and for a call.
 */
export async function attestationOf(
  op: Operation,
  visit: VisitRow,
  withoutMyName: boolean,
): Promise<string | null> {
  if (visit.closedAt === null || visit.kind === 'CALL') return null;
  const [district, person] = await Promise.all([
    loadDistrict(op, visit.districtId),
    // The desk reads the name in the answer to its own closing, and afterwards only the number, as in the visit.
    visit.personId === null || !seesWhoReceives(op.viewer, visit) ? null : loadPerson(op, visit.personId),
  ]);
  if (district === null) return null;
  const who = person === null ? `la personne portant le numéro ${visit.ticket}` : displayName(person);
  return (
    `Attestation de présence\n\n${op.county}\n${addressOf(district)}\nTéléphone : ${district.phone}\n\n` +
    `Nous attestons de la présence de ${who} à cette adresse le ${DAY.format(visit.arrivedAt)}, ` +
    `de ${TIME.format(visit.arrivedAt)} à ${TIME.format(visit.closedAt)}.\n\n` +
    `Fait le ${DAY.format(op.now)}, par ${await signatureOf(op, district, withoutMyName)}.`
  );
}
