import { Prisma } from '../../../prisma/generated/client.js';
import type { AppointmentMode } from '../../../prisma/generated/enums.js';
import { isAtTheDesk, waysToAppointments } from '../../access/appointment/appointment.js';
import { ForbiddenError, InvalidInputError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { holdsRoleIn } from '../../viewer.js';
import { loadAppointmentType } from '../agenda/appointment-types.js';
import { addressOf, loadDistrict, loadWorkers } from '../directory/directory.js';
import { parseId } from '../operation/input.js';
import { dayAfter, dayInParis, toDay } from '../operation/period.js';
import { displayName, loadPersonsOfAppointment } from '../person/persons.js';
import { APPOINTMENT, type AppointmentRow } from './appointments.js';
import { isPlaceTyped } from './withheld-places.js';

/** The number of days ahead for which the desk may look through an agenda (domain rule 3). */
const DAYS_AHEAD = 56;
const MOST = 300;
/** The empty lines for people who come without an appointment. */
const FREE_LINES = 20;
/** The widest column, in characters; longer text is cut. */
const WIDEST = 34;

const DAY = new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', dateStyle: 'full' });
const TIME = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', timeStyle: 'short' });

/** The place without an address: the address of a home may be withheld from everyone. */
const ELSEWHERE: Readonly<Record<Exclude<AppointmentMode, 'ON_SITE'>, string>> = {
  HOME: 'à domicile',
  PHONE: 'téléphone',
  VIDEO: 'visio',
};

const HEADS = ['Heure', 'Agent', 'Rendez-vous', 'Personne', 'Lieu', 'Suite'];
const BY_HAND = ['Heure', 'Agent', 'Venu ou appelé', 'Numéro, nom s’il est donné', 'Lieu', 'Suite'];

/** Writes each line with the same width for each column. */
function inColumns(lines: readonly (readonly string[])[], like: readonly (readonly string[])[]): string {
  const widths = HEADS.map((_head, at) =>
    Math.min(WIDEST, Math.max(...like.map((line) => line[at]?.length ?? 0))),
  );
  return lines
    .map((line) => widths.map((width, at) => (line[at] ?? '').slice(0, width).padEnd(width)).join(' | '))
    .join('\n');
}

/** Returns the line of an appointment. A collective one has a further line for each person with a place, to write on. */
async function linesOf(op: Operation, row: AppointmentRow): Promise<readonly (readonly string[])[]> {
  const [type, workers, persons, typed] = await Promise.all([
    loadAppointmentType(op, row.typeCode),
    loadWorkers(op, row.workerIds),
    loadPersonsOfAppointment(op, row.id),
    row.mode === 'ON_SITE' && isPlaceTyped(op, row.id),
  ]);
  const names = persons.map(displayName);
  const others = row.placesTaken - names.length;
  const line = (whom: string): readonly string[] => [
    `${TIME.format(row.startsAt)}-${TIME.format(row.endsAt)}`,
    workers.map(({ givenName, familyName }) => `${givenName} ${familyName}`).join(', '),
    type?.publicLabelFr ?? '',
    whom,
    // A typed place is left out for everyone: left out for some alone, it would tell whose address is withheld. The room comes from the
    // worker's hours.
    row.mode === 'ON_SITE' ? (typed ? '' : (row.place ?? '')) : ELSEWHERE[row.mode],
    '',
  ];
  if (row.places === null) return [line(names.join(', '))];
  const attending = [...names, ...(others > 0 ? [`et ${others} sans nom`] : [])];
  return [
    line(`${row.placesTaken} places prises sur ${row.places}`),
    ...attending.map((name) => ['', '', '', name, '', '']),
  ];
}

/**
 * Writes the day of a district, in French and in columns, to be printed for when nothing else works (domain rule 12). The list is in the
 * order of time, then of the workers' names. Each line has the time, the workers, the public label, the name as the viewer may know it, and
 * the room of the worker's hours. It has no address of a home and no place that somebody typed. Workers write by hand the outcomes, and the
 * people who come without an appointment. The list has neither the service, nor a subject, nor a case.
 *
 * The desk gets the appointments that are booked in its district. An appointment that is over, missed or cancelled is not on the list:
 * otherwise, a list of the evening beside one of the morning would tell who came. A social worker gets their own appointments, except
 * cancelled ones.
 * @throws ForbiddenError to anyone else; InvalidInputError for a past day, or over eight weeks ahead
 */
export async function dayListOf(
  op: Operation,
  args: { readonly districtId: string; readonly day?: Date | null },
): Promise<string | null> {
  const districtId = parseId(args.districtId);
  if (districtId === null) throw new ForbiddenError();
  const desk = isAtTheDesk(op.viewer, { districtId });
  const { workerId } = op.viewer;
  if (!desk && !holdsRoleIn(op.viewer, 'SOCIAL_WORKER', districtId)) throw new ForbiddenError();
  const today = dayInParis(op.now);
  const day = args.day == null ? today : toDay(args.day);
  if (day < today) throw new InvalidInputError('day', 'past');
  if (day > dayAfter(today, DAYS_AHEAD)) throw new InvalidInputError('day', 'tooFar');
  const ways = waysToAppointments(op.viewer, Prisma.sql`a`, {
    districtId,
    workerId: desk ? null : workerId,
    ofDesk: 'booked',
  });
  const pages = ways.map(
    (way) => Prisma.sql`(select ${APPOINTMENT} from appointment a where ${way}
      and a.starts_at >= ${day}::date::timestamp at time zone 'Europe/Paris'
      and a.starts_at < (${day}::date + 1)::timestamp at time zone 'Europe/Paris'
      and a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE')
      order by a.starts_at, a.id limit ${MOST + 1})`,
  );
  if (pages.length === 0) throw new ForbiddenError();
  const [district, rows] = await Promise.all([
    loadDistrict(op, districtId),
    op.tx
      .rows<AppointmentRow>`select * from (${Prisma.join(pages, ' union ')}) a order by "startsAt", id limit ${MOST + 1}`,
  ]);
  if (district === null) return null;
  const lines = (
    await Promise.all(
      rows.slice(0, MOST).map(async (row) => ({ at: row.startsAt.getTime(), lines: await linesOf(op, row) })),
    )
  )
    // Rows of the same time are in the order of the workers, not of the ids: a row that lost its name would keep its place of yesterday.
    .sort(
      (one, other) => one.at - other.at || String(one.lines[0]).localeCompare(String(other.lines[0]), 'fr'),
    )
    .flatMap(({ lines: theirs }) => theirs);
  const all = [HEADS, BY_HAND, ...lines];
  const where = addressOf(district);
  const cut = rows.length > MOST ? `\n\nListe incomplète : les ${MOST} premiers rendez-vous.` : '';
  return (
    `Liste du ${DAY.format(new Date(`${day}T00:00:00Z`))}\n${where}\n\n${inColumns([HEADS, ...lines], all)}${cut}` +
    `\n\nSans rendez-vous\n\n${inColumns([BY_HAND, ...Array.from({ length: FREE_LINES }, () => [])], all)}\n`
  );
}
