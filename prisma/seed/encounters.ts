import { encounterKeyName, type NoteVault } from '../../src/vault/note-vault.js';
import type { Calendar } from './calendar.js';
import type { SeedCase } from './cases.js';
import type { Directory } from './directory.js';
import type { ReceptionRows } from './reception.js';
import { bytes, makeIds, type Row } from './rows.js';
import type { Part } from './shape.js';

export interface EncounterRows {
  readonly encounters: readonly Row[];
  readonly encounterKeys: readonly Row[];
  /** The case to which each encounter is passed on, and when. The database then sets its reader. */
  readonly passedOn: readonly Row[];
  readonly passedOnAt: readonly Row[];
}

const TEXTS = [
  'Venue pour un courrier qu’elle ne comprend pas ; lu ensemble, elle répondra elle-même. Rien d’autre aujourd’hui.',
  'Demande comment se passe un premier rendez-vous. Expliqué. Préfère ne pas donner son nom pour l’instant.',
  'Coupure d’électricité annoncée pour la fin du mois. Appel au fournisseur fait avec lui, délai de dix jours obtenu.',
  'Cherche un hébergement pour deux nuits, le temps de travaux chez elle. Numéro donné, elle rappelle si rien ne se trouve.',
] as const;
const PASSED_ON =
  'Reçu de permanence en l’absence de sa référente. Dit avoir reçu une réponse du bailleur, qu’il apportera au prochain rendez-vous.';

/**
 * Makes an encounter of every visit in which a worker received someone in the last days. One encounter of each district was passed on to
 * the worker who follows the case.
 */
export async function makeEncounters(
  calendar: Calendar,
  directory: Directory,
  part: Part,
  vault: NoteVault,
  { visits }: ReceptionRows,
  cases: readonly SeedCase[],
): Promise<EncounterRows> {
  const nextId = makeIds('encounter', part.name);
  const rows = {
    encounters: [] as Row[],
    encounterKeys: [] as Row[],
    passedOn: [] as Row[],
    passedOnAt: [] as Row[],
  };
  const hold = async (text: string, row: Row): Promise<string> => {
    const id = nextId();
    const wrapped = await vault.newCaseKey(encounterKeyName(id));
    const key = await vault.openCaseKey(wrapped, encounterKeyName(id));
    rows.encounters.push({ id, ...row, body: bytes(key.seal(id, text)), version: 1 });
    rows.encounterKeys.push({
      encounter_id: id,
      master_key_id: wrapped.masterKeyId,
      wrapped: bytes(wrapped.wrapped),
    });
    return id;
  };
  const received = visits.filter((visit) => visit['outcome'] === 'RECEIVED');
  for (const [nth, visit] of received.entries())
    await hold(TEXTS[nth % TEXTS.length] ?? TEXTS[0], {
      district_id: visit['district_id'] ?? null,
      held_by_id: visit['worker_id'] ?? null,
      person_id: visit['person_id'] ?? null,
      visit_id: visit['id'] ?? null,
      held_at: visit['closed_at'] ?? null,
    });
  for (const district of part.districts) {
    const [holder] = directory.socialWorkers(district).filter((one) => directory.absence(one) === null);
    const followed = cases.find((one) => {
      const spell = one.spells.at(-1);
      return (
        one.district === district &&
        one.closedOn === null &&
        spell?.until === null &&
        spell.subject !== holder
      );
    });
    if (holder === undefined || followed === undefined) continue;
    const id = await hold(PASSED_ON, {
      district_id: directory.districtId(district),
      held_by_id: directory.workerId(holder),
      person_id: followed.persons[0]?.id ?? null,
      visit_id: null,
      held_at: calendar.instant(calendar.workingDay(-4), 10 * 60),
    });
    rows.passedOn.push({ id, case_id: followed.id });
    rows.passedOnAt.push({ id, passed_on_at: calendar.instant(calendar.workingDay(-4), 11 * 60) });
  }
  return rows;
}
