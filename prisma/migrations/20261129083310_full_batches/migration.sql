set local lock_timeout = '5s';
set local check_function_bodies = off;
create or replace function take_dispatches(p_limit integer)
  returns table (id uuid, attempt integer, channel "DispatchChannel", recipient text, kind text, public_label_fr text,
    previous_starts_at timestamptz, starts_at timestamptz, answer_by timestamptz, place text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare v_due uuid[];
begin
  perform only_jobs();
  update dispatch d set status = case d.channel when 'TEXT' then 'RETRYING' else 'UNCERTAIN' end::"DispatchStatus"
    where d.status = 'SENDING' and d.due_at <= now();
  loop
    -- What became due while no job ran is not sent at night either.
    v_due := array(select d.id from dispatch d where d.status in ('DUE', 'RETRYING') and d.due_at <= now() and by_day(now()) <= now()
      order by d.due_at, d.id limit p_limit for update skip locked);
    return query
    with due as (
      select d.* from dispatch d where d.id = any (v_due)
    ), said as (
      select d.id, n.kind::text as kind, a.type_code, n.person_id, n.previous_starts_at, a.starts_at, null::timestamptz as answer_by,
        a.mode, a.place, a.district_id, a.case_id
      from due d
      join appointment_notice n on n.id = d.notice_id and n.version = d.notice_version and n.done_at is null
      join appointment a on a.id = n.appointment_id
      where (a.starts_at > now() or n.previous_starts_at > now())
        and (n.kind = 'CANCELLED' or (a.status = 'BOOKED' and a.starts_at > now()))
      union all
      select d.id, 'OFFER', r.type_code, r.person_id, null, o.starts_at, o.answer_by, o.mode, o.place, o.district_id, r.case_id
      from due d
      join slot_offer o on o.id = d.offer_id and o.status = 'HELD' and o.told_at is null and o.answer_by > now()
      join appointment_request r on r.id = o.request_id
    ), sent as (
      select s.*, case d.channel when 'TEXT' then p.phone else p.email end as recipient
      from said s join due d on d.id = s.id join person p on p.id = s.person_id
      where sendable(p, array[d.channel]) is not null
    ), taken as (
      update dispatch d set status = case when s.id is null then 'CANCELLED' else 'SENDING' end::"DispatchStatus",
        attempts = d.attempts + (s.id is not null)::integer, due_at = now() + interval '2 minutes'
      from due left join sent s on s.id = due.id where d.id = due.id
      returning d.id, d.attempts, d.channel, d.status
    ), logged as (
      -- Each message that is handed out has a line in the log (rule 9), with the person and without its content.
      insert into access_log (operation_id, actor_kind, action, outcome, case_id, person_id)
      select gen_random_uuid(), 'JOBS', 'SEND_NOTICE', 'DONE', s.case_id, s.person_id
      from taken t join sent s on s.id = t.id where t.status = 'SENDING'
    )
    select t.id, t.attempts, t.channel, s.recipient, s.kind, y.public_label_fr, s.previous_starts_at, s.starts_at, s.answer_by,
      case when s.mode = 'ON_SITE' and not is_sheltered(s.person_id)
        then coalesce(s.place, i.address_line || ', ' || i.postal_code || ' ' || c.name) end
    from taken t join sent s on s.id = t.id join appointment_type y on y.code = s.type_code
    join district i on i.id = s.district_id join commune c on c.insee_code = i.commune_code
    where t.status = 'SENDING';
    exit when found or v_due = '{}';
  end loop;
end $$;
revoke all on function take_dispatches(int4) from public, cosmos_app, cosmos_jobs;
alter function take_dispatches owner to cosmos_keeper;
grant execute on function take_dispatches to cosmos_jobs;
