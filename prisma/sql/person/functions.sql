-- Names are compared without case, accents, hyphens and apostrophes.
create function normalised_name(name text) returns text
  language sql immutable parallel safe strict
  return lower(regexp_replace(public.unaccent('public.unaccent'::regdictionary, name), '[^[:alnum:]]+', ' ', 'g'));
grant execute on function normalised_name to public;

-- A person just registered, or within look-up, as a look-up shows them.
create function registered_person(p_id uuid)
  returns table (id uuid, given_name text, family_name text, chosen_name text, birth_date date, reference text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, p.given_name, p.family_name, p.chosen_name, p.birth_date, p.reference from person p
  where p.id = p_id and ((p.district_id = any (viewer_districts('receptionist')) and not p.sensitive_file)
    or p.district_id = any (viewer_districts('social_worker')))
    and (not p.confirm_nothing or follows_person(p.id));
end;
alter function registered_person owner to cosmos_keeper;
grant execute on function registered_person to cosmos_app;

-- The assigned worker of one of their cases, or the stand-in.
create function follows_person(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from case_person cp where cp.person_id = p_person and (
    (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays())));
alter function follows_person owner to cosmos_keeper;
grant execute on function follows_person to cosmos_app;

create function viewer_followings() returns text[]
  language plpgsql stable parallel safe
  as $$ begin return array(select viewer_worker() || ':' || d from unnest(viewer_districts('social_worker')) d) || viewer_relays(); end $$;
grant execute on function viewer_followings to public;

-- The viewer is on duty for a person who is there: the desk of the district has sent the person to the viewer today, and the person has not gone.
-- A call is no presence.
create function is_on_duty_for(p_person uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return sent_to_viewer(p_person, p_district, false);
alter function is_on_duty_for owner to cosmos_keeper;

-- Whether a case is about someone of whom nothing is confirmed.
create function case_confirms_nothing(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from case_person cp join person p on p.id = cp.person_id where cp.case_id = p_case and p.confirm_nothing);
alter function case_confirms_nothing owner to cosmos_keeper;
grant execute on function case_confirms_nothing to cosmos_app;

-- The worker who follows a person says so, and takes it back. The person says so online; whoever has their phone does not take it back. Where nobody
-- is assigned, the duty worker to whom the desk has sent the person today takes it back. A duty worker of a person of whom it does not hold is
-- answered as one who may not.
create function set_confirm_nothing(p_person uuid, p_confirm_nothing boolean) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not (viewer_has_scope('persons:write') and follows_person(p_person))
    and not (p_confirm_nothing and coalesce(viewer_self() = p_person, false))
    and not (not p_confirm_nothing and viewer_has_scope('persons:write') and is_on_duty_for(p_person, null) and has_nobody(p_person)
      and exists (select from person p where p.id = p_person and p.confirm_nothing)) then return false; end if;
  if not p_confirm_nothing and not has_nobody(p_person) and exists (select from person p where p.id = p_person and p.confirm_nothing
    and not takes_back(p.id, p.confirm_nothing_case_id)) then return false; end if;
  update person set confirm_nothing = p_confirm_nothing, version = version + 1,
      confirm_nothing_case_id = case when p_confirm_nothing then case_that_speaks(p_person) end
    where id = p_person and confirm_nothing <> p_confirm_nothing;
  return true;
end $$;
alter function set_confirm_nothing owner to cosmos_keeper;
grant execute on function set_confirm_nothing to cosmos_app;

-- Says in which language a person is spoken to and what they need: a worker who reads the person's contact. Answers whether the row had
-- the version.
create function set_communication(p_person uuid, p_version integer, p_language text, p_needs text[]) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if (knows_contact(p_person) and case when viewer_worker() is null then viewer_person() = p_person and viewer_has_scope('persons:read')
      else viewer_has_scope('persons:write') end) is not true then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  -- What was said before is no change: it moves no version under the hands of others.
  update person set language = p_language, communication_needs = p_needs::"CommunicationNeed"[],
      version = version + ((language, communication_needs) is distinct from (p_language, p_needs::"CommunicationNeed"[]))::integer
    where id = p_person and version = p_version;
  return found;
end $$;
alter function set_communication owner to cosmos_keeper;
grant execute on function set_communication to cosmos_app;
