import type { Calendar } from './calendar.js';
import type { Directory } from './directory.js';
import type { AppointmentTypeReference } from './reference/appointment-types.js';
import { makeIds, type Row, streamOf } from './rows.js';
import type { Part } from './shape.js';

interface Held {
  readonly subject: string;
  readonly day: number;
  readonly type: AppointmentTypeReference;
}

/** The columns of an appointment's row beside its time and its persons. */
type Life = Readonly<
  Record<
    'asked_by' | 'booked_at' | 'status_at' | 'cancellation_reason' | 'expected_back_at' | 'back_at',
    string | null
  >
>;

const LANGUAGES = ['ara', 'bam', 'fsl', 'por', 'ron', 'tam', 'tur', 'urd', 'zho'];
const ASKED_BY = ['PERSON', 'PERSON', 'RELATIVE', 'PARTNER', null] as const;
const REASONS = ['PREMISES_CLOSED', 'BOOKED_BY_MISTAKE', 'OTHER_TIME_AGREED'] as const;
const DAY = 86_400_000;

/**
 * Draws the life of each appointment: who asked for it and when, why the service cancelled it, when a worker is back from a home visit, and
 * who interprets. It uses a stream of its own, so that the agendas do not change.
 */
export function makeLives(
  calendar: Calendar,
  directory: Directory,
  part: Part,
): (
  id: string,
  held: Held,
  status: string,
  times: { readonly starts_at: string; readonly ends_at: string },
) => { readonly row: Life; readonly participants: readonly Row[] } {
  const random = streamOf('agenda-life', part.name);
  const nextId = makeIds('participant', part.name);
  const now = Date.parse(calendar.instant(0, 0));
  return (id, { subject, day, type }, status, times) => {
    const bookedAt = new Date(
      Math.min(Date.parse(times.starts_at), now) - random.int(1, 21) * DAY,
    ).toISOString();
    const absence = directory.absence(subject);
    const isAway = absence !== null && day >= absence.from && day < absence.until;
    const reason = isAway ? 'WORKER_AWAY' : random.pick(REASONS);
    const isVisit = type.code === 'HOME_VISIT';
    return {
      row: {
        asked_by: random.pick(ASKED_BY),
        booked_at: bookedAt,
        status_at: status === 'BOOKED' || status.startsWith('CANCELLED') ? bookedAt : times.ends_at,
        cancellation_reason: status === 'CANCELLED_BY_SERVICE' ? reason : null,
        expected_back_at: isVisit ? times.ends_at : null,
        back_at: isVisit && (status === 'HONOURED' || status === 'NOT_HONOURED') ? times.ends_at : null,
      },
      participants: random.chance(0.05)
        ? [
            {
              id: nextId(),
              appointment_id: id,
              kind: 'INTERPRETER',
              language: random.pick(LANGUAGES),
              mode: type.modes.includes('PHONE') && random.chance(0.5) ? 'PHONE' : 'ON_SITE',
              ...times,
            },
          ]
        : [],
    };
  };
}
