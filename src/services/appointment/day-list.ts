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

/** As far as an agenda may be looked through by the desk (domain rule 3). */
const DAYS_AHEAD = 56;
const MOST = 300;
/** Lines for those who come without an appointment. */
const FREE_LINES = 20;
/** Of a column; what is longer is cut. */
const WIDEST = 34;

const DAY = new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', dateStyle: 'full' });
const TIME = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', timeStyle: 'short' });

/** Where, without an address: a home's may be nobody's to read. */
const ELSEWHERE: Readonly<Record<Exclude<AppointmentMode, 'ON_SITE'>, string>> = {
  HOME: 'à domicile',
  PHONE: 'téléphone',
  VIDEO: 'visio',
};

const HEADS = ['Heure', 'Agent', 'Rendez-vous', 'Personne', 'Lieu', 'Suite'];
const BY_HAND = ['Heure', 'Agent', 'Venu ou appelé', 'Numéro, nom s’il est donné', 'Lieu', 'Suite'];

/** The same width for each column, one line each. */
function inColumns(lines: readonly (readonly string[])[], like: readonly (readonly string[])[]): string {
  const widths = HEADS.map((_head, at) =>
    Math.min(WIDEST, Math.max(...like.map((line) => line[at]?.length ?? 0))),
  );
  return lines
    .map((line) => widths.map((width, at) => (line[at] ?? '').slice(0, width).padEnd(width)).join(' | '))
    .join('\n');
}

/** One line; of a meeting, one more for each who has a place, to write on. */
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
    // Left out of some alone, a place that somebody typed would say of whom it is withheld. A room is in the worker's hours.
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
 * The day of a district, in French and in columns, to be printed for when nothing else works (domain rule 12): when, with whom,
 * the public label, the name as the viewer may know it, where by the room of the worker's hours, and neither by a home's address nor by a
 * place that somebody typed; what came of it and who comes without an appointment are left to be written by hand. Neither the service, nor a
 * subject, nor a case. To the desk what is booked in its district: what is over, missed or called off is gone alike, so that a list of the
 * evening beside one of the morning does not tell who came. To a social worker of it what they hold themselves, but for what is called off.
 * @throws ForbiddenError to anyone else · InvalidInputError for a day gone by, or over eight weeks ahead
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
  const lines = (await Promise.all(rows.slice(0, MOST).map((row) => linesOf(op, row)))).flat();
  const all = [HEADS, BY_HAND, ...lines];
  const where = addressOf(district);
  const cut = rows.length > MOST ? `\n\nListe incomplète : les ${MOST} premiers rendez-vous.` : '';
  return (
    `Liste du ${DAY.format(new Date(`${day}T00:00:00Z`))}\n${where}\n\n${inColumns([HEADS, ...lines], all)}${cut}` +
    `\n\nSans rendez-vous\n\n${inColumns([BY_HAND, ...Array.from({ length: FREE_LINES }, () => [])], all)}\n`
  );
}
