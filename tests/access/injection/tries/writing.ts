import type { Hidden } from '../scene.js';
import type { Tries, Try } from '../try.js';

/** Tables of which nobody but functions of the keeper writes a row. */
const KEPT = [
  'access_log',
  'login_key',
  'login_proof',
  'nomenclature_version',
  'online_booking',
  'home_word',
  'agreed_word',
  'release_note',
  'person_account',
  'person_known',
  'withheld_place',
  'look_up_turn',
  'free_time',
  'offer_wake',
  'who_reads_what',
];

const rowsOf = ({ person, case: file, note, author, appointment, district }: Hidden): readonly Try[] => [
  [
    'logs in the name of another',
    `insert into access_log (operation_id, actor_kind, actor_id, action, outcome) values (gen_random_uuid(), 'WORKER', '${author}', 'READ_CASE', 'DONE')`,
  ],
  ['deletes lines of the log', 'delete from access_log'],
  ['updates lines of the log', `update access_log set actor_id = '${author}'`],
  ['truncates the log', 'truncate access_log'],
  [
    'writes a note for another',
    `insert into interview_note (id, case_id, author_id, status, body) values (gen_random_uuid(), '${file}', '${author}', 'FINAL', 'x')`,
  ],
  ['changes a hidden note', `update interview_note set body = 'x' where id = '${note}'`],
  ['takes a hidden note', `update interview_note set reader_id = viewer_worker()`],
  ['moves a note', `update interview_note set case_id = '${file}'`],
  ['deletes a hidden note', `delete from interview_note where id = '${note}'`],
  ['changes a hidden person', `update person set phone = '1' where id = '${person}'`],
  [
    'changes whether nothing is confirmed',
    'update person set confirm_nothing = false, contact_suspended_at = null',
  ],
  ['deletes a hidden person', `delete from person where id = '${person}'`],
  ['moves a person', `update person set district_id = '${district}'`],
  ['takes a hidden case', `update "case" set assigned_worker_id = viewer_worker() where id = '${file}'`],
  ['moves a case', `update "case" set district_id = '${district}'`],
  [
    'assigns itself a hidden case',
    `insert into assignment (id, case_id, worker_id) values (gen_random_uuid(), '${file}', viewer_worker())`,
  ],
  [
    'joins a hidden person to a case',
    `insert into case_person (case_id, person_id) select id, '${person}' from "case" limit 1`,
  ],
  [
    'joins itself to a hidden appointment',
    `insert into appointment_worker (appointment_id, worker_id) values ('${appointment}', viewer_worker())`,
  ],
  ['frees the time of a hidden appointment', `delete from occupancy where appointment_id = '${appointment}'`],
  [
    'hands a hidden note over',
    `insert into handover (id, case_id, from_worker_id, to_worker_id) values (gen_random_uuid(), '${file}', '${author}', viewer_worker())`,
  ],
  [
    'asks for a release of a hidden case',
    `insert into release (id, case_id, requested_by_id, ground) values (gen_random_uuid(), '${file}', '${author}', 'DEPARTURE')`,
  ],
  [
    'becomes a member',
    `insert into membership (worker_id, role, district_id, starts_at) values (viewer_worker(), 'SOCIAL_WORKER', '${district}', now())`,
  ],
  [
    'widens its membership',
    `update membership set district_id = '${district}', role = 'SOCIAL_WORKER', ends_at = null`,
  ],
  ['widens the scopes of a client', `update client set scopes = array_append(scopes, 'notes:read')`],
  [
    'registers a client',
    `insert into client (issuer, client_id, kind, name, scopes) values ('x', 'x', 'FRONT_END', 'x', '{}')`,
  ],
  ['changes its own subject', `update worker set subject = 'other' where id = viewer_worker()`],
  ['takes the subject of another', `update worker set subject = 'worker.sevran' where id = '${author}'`],
  [
    'writes a key of a hidden case',
    `insert into case_key (case_id, master_key_id, wrapped) values ('${file}', 'x', 'x')`,
  ],
  [
    'changes the district',
    `update district set name = 'x'`,
    'delete from public_holiday',
    `insert into need_code (code) values ('X')`,
  ],
  ['publishes a notice', `update privacy_notice set published_on = now()`],
  ['changes a frozen figure', `update snapshot_table set cells = '{}'`, 'delete from snapshot'],
];

/** Tries to write a row that is not the sender's to write. */
export const WRITING: Tries = {
  subject: 'writes what is not its own',
  end: 'commit',
  looks: true,
  of: (hidden) => [
    ...rowsOf(hidden),
    ...KEPT.flatMap((table): Try[] => [
      [
        `inserts into ${table}`,
        `insert into ${table} select * from ${table}`,
        `insert into ${table} default values`,
      ],
      [`deletes from ${table}`, `delete from ${table}`],
      [`truncates ${table}`, `truncate ${table} cascade`],
      [`copies into ${table}`, `copy ${table} from stdin`],
    ]),
  ],
};

/** Answers that must be the same for a hidden id and for an id that is nowhere: else the error tells that the row is there. */
export const PROBES: readonly (readonly [name: string, of: (hidden: Hidden) => string, id: keyof Hidden])[] =
  [
    [
      'a vote on a hidden option',
      (h) =>
        `insert into team_vote (option_id, worker_id, in_favour) values ('${h.option}', viewer_worker(), true)`,
      'option',
    ],
    [
      'a vote on a hidden option, if there is none',
      (h) =>
        `insert into team_vote (option_id, worker_id, in_favour) values ('${h.option}', '${h.author}', true) on conflict do nothing`,
      'option',
    ],
    [
      'a need of a hidden case',
      (h) =>
        `insert into need (id, case_id, code, starts_on) values (gen_random_uuid(), '${h.case}', (select min(code) from need_code), current_date)`,
      'case',
    ],
    [
      'a note of a hidden case',
      (h) =>
        `insert into interview_note (id, case_id, author_id, status, body) values (gen_random_uuid(), '${h.case}', viewer_worker(), 'DRAFT', 'x')`,
      'case',
    ],
    [
      'an assignment of a hidden case',
      (h) =>
        `insert into assignment (id, case_id, worker_id) values (gen_random_uuid(), '${h.case}', viewer_worker())`,
      'case',
    ],
    [
      'a handover of a hidden case',
      (h) =>
        `insert into handover (id, case_id, from_worker_id, to_worker_id) values (gen_random_uuid(), '${h.case}', viewer_worker(), viewer_worker())`,
      'case',
    ],
    [
      'a release of a hidden case',
      (h) =>
        `insert into release (id, case_id, requested_by_id, ground) values (gen_random_uuid(), '${h.case}', viewer_worker(), 'DANGER')`,
      'case',
    ],
    [
      'a key of a hidden case',
      (h) =>
        `insert into case_key (case_id, master_key_id, wrapped) values ('${h.case}', 'x', 'x') on conflict do nothing`,
      'case',
    ],
    [
      'a person beside a hidden case',
      (h) => `insert into case_person (case_id, person_id) values ('${h.case}', gen_random_uuid())`,
      'case',
    ],
    [
      'a planned reassignment of a hidden case',
      (h) =>
        `insert into planned_reassignment (id, case_id, to_worker_id, takes_effect_at) values (gen_random_uuid(), '${h.case}', viewer_worker(), now() + interval '9 days')`,
      'case',
    ],
    [
      'a hidden person in a request',
      (h) =>
        `insert into appointment_request (id, district_id, person_id, type_code) values (gen_random_uuid(), (viewer_districts('any'))[1], '${h.person}', 'PHONE_CALL')`,
      'person',
    ],
    [
      'a hidden person at an appointment',
      (h) =>
        `insert into appointment_person (appointment_id, person_id) select id, '${h.person}' from appointment where ends_at > now() order by id limit 1`,
      'person',
    ],
    [
      'an address of a hidden person',
      (h) =>
        `insert into person_address (person_id, line, postal_code, city, confidential) values ('${h.person}', 'x', '93000', 'x', false)`,
      'person',
    ],
    [
      'a safe address of a hidden person',
      (h) =>
        `insert into safe_address (case_id, person_id, line, postal_code, city) values ('${h.case}', '${h.person}', 'x', '93000', 'x')`,
      'person',
    ],
    [
      'a worker at a hidden appointment',
      (h) =>
        `insert into appointment_worker (appointment_id, worker_id) values ('${h.appointment}', viewer_worker())`,
      'appointment',
    ],
    [
      'a participant of a hidden appointment',
      (h) =>
        `insert into appointment_participant (appointment_id, kind, mode, starts_at, ends_at) values ('${h.appointment}', 'INTERPRETER', 'PHONE', now(), now())`,
      'appointment',
    ],
    [
      'a notice of a hidden appointment',
      (h) =>
        `insert into appointment_notice (appointment_id, person_id, district_id, kind) values ('${h.appointment}', '${h.person}', '${h.district}', 'REMINDER')`,
      'appointment',
    ],
    [
      'an update of a hidden person',
      (h) => `update person set phone = '1' where id = '${h.person}'`,
      'person',
    ],
    [
      'an update of a hidden case',
      (h) => `update "case" set status = 'CLOSED' where id = '${h.case}'`,
      'case',
    ],
    [
      'a lock of a hidden person',
      (h) => `select from person where id = '${h.person}' for no key update nowait`,
      'person',
    ],
    [
      'a merge on a hidden note',
      (h) =>
        `merge into interview_note n using (values ('${h.note}'::uuid)) v (id) on n.id = v.id when matched then update set version = n.version + 1`,
      'note',
    ],
  ];
