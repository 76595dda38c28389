import type { AppointmentMode, AppointmentStatus } from '../../../prisma/generated/enums.js';
import type { LoggedCounty } from '../../data-protection/logged.js';
import type { Answer } from '../../support/app.js';
import type { BuiltCase } from '../../support/county.js';

/** All times are reckoned from this instant, so that a length is exact. */
const NOW = Date.now();
export const inMinutes = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();
/** The answer, without the ids and instants of its rows. */
export const told = ({ status, text }: Answer): string =>
  `${status} ${text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…')}`;

export async function askAs(
  made: LoggedCounty,
  by: string,
  mutation: string,
  input: Record<string, unknown>,
  payload: string,
): Promise<Answer> {
  const names: Readonly<Record<string, string>> = { reassignCase: 'AssignCaseInput' };
  const type = names[mutation] ?? `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  return (await made.app.as(by)).send(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${payload} } }`,
    { input },
  );
}

export interface Booked {
  readonly typeCode?: string;
  readonly minutes?: number;
  readonly mode?: AppointmentMode;
  readonly status?: AppointmentStatus;
  readonly startsIn?: number;
  readonly worker?: string;
  readonly ofCase?: boolean;
  readonly expectedBackIn?: number;
}

/** An appointment of the case's person, with one worker. */
export async function bookedFor(
  made: LoggedCounty,
  file: BuiltCase,
  { startsIn = 0, minutes = 45, worker = 'alice', ...of }: Booked,
): Promise<string> {
  const { make } = made;
  const appointmentId = await make.appointment({
    districtId: made.district,
    caseId: of.ofCase === false ? null : file.id,
    typeCode: of.typeCode ?? 'FOLLOW_UP',
    mode: of.mode,
    status: of.status,
    startsAt: inMinutes(startsIn),
    endsAt: inMinutes(startsIn + minutes),
    expectedBackAt: of.expectedBackIn === undefined ? null : inMinutes(of.expectedBackIn),
  });
  await make.appointmentWorker({ appointmentId, workerId: made.who[worker] });
  await make.appointmentPerson({ appointmentId, personId: file.personId });
  return appointmentId;
}
