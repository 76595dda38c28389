import type { Calendar } from './calendar.js';
import type { SeedCase } from './cases.js';
import type { Directory } from './directory.js';
import type { SeedPerson } from './persons.js';
import { makeIds, type Row } from './rows.js';
import type { RowWithText } from './sealed-texts.js';
import type { Part } from './shape.js';

export interface OrientationRows {
  readonly referrals: readonly Row[];
  readonly persons: readonly Row[];
  readonly contents: readonly RowWithText[];
  readonly requests: readonly Row[];
  readonly requestContents: readonly RowWithText[];
}

/**
 * The states of the referrals, in turn: in a district that has yet to allocate it; overdue with a worker; with an organisation; refused.
 */
const SENT = [
  { to: 'DISTRICT', status: 'SENT', sent: -2, due: 13, closed: null, refusal: null },
  { to: 'WORKER', status: 'ACKNOWLEDGED', sent: -20, due: -3, closed: null, refusal: null },
  { to: 'ORGANISATION', status: 'ACCEPTED', sent: -15, due: 0, closed: -5, refusal: null },
  { to: 'WORKER', status: 'REFUSED', sent: -12, due: 3, closed: -6, refusal: 'OTHER_MISSION' },
] as const;

const TEXT =
  'Rendez-vous souhaité dans les deux semaines, de préférence le matin. La personne est d’accord pour être rappelée.';
const ASKED = 'Le service demande si la personne est accompagnée, et par qui la joindre.';

/** Makes the referrals of each district's social workers, and the requests of partners. */
export function makeOrientation(
  calendar: Calendar,
  directory: Directory,
  part: Part,
  cases: readonly SeedCase[],
  withoutCase: readonly SeedPerson[],
  organisationIds: readonly string[],
): OrientationRows {
  const nextReferral = makeIds('referral', part.name);
  const nextPerson = makeIds('referral-person', part.name);
  const nextRequest = makeIds('incoming-request', part.name);
  const rows = {
    referrals: [] as Row[],
    persons: [] as Row[],
    contents: [] as RowWithText[],
    requests: [] as Row[],
    requestContents: [] as RowWithText[],
  };
  const slugs = directory.districts.map((row) => String(row['slug']));
  const at = (day: number, minutes: number): string => calendar.instant(calendar.workingDay(day), minutes);
  /** Returns the midnight at the end of a day. */
  const end = (day: number): string => calendar.instant(day, 24 * 60);
  for (const district of part.districts) {
    const districtId = directory.districtId(district);
    const neighbour = slugs[(slugs.indexOf(district) + 1) % slugs.length] ?? district;
    const [receiver] = directory
      .socialWorkers(neighbour)
      .filter((subject) => directory.absence(subject) === null);
    const theirs = new Map<string, SeedCase>();
    for (const of of cases) {
      const spell = of.spells.at(-1);
      const isOpen = of.district === district && of.closedOn === null && spell?.until === null;
      if (isOpen && of.openedOn < -25 && (of.isOnline || !theirs.has(spell.subject)))
        theirs.set(spell.subject, of);
    }
    for (const [nth, [subject, of]] of [...theirs].entries()) {
      const became = SENT[nth % SENT.length] ?? SENT[0];
      const [concerned] = of.persons;
      if (concerned === undefined || receiver === undefined) continue;
      const id = nextReferral();
      rows.referrals.push({
        id,
        case_id: of.id,
        to_district_id: became.to === 'ORGANISATION' ? null : directory.districtId(neighbour),
        to_worker_id: became.to === 'WORKER' ? directory.workerId(receiver) : null,
        to_organisation_id:
          became.to === 'ORGANISATION' ? (organisationIds[nth % organisationIds.length] ?? null) : null,
        sent_by_id: directory.workerId(subject),
        sent_at: at(became.sent, 10 * 60 + nth),
        answer_by: end(became.due),
        status: became.status,
        refusal: became.refusal,
        closed_at: became.closed === null ? null : at(became.closed, 11 * 60),
        online_person_id: of.isOnline ? concerned.id : null,
        version: became.status === 'SENT' ? 1 : 2,
      });
      rows.persons.push({ id: nextPerson(), referral_id: id, case_id: of.id, person_id: concerned.id });
      rows.contents.push({ row: { referral_id: id, need_codes: of.needCodes.slice(0, 1) }, text: TEXT });
    }
    const known = withoutCase.find(
      ({ district: lives, row }) => lives === district && row['sensitive_file'] === false,
    );
    const asks = (row: Row): void => {
      const id = nextRequest();
      rows.requests.push({
        id,
        district_id: districtId,
        partner: 'SCHOOL',
        mandated: false,
        person_id: null,
        name: null,
        received_on: calendar.date(-10),
        recorded_at: at(-10, 9 * 60),
        answer_by: end(20),
        inform_by: null,
        status: 'ALLOCATED',
        worker_id: null,
        version: 2,
        ...row,
      });
      rows.requestContents.push({ row: { request_id: id }, text: ASKED });
    };
    for (const [nth, subject] of directory.socialWorkers(district).entries())
      asks({
        worker_id: directory.workerId(subject),
        partner: nth % 2 === 0 ? 'SCHOOL' : 'TOWN_HALL',
        ...(nth % 2 === 0 && known !== undefined ? { person_id: known.id } : { name: 'Famille M.' }),
      });
    // A mandate about a person that nobody has met. It is to be allocated, and its answer is late.
    asks({
      partner: 'JUSTICE',
      mandated: true,
      name: 'Madame K.',
      received_on: calendar.date(-20),
      recorded_at: at(-20, 9 * 60),
      answer_by: end(-2),
      inform_by: end(10),
      status: 'RECEIVED',
      version: 1,
    });
  }
  return rows;
}
