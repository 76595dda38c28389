-- The form in which names are compared: without case, accents, hyphens and apostrophes. Every role may call it.
create function normalised_name(name text) returns text
  language sql immutable parallel safe strict
  return lower(regexp_replace(public.unaccent('public.unaccent'::regdictionary, name), '[^[:alnum:]]+', ' ', 'g'));
grant execute on function normalised_name to public;

-- Returns a person that the viewer has just registered or could find by look-up, with the columns of a look-up. cosmos_app may call it.
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

-- Whether the viewer follows the person: as the assigned worker of one of the person's cases, or as the stand-in of that worker. cosmos_app
-- may call it.
create function follows_person(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from case_person cp where cp.person_id = p_person and (
    (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays())));
alter function follows_person owner to cosmos_keeper;
grant execute on function follows_person to cosmos_app;

-- The 'worker:district' keys of the cases that the viewer follows: their own, and those for which they stand in. Every role may call it.
create function viewer_followings() returns text[]
  language plpgsql stable parallel safe
  as $$ begin return array(select viewer_worker() || ':' || d from unnest(viewer_districts('social_worker')) d) || viewer_relays(); end $$;
grant execute on function viewer_followings to public;

-- The 'worker:district' keys of the cases whose confidential addresses the viewer reads: their own, and those of relays whose absence is a day
-- old. Every role may call it.
create function viewer_shelterings() returns text[]
  language plpgsql stable parallel safe
  as $$ begin return array(select viewer_worker() || ':' || d from unnest(viewer_districts('social_worker')) d) || viewer_settled_relays(); end $$;
grant execute on function viewer_shelterings to public;

-- Whether the viewer is on duty for a person who is present: the desk has sent the person to the viewer today, and the person has not left. A
-- call does not count as present. Only functions of cosmos_keeper may call it.
create function is_on_duty_for(p_person uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return sent_to_viewer(p_person, p_district, false);
alter function is_on_duty_for owner to cosmos_keeper;

-- Whether the viewer serves the person now and nobody is assigned to the person: somebody else has sent the person to the viewer today, the
-- person is present, and no case of theirs has an assigned worker. The right ends when the person leaves, at the end of the day, and with the
-- first assignment. cosmos_app may call it.
create function serves_unfollowed(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return is_on_duty_for(p_person, null) and has_nobody(p_person);
alter function serves_unfollowed owner to cosmos_keeper;
grant execute on function serves_unfollowed to cosmos_app;

-- Whether the viewer speaks in this case as its worker will: the viewer has opened it, nobody is assigned to it, and the viewer serves one of
-- its persons (`serves_unfollowed`). A case that somebody else opened does not count. cosmos_app may call it.
create function serves_in_case(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from case_person cp where cp.case_id = p_case and cp.opener_id = viewer_worker() and cp.assigned_worker_id is null
    and cp.district_id = any (viewer_districts('social_worker')) and serves_unfollowed(cp.person_id));
alter function serves_in_case owner to cosmos_keeper;
grant execute on function serves_in_case to cosmos_app;

-- Whether the viewer speaks for the person on duty: the viewer serves the person, or the person (such as a child) is in a case that the viewer
-- has opened for somebody else whom they serve. Only functions of cosmos_keeper may call it.
create function speaks_on_duty(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return serves_unfollowed(p_person) or exists (select from case_person cp where cp.person_id = p_person
    and cp.opener_id = viewer_worker() and serves_in_case(cp.case_id));
alter function speaks_on_duty owner to cosmos_keeper;

-- Whether the viewer on duty may give the person a confidential address: only if nobody follows the person. Otherwise a false visit would put
-- an address on a person of another worker, who could not remove it. cosmos_app may call it.
create function shelters_on_duty(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return speaks_on_duty(p_person) and has_nobody(p_person);
alter function shelters_on_duty owner to cosmos_keeper;
grant execute on function shelters_on_duty to cosmos_app;

-- Whether another duty worker has hidden an address of the person, while nobody is assigned. Then the viewer loosens nothing. Only functions
-- of cosmos_keeper may call it.
create function another_has_spoken(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from person_address a where a.person_id = p_person and a.said_by_id <> viewer_worker());
alter function another_has_spoken owner to cosmos_keeper;

-- Whether the viewer may learn that there is a case: they read its row, by the rule of `case_read` and `case_in_release`, and one of its
-- persons is without "confirm nothing", or it has no persons. So what others know of the other person of a case stays the same. A case that
-- is hidden answers as one that does not exist. cosmos_app may call it.
create function case_may_be_confirmed(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from "case" c where c.id = p_case and (c.district_id = any (viewer_districts('any'))
      or viewer_person() = any (c.online_person_ids) or (viewer_has_role('TECHNICAL_ADVISER') and is_in_release(c.id))))
    and (exists (select from case_person cp join person p on p.id = cp.person_id where cp.case_id = p_case and not p.confirm_nothing)
      or not exists (select from case_person cp where cp.case_id = p_case));
alter function case_may_be_confirmed owner to cosmos_keeper;
grant execute on function case_may_be_confirmed to cosmos_app;

-- Sets or ends "confirm nothing" for a person. The worker who follows the person may do both. The person may only set it, online: somebody
-- else may hold their phone. If nobody is assigned, the duty worker may do both (`speaks_on_duty`). Returns whether the viewer may do it. The
-- answer does not tell whether it was set. cosmos_app may call it.
create function set_confirm_nothing(p_person uuid, p_confirm_nothing boolean) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not (viewer_has_scope('persons:write') and (follows_person(p_person) or speaks_on_duty(p_person)))
    and not (p_confirm_nothing and coalesce(viewer_self() = p_person, false)) then return false; end if;
  if not p_confirm_nothing and not follows_person(p_person) and another_has_spoken(p_person) then return false; end if;
  if not p_confirm_nothing and not has_nobody(p_person) and exists (select from person p where p.id = p_person and p.confirm_nothing
    and not takes_back(p.id, p.confirm_nothing_case_id)) then return false; end if;
  -- It counts whether or not it changes something. Once the person is hidden no more, the workers on duty read that something was changed.
  if viewer_worker() is not null and not follows_person(p_person) then
    perform record_act('CHANGE_CONTACT', p.district_id, 'person', p.id, array[p.id], null) from person p where p.id = p_person;
  end if;
  update person set confirm_nothing = p_confirm_nothing, version = version + 1,
      confirm_nothing_case_id = case when p_confirm_nothing then case_that_speaks(p_person) end
    where id = p_person and confirm_nothing <> p_confirm_nothing;
  if found then
    perform settle_acts_on(p_person);
    perform show_anew(p_person);
  end if;
  return true;
end $$;
alter function set_confirm_nothing owner to cosmos_keeper;
grant execute on function set_confirm_nothing to cosmos_app;

-- Sets the language in which a person is addressed, and their needs. A viewer who reads the person's contact may do it; another viewer gets
-- an error. Returns whether the row had this version. cosmos_app may call it.
create function set_communication(p_person uuid, p_version integer, p_language text, p_needs text[]) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if (knows_contact(p_person) and case when viewer_worker() is null then viewer_person() = p_person and viewer_has_scope('persons:read')
      else viewer_has_scope('persons:write') end) is not true then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  if viewer_worker() is not null and not follows_person(p_person) then
    perform record_act('CHANGE_CONTACT', p.district_id, 'person', p.id, array[p.id], contact_columns(p)) from person p where p.id = p_person;
  end if;
  -- The same values again are no change, and raise no version: another viewer's version stays valid.
  update person set language = p_language, communication_needs = p_needs::"CommunicationNeed"[],
      version = version + ((language, communication_needs) is distinct from (p_language, p_needs::"CommunicationNeed"[]))::integer
    where id = p_person and version = p_version;
  return found;
end $$;
alter function set_communication owner to cosmos_keeper;
grant execute on function set_communication to cosmos_app;
