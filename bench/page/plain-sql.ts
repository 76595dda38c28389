/** The page in one statement, as JSON columns. It reads the same rows under the same row-level security. */
export const PLAIN_PAGE = `
select c.id, c.reference, c.mission, c.status,
  to_char(c.opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "openedAt",
  (select coalesce(json_agg(json_build_object('id', p.id,
      'displayName', coalesce(p.chosen_name, nullif(concat_ws(' ', p.given_name, p.family_name), ''), 'Personne sans nom'),
      'birthDate', p.birth_date, 'phone', p.phone) order by p.id), '[]')
    from case_person cp join person p on p.id = cp.person_id where cp.case_id = c.id) as persons,
  (select coalesce(json_agg(json_build_object('id', n.id, 'code', json_build_object('code', k.code, 'labelFr', k.label_fr),
      'startsOn', n.starts_on, 'endsOn', n.ends_on) order by n.starts_on, n.id), '[]')
    from need n join need_code k on k.code = n.code where n.case_id = c.id) as needs,
  (select json_build_object('id', a.id,
      'startsAt', to_char(a.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'endsAt', to_char(a.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'mode', a.mode, 'publicLabel', t.public_label_fr)
    from appointment a join appointment_type t on t.code = a.type_code
    where a.case_id = c.id and a.status = 'BOOKED' and a.starts_at >= now()
    order by a.starts_at, a.id limit 1) as "nextAppointment",
  (select coalesce(json_agg(json_build_object('id', n.id,
      'writtenAt', to_char(n.written_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'sealed', encode(n.body, 'base64')) order by n.written_at desc, n.id desc), '[]')
    from (select * from interview_note i where i.case_id = c.id order by i.written_at desc, i.id desc limit 3) n) as notes,
  (select json_build_object('masterKeyId', k.master_key_id, 'wrapped', encode(k.wrapped, 'base64'))
    from case_key k where k.case_id = c.id) as key
from "case" c
where c.assigned_worker_id = (select viewer_worker()) and c.status = 'OPEN'
  and c.district_id = any ((select viewer_districts('social_worker'))::uuid[])
order by c.opened_at desc, c.id desc limit $1`;
