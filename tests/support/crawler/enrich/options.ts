import { DAY, dayAfter } from '../../days.js';
import { idOf } from '../md5.js';
import { at, type Enriching, HOUR } from './enriching.js';

/** The days of an option, counted from today: when it was proposed, from when and until when it is in force. */
type Days = readonly [proposed: number, starts: number, ends: number];
const VOTED_ON: Days = [0, 20, 100];
/** It ends before the days for which the crawler proposes another one. */
const ENDS_SOON: Days = [-15, -7, 15];
const IN_FORCE: Days = [-15, -7, 84];
const LONG_AGO: Days = [-60, -50, -10];

/** What teams vote on, have decided, and had turned down: in each district one kind at least can be proposed. */
const OPTIONS = [
  ['sevran', 'CALL_BACK', 'PROPOSED', VOTED_ON],
  ['sevran', 'GROUP_MEETING', 'ADOPTED', ENDS_SOON],
  ['sevran', 'WALK_IN_HOUR', 'ADOPTED', IN_FORCE],
  ['gagny', 'CALL_BACK', 'PROPOSED', VOTED_ON],
  ['gagny', 'GROUP_MEETING', 'ADOPTED', ENDS_SOON],
  ['gagny', 'WALK_IN_HOUR', 'REJECTED', LONG_AGO],
  ['saint-ouen', 'CALL_BACK', 'PROPOSED', VOTED_ON],
  ['saint-ouen', 'WALK_IN_HOUR', 'ADOPTED', IN_FORCE],
] as const;
/** Who holds an hour without an appointment. Nobody logs in as one of them. */
const HOLDERS = [
  ['sevran', 'agent-01'],
  ['saint-ouen', 'agent-12'],
] as const;

/** Options of teams, votes on them, and hours without an appointment. */
export async function addOptions(county: Enriching): Promise<void> {
  // The demonstration’s own are put aside.
  await county.sql('delete from team_option');
  await addTeamOptions(county);
  await addVotes(county);
  await addWalkInHours(county);
}

async function addTeamOptions({ make, now, district }: Enriching): Promise<void> {
  await Promise.all(
    OPTIONS.map(([slug, kind, status, [proposed, starts, ends]]) =>
      make.teamOption({
        id: idOf(`option ${slug} ${kind}`),
        districtId: district(slug),
        kind,
        status,
        proposedOn: dayAfter(now.todayInParis, proposed),
        votedUntil: dayAfter(now.todayInParis, proposed + 7),
        startsOn: dayAfter(now.todayInParis, starts),
        endsOn: dayAfter(now.todayInParis, ends),
      }),
    ),
  );
}

/** Every other member of a team is for what it votes on, and the next one against it. */
async function addVotes({ sql, make }: Enriching): Promise<void> {
  const members = await sql<{ optionId: string; workerId: string; nth: number }>(
    `select o.id as "optionId", m.worker_id as "workerId",
       (row_number() over (partition by o.id order by m.worker_id))::integer as nth
     from team_option o join membership m on m.district_id = o.district_id and m.role in ('SOCIAL_WORKER', 'RECEPTIONIST')
       and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()) where o.status = 'PROPOSED' order by 1, 2`,
  );
  await Promise.all(members.map(({ nth, ...of }) => make.teamVote({ ...of, inFavour: nth % 2 === 1 })));
}

/** In the evening, when no agenda of the demonstration is open. */
async function addWalkInHours({ make, now, district, worker }: Enriching): Promise<void> {
  for (const [slug, subject] of HOLDERS) {
    const availabilityId = await make.availability({
      id: idOf(`walk-in ${slug}`),
      workerId: worker(subject),
      districtId: district(slug),
      modes: ['ON_SITE'],
      place: 'Mairie',
      startsOn: dayAfter(now.todayInParis, 2),
      endsOn: dayAfter(now.todayInParis, 9),
      opensAt: '20:00',
      closesAt: '21:00',
    });
    await make.availabilityType({ availabilityId, typeCode: 'WALK_IN_HOUR' });
    for (const days of [2, 3, 4])
      await make.availabilityOccurrence({
        id: idOf(`walk-in ${slug} ${days}`),
        availabilityId,
        startsAt: at(now.midnightInParis + days * DAY + 20 * HOUR),
        endsAt: at(now.midnightInParis + days * DAY + 21 * HOUR),
      });
  }
}
