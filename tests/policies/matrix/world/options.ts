import { VOTED_ON } from '../../../support/county/agenda.js';
import { dayAfter, dayAhead } from '../../../support/days.js';
import type { Scene } from './scene.js';
import type { Targets } from './targets.js';

/** Until when a team has what it has: an option lasts a quarter of a year at most, so that five follow one another. */
const IN_FORCE = [0, 1, 2, 3, 4].map((nth) => [-7 + 92 * nth, -7 + 92 * (nth + 1)] as const);

/**
 * The options that the district has, for more than a year. After that the database forgets that a member proposes one option of a kind at a
 * time, and that a team has one on a day: all attempts vote and propose in the same district, and none of them waits for another.
 */
export async function openOptions({ database, make, districtId }: Scene): Promise<void> {
  for (const kind of ['GROUP_MEETING', 'WALK_IN_HOUR'] as const)
    for (const [starts, ends] of IN_FORCE)
      await make.teamOption({
        districtId,
        kind,
        proposedOn: dayAhead(starts - 8),
        votedUntil: dayAhead(starts - 1),
        startsOn: dayAhead(starts),
        endsOn: dayAhead(ends),
      });
  await database.sql('drop index team_option_one_each');
  await database.sql('alter table team_option drop constraint team_option_once');
}

/** An hour of carla without an appointment, tomorrow week. Everyone is told when it is. */
export async function openWalkInHour({ make, districtId, workers: { carla } }: Scene): Promise<void> {
  const day = dayAhead(8);
  const availabilityId = await make.availability({
    workerId: carla,
    districtId,
    modes: ['ON_SITE'],
    place: 'Mairie',
    startsOn: day,
    endsOn: dayAfter(day, 1),
  });
  await make.availabilityType({ availabilityId, typeCode: 'WALK_IN_HOUR' });
  await make.availabilityOccurrence({
    availabilityId,
    startsAt: `${day}T08:00:00Z`,
    endsAt: `${day}T09:00:00Z`,
  });
}

/** An option on which the team votes. Whoever may vote on one that is read has voted. Answers it, and the days of another one to propose. */
export async function openVote(
  { make, database, districtId, times }: Scene,
  toRead: boolean,
): Promise<Pick<Targets, 'TeamOption' | 'optionStartsOn' | 'optionEndsOn'>> {
  const option = await make.teamOption({
    districtId,
    kind: 'CALL_BACK',
    ...VOTED_ON,
    // A day before all that are proposed.
    startsOn: dayAhead(9),
    endsOn: dayAhead(40),
  });
  if (toRead)
    await database.sql(
      `insert into team_vote (option_id, worker_id, in_favour) select distinct $1::uuid, worker_id, true from membership
       where district_id = $2 and role in ('SOCIAL_WORKER', 'RECEPTIONIST')`,
      [option, districtId],
    );
  const { startsOn, endsOn } = times.nextOption();
  return { TeamOption: option, optionStartsOn: startsOn, optionEndsOn: endsOn };
}
