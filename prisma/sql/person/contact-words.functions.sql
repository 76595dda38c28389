-- A word about how a person is reached can be false: that of a stand-in, of the worker of a second case, or of a duty worker about a person whom
-- somebody follows. It is not used at once (`contact_word`). It is used once the worker who follows the person agrees, or after two working
-- days. Until then everything goes by what stood before. What only closes or hides counts at once, and has no row here.

-- The case whose assigned worker answers the words of others: the oldest case that somebody follows today. A case that was closed more than 30
-- days ago comes after the others: its worker has kept it, and helps the person no more. Null if nobody follows the person. Only functions of
-- cosmos_keeper may call it.
create function case_that_answers(p_person uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select c.id from case_person cp join "case" c on c.id = cp.case_id
    join membership m on m.worker_id = cp.assigned_worker_id and m.district_id = cp.district_id and m.role = 'SOCIAL_WORKER'
    where cp.person_id = p_person and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
    order by coalesce(c.closed_at < now() - interval '30 days', false), c.opened_at, c.id limit 1);
alter function case_that_answers owner to cosmos_keeper;

-- Whether the viewer is the assigned worker of the case that answers (`case_that_answers`): this worker's word is used at once. A stand-in is
-- not. Only functions of cosmos_keeper may call it.
create function speaks_first(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from case_person cp where cp.person_id = p_person and cp.case_id = case_that_answers(p_person)
    and cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')));
alter function speaks_first owner to cosmos_keeper;

-- Whose word the viewer's word about a person is, in this case, if it waits. Null if it is used at once: that of the worker who speaks first,
-- and that of a viewer who serves a person whom nobody follows. Only functions of cosmos_keeper may call it.
create function word_waits_as(p_person uuid, p_case uuid) returns "ContactWordBy"
  language sql stable security definer set search_path = public, pg_temp
  return case
    when speaks_first(p_person) then null
    when exists (select from case_person cp where cp.person_id = p_person and cp.case_id = p_case
      and cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker'))) then 'OTHER_CASE'::"ContactWordBy"
    when follows_person(p_person) then 'STAND_IN'
    when has_nobody(p_person) then null
    else 'DUTY_WORKER' end;
alter function word_waits_as owner to cosmos_keeper;

-- What stands of a person, by the names of what was said (`contact_word.said`), with what is needed to put it back. Only functions of
-- cosmos_keeper may call it.
create function contact_that_stands(p_kind "ContactWordKind", p_person uuid, p_case uuid, p_said jsonb) returns jsonb
  language sql stable security definer set search_path = public, pg_temp
  return case p_kind
    when 'SAFE_ADDRESS' then jsonb_build_object('address', (select jsonb_build_object('line', s.line, 'postal_code', s.postal_code, 'city', s.city,
      'recorded_at', s.recorded_at) from safe_address s where s.case_id = p_case and s.person_id = p_person))
    when 'AGREED_WORD' then jsonb_build_object('word', (select encode(w.word_hash, 'hex') from agreed_word w where w.person_id = p_person))
    else (select jsonb_object_agg(e.key, e.value) from person p
      cross join lateral jsonb_each(jsonb_build_object('safe_contact', p.safe_contact, 'suspended_at', p.contact_suspended_at,
        'phone', p.phone, 'email', p.email)) e
      where p.id = p_person and (p_said ? e.key or (e.key = 'suspended_at' and p_said ? 'safe_contact'))) end;
alter function contact_that_stands owner to cosmos_keeper;

-- Which of the values that were said are those that stand. Only functions of cosmos_keeper may call it.
create function said_that_stands(p_said jsonb, p_stands jsonb) returns text[]
  language sql immutable parallel safe
  return array(select s.key from jsonb_each(p_said) s where s.value = case jsonb_typeof(p_stands -> s.key)
    when 'object' then (p_stands -> s.key) - 'recorded_at' else p_stands -> s.key end);
alter function said_that_stands owner to cosmos_keeper;

-- Writes values where they are used. A safe address that is put back keeps its day, since letters go to the last one. Only functions of
-- cosmos_keeper may call it.
create function put_contact(p_kind "ContactWordKind", p_person uuid, p_case uuid, p_values jsonb) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_address jsonb := p_values -> 'address';
begin
  if p_kind = 'SAFE_CONTACT' then
    update person set version = version + 1,
      safe_contact = case when p_values ? 'safe_contact' then (p_values ->> 'safe_contact')::"SafeContact" else safe_contact end,
      contact_suspended_at = case when p_values ? 'safe_contact' then (p_values ->> 'suspended_at')::timestamptz else contact_suspended_at end,
      phone = case when p_values ? 'phone' then p_values ->> 'phone' else phone end,
      email = case when p_values ? 'email' then p_values ->> 'email' else email end
      where id = p_person;
  elsif p_values ? 'word' then
    if p_values ->> 'word' is null then delete from agreed_word where person_id = p_person;
    else
      insert into agreed_word (person_id, word_hash) values (p_person, decode(p_values ->> 'word', 'hex'))
        on conflict (person_id) do update set word_hash = excluded.word_hash;
    end if;
  elsif jsonb_typeof(v_address) = 'object' then
    insert into safe_address as a (case_id, person_id, line, postal_code, city, recorded_at)
      values (p_case, p_person, v_address ->> 'line', v_address ->> 'postal_code', v_address ->> 'city',
        coalesce((v_address ->> 'recorded_at')::timestamptz, now()))
      on conflict (case_id, person_id) do update set line = excluded.line, postal_code = excluded.postal_code, city = excluded.city,
        recorded_at = excluded.recorded_at, version = a.version + 1;
  else
    delete from safe_address where case_id = p_case and person_id = p_person;
  end if;
end $$;
alter function put_contact owner to cosmos_keeper;

-- Keeps what the viewer says of a person as a word that waits, and tells who follows the person. A viewer has one word of a kind that waits in
-- a case: the last. What stands already is no word, and takes back one that waits. Only functions of cosmos_keeper may call it.
create function put_contact_word_aside(p_person uuid, p_case uuid, p_by "ContactWordBy", p_kind "ContactWordKind", p_said jsonb) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_said jsonb := p_said - said_that_stands(p_said, contact_that_stands(p_kind, p_person, p_case, p_said));
begin
  -- Since an address was hidden, nobody has said how the person is reached: to say the same is a word too.
  if p_kind = 'SAFE_CONTACT' and not contact_is_named(p_person) then v_said := p_said; end if;
  if v_said = '{}' then
    delete from contact_word where person_id = p_person and kind = p_kind and case_id = p_case and said_by_id = viewer_worker()
      and used_since is null;
    return;
  end if;
  -- Each word has its own id: the worker answers the word that they have read.
  insert into contact_word as w (person_id, case_id, said_by_id, said_as, kind, said, counts_from)
    values (p_person, p_case, viewer_worker(), p_by, p_kind, v_said, in_working_time(now(), interval '18 hours'))
    on conflict (person_id, kind, case_id, said_by_id) where used_since is null and ended_at is null do update set id = excluded.id,
      said_as = excluded.said_as, said = excluded.said, said_at = excluded.said_at, counts_from = excluded.counts_from
      where w.said <> excluded.said;
  delete from contact_word where person_id = p_person and kind = p_kind and case_id = p_case and said_by_id = viewer_worker()
    and ended_at is not null;
  perform tell_who_follows(p_person, 'CONTACT_WORD_WAITS', null, null);
end $$;
alter function put_contact_word_aside owner to cosmos_keeper;

-- The worker who speaks first has said how the person is reached: the words of others about it are over, and nothing that stood before them
-- comes back. A case that keeps its address confidential has its letters for itself. Only functions of cosmos_keeper may call it.
create function end_contact_words(p_person uuid, p_case uuid, p_kind "ContactWordKind") returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  delete from contact_word where person_id = p_person and kind = p_kind
    and (p_kind <> 'SAFE_ADDRESS' or case_id = p_case or not is_sheltered(p_person));
end;
alter function end_contact_words owner to cosmos_keeper;

-- Keeps a change of channel, number and mail address (all three are said) as a word, if that of the viewer waits. Then it returns true, and the
-- change is not to be made. To close every channel is no word. Returns false for the worker who speaks first. For a viewer who follows the
-- person. cosmos_app may call it.
create function keeps_contact_as_word(p_person uuid, p_said jsonb) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := case_that_speaks(p_person);
  v_by "ContactWordBy" := word_waits_as(p_person, v_case);
  v_said jsonb := jsonb_build_object('safe_contact', (p_said ->> 'safe_contact')::"SafeContact", 'phone', p_said ->> 'phone', 'email', p_said ->> 'email');
begin
  if not (viewer_has_scope('persons:write') and follows_person(p_person)) then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  if v_by is null then
    perform end_contact_words(p_person, null, 'SAFE_CONTACT');
    return false;
  end if;
  if coalesce(v_said ->> 'safe_contact', 'NONE') = 'NONE' then v_said := v_said - 'safe_contact'; end if;
  perform put_contact_word_aside(p_person, v_case, v_by, 'SAFE_CONTACT', v_said);
  return true;
end $$;
alter function keeps_contact_as_word owner to cosmos_keeper;
grant execute on function keeps_contact_as_word to cosmos_app;

-- Sets the address to which letters go, as the person named it in this case, or removes it (null). The word of a worker other than the one who
-- speaks first waits; while a removal waits, no letter goes to that address. A viewer who does not follow the case gets an error. Returns
-- whether the address had this version (0 for none). cosmos_app may call it.
create function say_safe_address(p_person uuid, p_case uuid, p_version integer, p_line text, p_postal_code text, p_city text) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_by "ContactWordBy" := word_waits_as(p_person, p_case);
  v_said jsonb := jsonb_build_object('address', case when p_line is not null then
    jsonb_build_object('line', p_line, 'postal_code', p_postal_code, 'city', p_city) end);
begin
  if not (viewer_has_scope('persons:write') and exists (select from case_person cp where cp.person_id = p_person and cp.case_id = p_case and (
      (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays())))) then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  perform from person where id = p_person for no key update;
  if coalesce((select s.version from safe_address s where s.case_id = p_case and s.person_id = p_person), 0) <> p_version then return false; end if;
  if v_by is null then
    perform end_contact_words(p_person, p_case, 'SAFE_ADDRESS');
    perform put_contact('SAFE_ADDRESS', p_person, p_case, v_said);
  else
    perform put_contact_word_aside(p_person, p_case, v_by, 'SAFE_ADDRESS', v_said);
  end if;
  return true;
end $$;
alter function say_safe_address owner to cosmos_keeper;
grant execute on function say_safe_address to cosmos_app;

-- Uses a word that has waited long enough, and keeps what stood before it. Since when an address is hidden is asked again: a word from before
-- then does not say how the person is reached now. Only functions of cosmos_keeper may call it.
create function use_contact_word(p_word contact_word) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_before jsonb := contact_that_stands(p_word.kind, p_word.person_id, p_word.case_id, p_word.said);
  v_named jsonb;
begin
  perform put_contact(p_word.kind, p_word.person_id, p_word.case_id, p_word.said);
  if p_word.kind = 'SAFE_CONTACT' then
    with named as (update person_address set contact_named = true where person_id = p_word.person_id and confidential and not contact_named
      and recorded_at <= p_word.said_at returning id)
    select jsonb_agg(id) into v_named from named;
  end if;
  update contact_word set used_since = now(), before = v_before || jsonb_build_object('named', v_named) where id = p_word.id;
end $$;
alter function use_contact_word owner to cosmos_keeper;

-- Puts back what stood before a word that is used, as far as the word still stands. A word that was used since then goes on, and what comes
-- back after it is what stood before both. Only functions of cosmos_keeper may call it.
create function put_back_before(p_word contact_word) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_standing text[] := said_that_stands(p_word.said, contact_that_stands(p_word.kind, p_word.person_id, p_word.case_id, p_word.said));
  v_back jsonb := (select jsonb_object_agg(b.key, b.value) from jsonb_each(p_word.before) b
    where b.key = any (v_standing) or (b.key = 'suspended_at' and 'safe_contact' = any (v_standing)));
begin
  update contact_word w set before = w.before || (select coalesce(jsonb_object_agg(b.key, b.value), '{}') from jsonb_each(p_word.before) b
      where b.key = any (said_that_stands(p_word.said, w.before)) or (b.key = 'suspended_at' and 'safe_contact' = any (said_that_stands(p_word.said, w.before))))
    where w.person_id = p_word.person_id and w.kind = p_word.kind and w.id <> p_word.id and w.used_since >= p_word.used_since
      and (w.kind <> 'SAFE_ADDRESS' or w.case_id = p_word.case_id);
  if v_back is not null then perform put_contact(p_word.kind, p_word.person_id, p_word.case_id, v_back); end if;
  if v_back ?| array['safe_contact', 'phone', 'email'] then
    update person_address set contact_named = false where confidential and id in (
      select n::uuid from jsonb_array_elements_text(case when jsonb_typeof(p_word.before -> 'named') = 'array' then p_word.before -> 'named' else '[]' end) n);
  end if;
end $$;
alter function put_back_before owner to cosmos_keeper;

-- Whether the relay in which a word was said lasts: its author stands in for the worker who is assigned to the case. Only functions of
-- cosmos_keeper may call it.
create function relay_of_word_lasts(p_word contact_word) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from "case" c join relay r on r.absent_worker_id = c.assigned_worker_id and r.district_id = c.district_id
    where c.id = p_word.case_id and r.stand_in_id = p_word.said_by_id and r.starts_at <= now() and r.ends_at > now() and r.pending_until is null);
alter function relay_of_word_lasts owner to cosmos_keeper;

-- Settles one word. A word that has waited for two working days is used. The word of a stand-in ends with the relay: what stood before stands
-- again, and the word waits for a yes alone. Thirty days later it is deleted. Returns whether there was one. cosmos_jobs may call it.
create function settle_contact_word() returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_word contact_word%rowtype;
begin
  perform only_jobs();
  select w.* into v_word from contact_word w
    where w.ended_at <= now() - interval '30 days' or (w.ended_at is null
      and ((w.used_since is null and w.counts_from <= now()) or (w.said_as = 'STAND_IN' and not relay_of_word_lasts(w))))
    -- What was used last is put back first.
    order by w.used_since desc nulls last, w.counts_from, w.id limit 1;
  if not found then return false; end if;
  perform from person where id = v_word.person_id for no key update;
  select w.* into v_word from contact_word w where w.id = v_word.id for update;
  -- Somebody has answered it meanwhile.
  if not found then return true; end if;
  if v_word.ended_at is not null then delete from contact_word where id = v_word.id and ended_at <= now() - interval '30 days';
  elsif v_word.said_as = 'STAND_IN' and not relay_of_word_lasts(v_word) then
    if v_word.used_since is not null then perform put_back_before(v_word); end if;
    update contact_word set used_since = null, before = null, ended_at = now() where id = v_word.id;
    -- Only the last word of a stand-in is left to the worker who comes back.
    delete from contact_word w where w.id = v_word.id and exists (select from contact_word l where l.person_id = w.person_id and l.kind = w.kind
      and l.case_id = w.case_id and l.said_by_id = w.said_by_id and (l.said_at, l.id) > (w.said_at, w.id));
  elsif v_word.used_since is null and v_word.counts_from <= now() then perform use_contact_word(v_word);
  end if;
  return true;
end $$;
alter function settle_contact_word owner to cosmos_keeper;
grant execute on function settle_contact_word to cosmos_jobs;

-- The worker who speaks first agrees to a word, or takes it back; a word that is used goes on, or what stood before it stands again. The author,
-- and the assigned worker of the case in which it was said, may take it back too. Returns DONE, FORBIDDEN, or STATE_CHANGED (there is no such
-- word). The id names one text, and a later word about the same has another id. cosmos_app may call it.
create function answer_contact_word(p_person uuid, p_word uuid, p_agree boolean) returns text
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_first boolean := speaks_first(p_person);
  v_word contact_word%rowtype;
begin
  if not (viewer_has_scope('persons:write') and follows_person(p_person)) or (p_agree and not v_first) then return 'FORBIDDEN'; end if;
  perform from person where id = p_person for no key update;
  select w.* into v_word from contact_word w where w.id = p_word and w.person_id = p_person for update;
  if not found then return 'STATE_CHANGED'; end if;
  if not v_first and v_word.said_by_id <> viewer_worker() and not exists (select from case_person cp where cp.person_id = p_person
      and cp.case_id = v_word.case_id and cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker'))) then
    return 'FORBIDDEN';
  end if;
  if p_agree then
    if v_word.used_since is null then perform put_contact(v_word.kind, p_person, v_word.case_id, v_word.said); end if;
    if v_word.kind = 'SAFE_CONTACT' then perform name_contact(p_person); end if;
  elsif v_word.used_since is not null then perform put_back_before(v_word);
  end if;
  delete from contact_word where id = v_word.id;
  perform tell_who_follows(p_person, 'CONTACT_CHANGED', null, null);
  return 'DONE';
end $$;
alter function answer_contact_word owner to cosmos_keeper;
grant execute on function answer_contact_word to cosmos_app;

-- Returns the words about these persons that wait or are used, for the workers who follow a person. Who said it is a kind, and no name. Only a
-- worker who follows the case of a safe address reads it, and the worker who speaks first, if that case keeps no address confidential. An
-- agreed word is read by nobody. cosmos_app may call it.
create function contact_words_of(p_persons uuid[])
  returns table (id uuid, person_id uuid, kind text, said_as text, said_at timestamptz, counts_from timestamptz, used_since timestamptz,
    removes boolean, safe_contact text, phone text, email text, address text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select w.id, w.person_id, w.kind::text, w.said_as::text, w.said_at, case when w.ended_at is null then w.counts_from end,
    w.used_since, s.said -> 'address' = 'null', s.said ->> 'safe_contact', s.said ->> 'phone', s.said ->> 'email',
    nullif(concat_ws(', ', s.said -> 'address' ->> 'line', nullif(concat_ws(' ', s.said -> 'address' ->> 'postal_code', s.said -> 'address' ->> 'city'), '')), '')
  from contact_word w
  cross join lateral (select case when w.kind = 'SAFE_CONTACT' or (w.kind = 'SAFE_ADDRESS' and (
      exists (select from case_person cp where cp.person_id = w.person_id and cp.case_id = w.case_id and (
        (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
        or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays())))
      or (speaks_first(w.person_id) and w.case_id not in (select h.case_id from sheltering_cases(w.person_id) h)))) then w.said end as said) s
  where w.person_id = any (p_persons) and viewer_has_scope('persons:read') and follows_person(w.person_id);
end;
alter function contact_words_of owner to cosmos_keeper;
grant execute on function contact_words_of to cosmos_app;
