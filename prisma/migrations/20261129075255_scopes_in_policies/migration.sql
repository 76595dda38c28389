set local lock_timeout = '5s';
set local check_function_bodies = off;
drop policy incoming_request_go_on on incoming_request;
drop policy indicator_propose on indicator;
drop policy indicator_speaker_read on indicator_speaker;
drop policy membership_read on membership;
drop policy referral_go_on on referral;
create or replace function viewer_knows_every_team() returns boolean
  language plpgsql stable parallel safe
  as $$ begin
    return viewer_client_reads_directory()
      or (viewer_has_scope('directory:read') and (
        viewer_posts('receptionist') <> '{}' or viewer_posts('social_worker') <> '{}'
        or viewer_has_role('TECHNICAL_ADVISER') or viewer_has_role('DATA_PROTECTION_OFFICER')
        or viewer_has_role('ADMINISTRATOR')));
  end $$;
revoke all on function viewer_knows_every_team() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_posts(role text) returns uuid[]
  language plpgsql stable parallel safe
  as $$ begin
    return string_to_array(split_part(current_setting('backtrace_functions'), ',', case role
      when 'receptionist' then 15 when 'social_worker' then 16 when 'district_head' then 17 when 'any' then 18 end), ' ')::uuid[];
  end $$;
revoke all on function viewer_posts(text) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_text(p_client client, p_worker uuid, p_person uuid, p_self uuid, p_scopes text[], p_token_digest text,
  p_memberships jsonb, p_relays jsonb) returns text
  language plpgsql immutable set search_path = public, pg_temp as $$
declare
  v_posts jsonb;
  -- A token without a scope about persons opens no row about them, even if its worker may read such rows.
  v_is_about_persons boolean := exists (select from unnest(p_scopes) s where s ~ '^(cases|persons|appointments|notes):' or s = 'booking');
  v_districts jsonb;
begin
  select coalesce(jsonb_object_agg(role, districts), '{}') into v_posts from (
    select m ->> 'role' as role, string_agg(replace(m ->> 'districtId', '-', ''), ' ') as districts
    from jsonb_array_elements(p_memberships) m where m ->> 'role' in ('RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD') group by 1) d;
  v_districts := case when v_is_about_persons then v_posts else '{}' end;
  return concat_ws(',', 'cosmos',
    coalesce(replace(p_worker::text, '-', ''), ''),
    case when v_is_about_persons then coalesce(replace(p_person::text, '-', ''), '') else '' end,
    coalesce(replace(p_self::text, '-', ''), ''),
    replace(p_client.id::text, '-', ''),
    case when p_client.kind = 'INTEGRATION' and 'directory:read' = any (p_scopes) then 'yes' else '' end,
    coalesce(substring(p_token_digest from '^[0-9a-f]*$'), ''),
    (select coalesce(string_agg(translate(s, ':', 'X'), ' '), '') from unnest(p_scopes) s where s ~ '^[a-z:]+$'),
    (select coalesce(string_agg(m ->> 'role', ' '), '') from jsonb_array_elements(p_memberships) m
      where m ->> 'districtId' is null or m ->> 'role' = 'TECHNICAL_ADVISER'),
    coalesce(v_districts ->> 'RECEPTIONIST', ''),
    coalesce(v_districts ->> 'SOCIAL_WORKER', ''),
    coalesce(v_districts ->> 'DISTRICT_HEAD', ''),
    concat_ws(' ', v_districts ->> 'RECEPTIONIST', v_districts ->> 'SOCIAL_WORKER', v_districts ->> 'DISTRICT_HEAD'),
    (select coalesce(string_agg(translate((r ->> 'absentWorkerId') || ':' || (r ->> 'districtId'), ':-', 'XQ'), ' '), '')
      from jsonb_array_elements(p_relays) r where v_is_about_persons),
    coalesce(v_posts ->> 'RECEPTIONIST', ''),
    coalesce(v_posts ->> 'SOCIAL_WORKER', ''),
    coalesce(v_posts ->> 'DISTRICT_HEAD', ''),
    concat_ws(' ', v_posts ->> 'RECEPTIONIST', v_posts ->> 'SOCIAL_WORKER', v_posts ->> 'DISTRICT_HEAD'));
end $$;
revoke all on function viewer_text(client,uuid,uuid,uuid,text[],text,jsonb,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function viewer_teams() returns uuid[]
  language plpgsql stable as $$ begin
    if not viewer_has_scope('statistics:write') or viewer_has_role('TECHNICAL_ADVISER') then return '{}'; end if;
    return array(select unnest(viewer_posts('social_worker')) except select unnest(viewer_posts('district_head')));
  end $$;
revoke all on function viewer_teams() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_reads_statistics() returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return viewer_has_scope('statistics:read') and (
      cardinality(viewer_posts('social_worker')) > 0 or cardinality(viewer_posts('district_head')) > 0
      or viewer_has_role('TECHNICAL_ADVISER') or viewer_has_role('DATA_PROTECTION_OFFICER')
      or exists (select from client c where c.id = viewer_client() and c.kind = 'REPORTING'));
  end $$;
revoke all on function viewer_reads_statistics() from public, cosmos_app, cosmos_jobs;
grant execute on function viewer_knows_every_team to public;
grant execute on function viewer_posts to public;
alter function viewer_text owner to cosmos_keeper;
grant execute on function viewer_teams to public;
alter function viewer_reads_statistics owner to cosmos_keeper;
grant execute on function viewer_reads_statistics to cosmos_app;
create policy appointment_subject_scope on appointment_subject as restrictive for select to cosmos_app using ((select viewer_has_scope('appointments:read')));
create policy need_scope on need as restrictive for select to cosmos_app using ((select viewer_has_scope('cases:read')));
create policy membership_read on membership for select to cosmos_app using (
  worker_id = (select viewer_worker())
  or (select viewer_has_role('ADMINISTRATOR'))
  or district_id = any ((select viewer_posts('any'))::uuid[]));
create policy referral_go_on on referral for update to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (to_worker_id = (select viewer_worker()) and to_district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or to_district_id = any ((select viewer_districts('district_head'))::uuid[]))
  with check (true);
create policy referral_content_scope on referral_content as restrictive for select to cosmos_app using ((select viewer_has_scope('cases:read')));
create policy incoming_request_go_on on incoming_request for update to cosmos_app using (
  district_id = any ((select viewer_districts('district_head'))::uuid[])
  or (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[])))
  with check (true);
create policy incoming_request_content_scope on incoming_request_content as restrictive for select to cosmos_app using ((select viewer_has_scope('cases:read')));
create policy person_address_scope on person_address as restrictive for select to cosmos_app using ((select viewer_has_scope('persons:read')));
create policy safe_address_scope on safe_address as restrictive for select to cosmos_app using ((select viewer_has_scope('persons:read')));
create policy message_scope on message as restrictive for select to cosmos_app using ((select viewer_has_scope('appointments:read')));
create policy indicator_propose on indicator for insert to cosmos_app with check (
  (select viewer_has_scope('statistics:write')) and status = 'PROPOSED' and (
    proposed_in_id = any ((select viewer_posts('social_worker'))::uuid[])
    or proposed_in_id = any ((select viewer_posts('district_head'))::uuid[])
    or (proposed_in_id is null and (select viewer_has_role('TECHNICAL_ADVISER')))));
create policy indicator_speaker_read on indicator_speaker for select to cosmos_app using (
  is_named or worker_id = (select viewer_worker()) or ((select viewer_reads_statistics())
    and district_id = any ((select viewer_posts('social_worker'))::uuid[])));
