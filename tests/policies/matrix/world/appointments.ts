import { createHash } from 'node:crypto';
import { dayInParis } from '../../../../src/services/operation/period.js';
import type { Given } from '../../../support/county/rows.js';
import { ago, ahead, dayAfter } from '../../../support/days.js';
import { later } from './clocks.js';
import type { Scene } from './scene.js';
import type { About, Targets } from './targets.js';

/** From when until when. */
interface Span {
  readonly startsAt: string;
  readonly endsAt: string;
}

/** An appointment of the district, which was booked nine days ago. */
export const bookAppointment = ({ make, districtId }: Scene, row: Given<'appointment'>): Promise<string> =>
  make.appointment({ districtId, bookedAt: ago(9), statusAt: ago(9), ...row });

/** The worker is not free during an appointment. */
export async function occupy(
  { make, districtId }: Scene,
  workerId: string,
  appointmentId: string,
  { startsAt, endsAt }: Span,
): Promise<void> {
  await make.occupancy({ workerId, districtId, appointmentId, startsAt, endsAt });
}

/** Dan holds an appointment with the person. */
async function meet(
  { make, workers: { dan } }: Scene,
  { personId, online }: About,
  appointmentId: string,
): Promise<void> {
  await make.appointmentWorker({ appointmentId, workerId: dan });
  await make.appointmentPerson({ appointmentId, personId, showOnline: online });
}

/** Time off of dan. */
export const openTimeOff = ({ make, districtId, workers: { dan } }: Scene, span: Span): Promise<string> =>
  make.unavailability({ workerId: dan, districtId, startsAt: span.startsAt, endsAt: span.endsAt });

/** A meeting of dan, which began so many days ago. The person has a place in it. */
export async function openMeeting(scene: Scene, personId: string, daysAgo: number): Promise<string> {
  const id = await bookAppointment(scene, {
    typeCode: 'INFORMATION_MEETING',
    startsAt: ago(daysAgo),
    endsAt: ago(daysAgo - 0.05),
    places: 12,
    placesUnnamed: 1,
  });
  await scene.make.appointmentWorker({ appointmentId: id, workerId: scene.workers.dan });
  await scene.make.appointmentPerson({
    appointmentId: id,
    personId,
    outcome: daysAgo < 0 ? 'HONOURED' : null,
  });
  return id;
}

type AppointmentTargets = Pick<
  Targets,
  | 'Appointment'
  | 'AppointmentParticipant'
  | 'AppointmentNotice'
  | 'appointmentNow'
  | 'HomeVisitNotBack'
  | 'OnlineBooking'
  | 'secret'
  | 'linkSecret'
  | 'linkedAppointment'
  | 'dayOfAppointment'
>;

/** Appointments of a dossier. */
export interface Appointments {
  readonly targets: AppointmentTargets;
  /** When the home visit is. */
  readonly homeVisit: Span;
  /** The appointment for which the person asks a sooner time. */
  readonly usual: { readonly id: string; readonly startsAt: string };
}

/**
 * Appointments with dan: a home visit to come, a home visit of which he is not back, an appointment that should be sooner, and an
 * appointment that was booked online.
 */
export async function openAppointments(
  scene: Scene,
  about: About,
  bookedBy: 'person' | 'client',
): Promise<Appointments> {
  const visit = await openHomeVisit(scene, about);
  const notBack = await openVisitNotBack(scene, about);
  await meet(scene, about, visit.Appointment);
  await occupy(scene, scene.workers.dan, visit.Appointment, visit.span);
  // Whoever calls says the day: the person has no other appointment then.
  const dayOfAppointment = parisDayOf(visit.span.startsAt);
  const usual = await openUsual(scene, about, dayOfAppointment);
  const online = await bookOnline(scene, about, { bookedBy, dayOfAppointment });
  const linkedAppointment = await openLink(scene);
  const { span, ...targets } = visit;
  return {
    targets: {
      ...targets,
      appointmentNow: notBack,
      HomeVisitNotBack: notBack,
      OnlineBooking: online,
      secret: `secret ${online}`,
      linkSecret: `link ${linkedAppointment}`,
      linkedAppointment,
      dayOfAppointment,
    },
    homeVisit: span,
    usual,
  };
}

const parisDayOf = (instant: string): string => dayInParis(new Date(instant));

/** Returns the next time that is not on this day (Europe/Paris). */
function nextNotOn({ times }: Scene, day: string): string {
  for (;;) {
    const startsAt = times.next();
    if (parisDayOf(startsAt) !== day) return startsAt;
  }
}

/** An appointment of another person, who was sent a message with a link. */
async function openLink(scene: Scene): Promise<string> {
  const { make, districtId, workers } = scene;
  const startsAt = ahead(2);
  const id = await bookAppointment(scene, { startsAt, endsAt: later(startsAt, 30) });
  const personId = await make.person({
    districtId,
    chosenName: 'Reine',
    safeContact: 'NEUTRAL_TEXT',
    phone: `link ${id}`,
  });
  await make.appointmentWorker({ appointmentId: id, workerId: workers.dan });
  await make.appointmentPerson({ appointmentId: id, personId });
  const secretHash = createHash('sha256').update(`link ${id}`).digest();
  await make.appointmentLink({ secretHash, appointmentId: id, personId, channel: 'TEXT', startsAt });
  await make.telephoneCancellation({ appointmentId: id, personId, districtId });
  return id;
}

/** A home visit to come with an interpreter, and a notice that it was moved. */
async function openHomeVisit(
  scene: Scene,
  { caseId, personId, toRead }: About,
): Promise<
  Pick<AppointmentTargets, 'Appointment' | 'AppointmentParticipant' | 'AppointmentNotice'> & { span: Span }
> {
  const { make, districtId } = scene;
  const startsAt = scene.times.next();
  const span = { startsAt, endsAt: later(startsAt, 14) };
  const appointmentId = await bookAppointment(scene, {
    caseId,
    mode: 'HOME',
    // The worker who typed the place reads it.
    place: 'Chez un proche',
    placeById: scene.workers.alice,
    askedBy: 'RELATIVE',
    expectedBackAt: span.endsAt,
    backAt: toRead ? span.endsAt : null,
    ...span,
  });
  await make.appointmentSubject({ appointmentId, text: 'logement' });
  const participant = await make.appointmentParticipant({ appointmentId, language: 'tam', ...span });
  const notice = await make.appointmentNotice({
    appointmentId,
    personId,
    districtId,
    sending: 'FAILED',
    previousStartsAt: ago(1),
    createdAt: ago(scene.counted.dossiers),
  });
  await make.telephoneCancellation({
    appointmentId,
    personId,
    districtId,
    heldUntil: startsAt,
    wantsAnother: true,
  });
  return {
    Appointment: appointmentId,
    AppointmentParticipant: participant,
    AppointmentNotice: notice,
    span,
  };
}

/** A home visit of the same case and worker, of which the worker is not back. It took place during time off of the worker. */
async function openVisitNotBack(scene: Scene, { caseId }: About): Promise<string> {
  const id = await bookAppointment(scene, {
    caseId,
    typeCode: 'HOME_VISIT',
    mode: 'HOME',
    place: 'Chez un voisin',
    startsAt: ago(0.1),
    endsAt: ago(0.05),
    expectedBackAt: ago(0.04),
  });
  await scene.make.appointmentWorker({ appointmentId: id, workerId: scene.workers.dan });
  // Dan reads the place on the day of the visit. The matrix shows this day, even after midnight, when the visit is of yesterday.
  await scene.database.sql(
    'update withheld_place set home_day = day_in_paris(now()) where appointment_id = $1',
    [id],
  );
  await openTimeOff(scene, { startsAt: ago(0.1), endsAt: ago(0.05) });
  return id;
}

/** An appointment on site of the usual length, for which the person asks a sooner time. */
async function openUsual(
  scene: Scene,
  about: About,
  dayOfAppointment: string,
): Promise<Appointments['usual']> {
  const startsAt = nextNotOn(scene, dayOfAppointment);
  const span = { startsAt, endsAt: later(startsAt, 30) };
  if (about.toRead) await openHoursAround(scene, span);
  const id = await bookAppointment(scene, { caseId: about.caseId, place: 'Mairie', ...span });
  await meet(scene, about, id);
  await occupy(scene, scene.workers.dan, id, span);
  return { id, startsAt };
}

/** Closed hours of dan during an appointment: the appointment names the place of the hours, and not one that somebody typed. */
async function openHoursAround(
  { make, districtId, workers: { dan } }: Scene,
  { startsAt, endsAt }: Span,
): Promise<void> {
  const day = startsAt.slice(0, 10);
  const availabilityId = await make.availability({
    workerId: dan,
    districtId,
    modes: ['ON_SITE'],
    place: 'Mairie',
    startsOn: day,
    endsOn: dayAfter(day, 1),
  });
  await make.availabilityOccurrence({ availabilityId, closed: true, startsAt, endsAt });
}

/** An appointment that the person booked online, or the booking client for the person. It is shown to the person as the rest is. */
async function bookOnline(
  scene: Scene,
  about: About,
  {
    bookedBy,
    dayOfAppointment,
  }: { readonly bookedBy: 'person' | 'client'; readonly dayOfAppointment: string },
): Promise<string> {
  const startsAt = nextNotOn(scene, dayOfAppointment);
  const span = { startsAt, endsAt: later(startsAt, 30) };
  if (about.toRead) await openHoursAround(scene, span);
  const id = await bookAppointment(scene, { place: 'Mairie', ...span });
  await meet(scene, about, id);
  const byClient = bookedBy === 'client';
  await scene.make.onlineBooking({
    appointmentId: id,
    clientId: byClient ? scene.bookingClient : null,
    secretHash: byClient ? createHash('sha256').update(`secret ${id}`).digest() : null,
    personId: about.personId,
    // Long ago: a client may book 600 within an hour, and a person may have three of the last 400 days.
    bookedAt: ago(500),
  });
  return id;
}

/** The hours of `bookInAnHour`: long ago, and each for one booking. */
let hours = 0;

/** An appointment to come that the booking client booked for somebody, alone in its hour. */
export async function bookInAnHour(scene: Scene): Promise<Pick<Targets, 'bookingOfHour' | 'hourOfBooking'>> {
  const { make, districtId } = scene;
  hours += 1;
  const hourOfBooking = ago(600 + hours / 12);
  const startsAt = ahead(2);
  const id = await bookAppointment(scene, { startsAt, endsAt: later(startsAt, 30) });
  const personId = await make.person({ districtId, chosenName: 'Reine', provisional: true });
  await make.appointmentPerson({ appointmentId: id, personId });
  await make.onlineBooking({
    appointmentId: id,
    clientId: scene.bookingClient,
    secretHash: createHash('sha256').update(`hour ${id}`).digest(),
    personId,
    bookedAt: hourOfBooking,
  });
  return { bookingOfHour: id, hourOfBooking };
}
