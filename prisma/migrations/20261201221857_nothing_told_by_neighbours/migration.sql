set local lock_timeout = '5s';
set local check_function_bodies = off;
drop index appointment_request_waiting_for;
create or replace function is_live(p_link appointment_link) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return p_link.used_at is null and exists (select from appointment a join person p on p.id = p_link.person_id
      where a.id = p_link.appointment_id and a.status = 'BOOKED' and a.starts_at = p_link.starts_at and a.starts_at > now()
        and p.contact_suspended_at is null
        and (select array_agg(ap.person_id) from appointment_person ap where ap.appointment_id = a.id) = array[p.id]);
  end $$;
revoke all on function is_live(appointment_link) from public, cosmos_app, cosmos_jobs;
create or replace function contact_ends_links() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from appointment_link l where l.person_id = new.id and (
    new.safe_contact <> 'NEUTRAL_TEXT'
    or case l.channel
      when 'TEXT' then right(regexp_replace(old.phone, '\D', '', 'g'), 9) is distinct from right(regexp_replace(new.phone, '\D', '', 'g'), 9)
      else lower(old.email) is distinct from lower(new.email) end);
  return null;
end $$;
revoke all on function contact_ends_links() from public, cosmos_app, cosmos_jobs;
create or replace function log_skips(p_offer uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_offer slot_offer%rowtype;
  v_request appointment_request%rowtype;
  v_asked_before appointment_request%rowtype;
begin
  select * into v_offer from slot_offer where id = p_offer;
  select * into v_request from appointment_request where id = v_offer.request_id;
  if v_offer.at_short_notice then
    select r.* into v_asked_before from slot_offer o join appointment_request r on r.id = o.request_id
      where o.worker_id = v_offer.worker_id and o.starts_at = v_offer.starts_at and o.id <> p_offer
        and (r.rank_at, r.id) < (v_request.rank_at, v_request.id)
      order by r.rank_at desc, r.id desc limit 1;
  end if;
  insert into offer_skip (offer_id, request_id, reason, skipped_at)
  select p_offer, s.request_id, s.reason, now() from (
    select a.id as request_id, case
      when h.starts_at <= v_offer.starts_at then null
      when h.starts_at > v_offer.starts_at then 'HAS_OFFER'
      when v_offer.at_short_notice then why_not_asked(w.would, v_offer.worker_id, array[v_offer.mode], v_offer.starts_at, v_offer.ends_at)
      else why_not(w.would, offer_channel(a), v_offer.worker_id, array[v_offer.mode], v_offer.starts_at, v_offer.ends_at) end as reason
    from appointment_request a left join slot_offer h on h.request_id = a.id and h.status = 'HELD'
    cross join lateral (
      select jsonb_populate_record(a, jsonb_build_object('type_code', v_request.type_code)) as would offset 0) w
    where a.district_id = v_request.district_id and a.status = 'WAITING'
      and (a.rank_at, a.id) < (v_request.rank_at, v_request.id)
      and (v_asked_before.id is null or (a.rank_at, a.id) > (v_asked_before.rank_at, v_asked_before.id))
      and (a.short_notice_from is not null or not v_offer.at_short_notice)) s
  where s.reason is not null;
end $$;
revoke all on function log_skips(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function looked_up_lately(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from access_log l
    where l.actor_id = viewer_worker() and l.actor_kind = 'WORKER' and l.case_id = p_case and l.occurred_at > now() - interval '1 hour'
      and not l.blanked and l.action in ('LOOK_UP_CASE', 'READ_CASE') and l.outcome = 'DONE');
revoke all on function looked_up_lately(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function request_ranks(p_requests uuid[]) returns table (request_id uuid, rank integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with asked as materialized (
    select r.id, r.district_id, r.rank_at from appointment_request r
    where r.id = any (p_requests) and r.status = 'WAITING' and (
      r.district_id = any (viewer_districts('receptionist')) or r.district_id = any (viewer_districts('district_head'))
      or (r.duty_worker_id = viewer_worker() and r.district_id = any (viewer_districts('social_worker')))
      or (r.case_worker_id = viewer_worker() and r.district_id = any (viewer_districts('social_worker')))
      or (r.case_worker_id || ':' || r.district_id) = any (viewer_relays())))
  select a.id, l.rank
  from (select district_id, max(rank_at) as last from asked group by district_id) d
  cross join lateral (
    select o.id, (row_number() over (order by o.rank_at, o.id))::integer as rank from appointment_request o
    where o.district_id = d.district_id and o.status = 'WAITING' and o.rank_at <= d.last) l
  join asked a on a.id = l.id;
end;
revoke all on function request_ranks(uuid[]) from public, cosmos_app, cosmos_jobs;
alter function is_live owner to cosmos_keeper;
alter function contact_ends_links owner to cosmos_keeper;
alter function looked_up_lately owner to cosmos_keeper;
grant execute on function looked_up_lately to cosmos_app;
alter function request_ranks owner to cosmos_keeper;
grant execute on function request_ranks to cosmos_app;
alter function log_skips owner to cosmos_keeper;
create constraint trigger contact_ends_links after update of safe_contact, phone, email on person
  deferrable initially deferred for each row when (old.safe_contact is distinct from new.safe_contact
    or old.phone is distinct from new.phone or old.email is distinct from new.email)
  execute function contact_ends_links();
