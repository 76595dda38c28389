-- Rule 1: sets who reads each note of a case, and until when. Only the worker of the open assignment reads a note. This worker wrote the
-- note, accepted it in a handover, or holds a release of it. A release lasts as long as it says (in danger: 72 hours). Returns the number of
-- notes whose reader or end has changed. Only functions of cosmos_keeper may call it.
create function reset_note_readers(p_case uuid) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_assigned uuid := (select assigned_worker_id from "case" where id = p_case);
  v_changed integer;
begin
  update interview_note n set reader_id = r.reader, readable_until = r.until from (
    select i.id, case when bool_or(w.opens) then v_assigned end as reader,
      case when bool_and(w.until is not null) then max(w.until) end as until
    from interview_note i left join lateral (
      select true as opens, null::timestamptz as until where i.author_id = v_assigned
      union all select true, null from handover_note hn join handover h on h.id = hn.handover_id
        where i.status = 'FINAL' and hn.note_id = i.id and hn.note_version = i.version and h.case_id = i.case_id
          and h.to_worker_id = v_assigned and h.accepted_at is not null
      union all select true, l.open_until from release_note rn join release l on l.id = rn.release_id
        where i.status = 'FINAL' and rn.note_id = i.id and rn.closed_at is null and l.case_id = i.case_id
          and l.requested_by_id = v_assigned and l.approved_at is not null and l.lapsed_at is null
    ) w on true
    where i.case_id = p_case group by i.id) r
  where n.id = r.id and (n.reader_id is distinct from r.reader or n.readable_until is distinct from r.until);
  get diagnostics v_changed = row_count;
  return v_changed;
end $$;
alter function reset_note_readers owner to cosmos_keeper;

-- Offers a handover after the reassignment, without a second reading (rule 2). The database chooses the notes: all final notes that the
-- leaving worker may hand on and did not keep back, and, if p_since is given, only those written since that day (Europe/Paris). They are the
-- notes that this worker could have offered before the reassignment. Returns the id of the handover. The handover is made even if it contains
-- no note, so that an offer tells nothing of a note. Only functions of cosmos_keeper may call it.
create function hand_over_unread(p_case uuid, p_from uuid, p_to uuid, p_since date) returns uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_handover uuid;
begin
  insert into handover (case_id, from_worker_id, to_worker_id) values (p_case, p_from, p_to) returning id into v_handover;
  insert into handover_note (handover_id, note_id)
  select v_handover, n.id from interview_note n
  where n.case_id = p_case and n.status = 'FINAL' and not n.kept_back
    -- This is the condition of `hands_on`, which a trigger checks again for each chosen note. It is written out here so that notes of other
    -- authors take no time, and the time does not tell their number.
    and (n.author_id = p_from or n.id in (select hn.note_id from handover h join handover_note hn on hn.handover_id = h.id
      where h.case_id = p_case and h.to_worker_id = p_from and h.accepted_at is not null and hn.note_version = n.version))
    and (p_since is null or n.written_at >= p_since::timestamp at time zone 'Europe/Paris');
  return v_handover;
end $$;
alter function hand_over_unread owner to cosmos_keeper;

-- Whether a worker may hand on a note: the worker wrote it, or accepted this version of it in a handover. A worker who reads a note by a
-- release alone does not hand it on: that right ends with the release. Only functions of cosmos_keeper may call it.
create function hands_on(p_note uuid, p_giver uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from interview_note n where n.id = p_note and (n.author_id = p_giver
    or exists (select from handover_note hn join handover h on h.id = hn.handover_id
      where hn.note_id = n.id and hn.note_version = n.version and h.case_id = n.case_id
        and h.to_worker_id = p_giver and h.accepted_at is not null)));
alter function hands_on owner to cosmos_keeper;

-- Whether the viewer may hand on a note. cosmos_app may call it.
create function viewer_hands_on(p_note uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return hands_on(p_note, viewer_worker());
alter function viewer_hands_on owner to cosmos_keeper;
grant execute on function viewer_hands_on to cosmos_app;
