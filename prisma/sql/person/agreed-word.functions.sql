-- The hash that is stored of an agreed word. The service makes a keyed hash of the word. This function hashes it again with the person's id,
-- so that the same word of two persons does not look the same. Only functions of cosmos_keeper may call it.
create function agreed_word_of(p_person uuid, p_word_hash bytea) returns bytea
  language sql immutable parallel safe
  return sha256(uuid_send(p_person) || p_word_hash);
alter function agreed_word_of owner to cosmos_keeper;

-- Sets the word on which the person and the worker who follows them have agreed, or deletes it (null). The person may delete it online and
-- may not set one there, since somebody else may hold their telephone. Tells the other workers who follow the person. The word of a worker
-- other than the one who speaks first waits (`contact_word`); to delete the word counts at once. Returns whether the viewer may do it.
-- cosmos_app may call it.
create function say_agreed_word(p_person uuid, p_word_hash bytea) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := case_that_speaks(p_person);
  v_by "ContactWordBy" := word_waits_as(p_person, v_case);
begin
  if not (viewer_has_scope('persons:write') and follows_person(p_person))
    and not coalesce(p_word_hash is null and viewer_person() = p_person and viewer_has_scope('persons:read'), false) then
    return false;
  end if;
  if p_word_hash is not null and v_by is not null then
    perform put_contact_word_aside(p_person, v_case, v_by, 'AGREED_WORD',
      jsonb_build_object('word', encode(agreed_word_of(p_person, p_word_hash), 'hex')));
    return true;
  end if;
  perform end_contact_words(p_person, v_case, 'AGREED_WORD');
  if p_word_hash is null then delete from agreed_word where person_id = p_person;
  else
    insert into agreed_word (person_id, word_hash) values (p_person, agreed_word_of(p_person, p_word_hash))
      on conflict (person_id) do update set word_hash = excluded.word_hash;
  end if;
  perform tell_who_follows(p_person, 'CONTACT_CHANGED', null, null);
  return true;
end $$;
alter function say_agreed_word owner to cosmos_keeper;
grant execute on function say_agreed_word to cosmos_app;

-- Names the person of a visit that a receptionist has just recorded without a name, if this person has "confirm nothing". The proof is a
-- reference, the secret of a booking, or a name with the agreed word. It must fit exactly one person. The person becomes known to the worker
-- of the visit for 30 days; the contact opens to that worker unless the file is sensitive or the worker is the viewer. Returns the person, or
-- null. cosmos_app may call it.
create function be_called(p_visit uuid, p_reference text, p_secret_hash bytea, p_name text, p_word_hash bytea) returns uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_person uuid;
  v_visit visit%rowtype;
begin
  select * into v_visit from visit where id = p_visit and person_id is null and version = 1 and worker_id is not null
    and district_id = any (viewer_districts('receptionist'));
  if not found then return null; end if;
  select (array_agg(p.id))[1] into v_person from person p where p.confirm_nothing and p.id in (
    select q.id from person q where q.reference = p_reference
    -- Only an open request and a coming booking count: somebody else may have been told an old reference.
    -- The reference of a request that the desk reads in place of the person's own is on the person's paper too.
    union select coalesce(s.person_id, r.person_id) from appointment_request r left join appointment_request s on s.id = r.stands_for_id
      where r.reference = p_reference and r.closed_at is null
    union select b.person_id from online_booking b join appointment a on a.id = b.appointment_id
      where b.secret_hash = p_secret_hash and a.status = 'BOOKED' and a.ends_at > now() - interval '1 day'
    union select q.id from person q join agreed_word w on w.person_id = q.id
      where (normalised_name(q.given_name || ' ' || q.family_name) = normalised_name(p_name)
          or normalised_name(q.family_name || ' ' || q.given_name) = normalised_name(p_name)
          or normalised_name(q.chosen_name) = normalised_name(p_name))
        and w.word_hash = agreed_word_of(q.id, p_word_hash))
    having count(*) = 1;
  if v_person is null then return null; end if;
  update visit set person_id = v_person where id = p_visit;
  perform keep_person_known(p_visit, v_person, v_visit.worker_id, v_visit.district_id, v_visit.arrived_at + interval '30 days',
    exists (select from person p where p.id = v_person and not p.sensitive_file) and v_visit.worker_id is distinct from viewer_worker());
  return v_person;
end $$;
alter function be_called owner to cosmos_keeper;
grant execute on function be_called to cosmos_app;
