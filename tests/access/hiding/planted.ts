import type { TestDatabase } from '../../support/database.js';
import { personId, phoneOf, requestId } from './scene.js';

/** A leak, planted in the county in which something is hidden. */
export interface Planted {
  readonly name: string;
  plant(database: TestDatabase): Promise<unknown>;
  uproot(database: TestDatabase): Promise<unknown>;
  /** This login has to find the leak, in the answer of this field. */
  readonly seenBy: { readonly login: string; readonly root: string; readonly path: RegExp };
}

/** She must not be reminded of their common appointments. The leak: he is not reminded of his own any more. */
export const NO_REMINDER: Planted = {
  name: 'a reminder that stops: his',
  plant: async ({ sql }) => {
    await sql(`create function planted_notice() returns trigger language plpgsql as
      $$ begin return case when new.kind = 'REMINDER' and new.person_id = '${personId('karim')}' then null else new end; end $$`);
    await sql(
      'create trigger planted_notice before insert on appointment_notice for each row execute function planted_notice()',
    );
  },
  uproot: async ({ sql }) => {
    await sql('drop trigger planted_notice on appointment_notice');
    await sql('drop function planted_notice');
  },
  seenBy: { login: phoneOf('karim'), root: 'sent', path: /^sent$/ },
};

/** She goes to the end of the list. No message is sent, and no id changes. */
const RANK: Planted = {
  name: 'a rank that falls: hers',
  plant: ({ sql }) =>
    sql(`update appointment_request set rank_at = rank_at + interval '10 years' where id = $1`, [
      requestId('rosa'),
    ]),
  uproot: ({ sql }) =>
    sql(`update appointment_request set rank_at = rank_at - interval '10 years' where id = $1`, [
      requestId('rosa'),
    ]),
  seenBy: { login: 'reception.sevran', root: 'appointmentRequest', path: /^appointmentRequest\.rank$/ },
};

/** A typed place is gone from the child's appointment, in the agenda of the second worker. */
const PLACE: Planted = {
  name: 'a place that vanishes: the child’s',
  plant: ({ sql }) =>
    sql(
      `delete from withheld_place where appointment_id in (select ap.appointment_id from appointment_person ap
         join appointment a on a.id = ap.appointment_id where ap.person_id = $1 and a.starts_at > now())`,
      [personId('leo')],
    ),
  uproot: async () => undefined,
  seenBy: { login: 'second', root: 'appointment', path: /^appointment\.place$/ },
};

export const PLANTED: readonly Planted[] = [NO_REMINDER, RANK, PLACE];
