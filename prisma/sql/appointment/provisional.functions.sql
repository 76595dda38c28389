-- What a booking by a name alone leaves behind, and when it is deleted.

-- Whether nothing stands about a person but the appointment that a client booked for them, and what belongs to it: its notices, its links and
-- a call about it. Each other table that names a person is named here (tests/appointment/provisional.test.ts). Only functions of cosmos_keeper
-- may call it.
create function only_booked_online(p_person uuid, p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return not exists (select from appointment_person x where x.person_id = p_person and x.appointment_id <> p_appointment)
    and not exists (select from online_booking x where x.person_id = p_person and x.appointment_id <> p_appointment)
    and not exists (select from visit x where x.person_id = p_person or x.appointment_id = p_appointment)
    and not exists (select from encounter x where x.person_id = p_person or x.appointment_id = p_appointment)
    and not exists (select from case_person x where x.person_id = p_person)
    and not exists (select from need x where x.person_id = p_person)
    and not exists (select from appointment_request x where x.person_id = p_person)
    and not exists (select from incoming_request x where x.person_id = p_person)
    and not exists (select from message x where x.person_id = p_person)
    and not exists (select from notice_receipt x where x.person_id = p_person)
    and not exists (select from person_account x where x.person_id = p_person)
    and not exists (select from person_address x where x.person_id = p_person)
    and not exists (select from safe_address x where x.person_id = p_person)
    and not exists (select from contact_proposal x where x.person_id = p_person)
    and not exists (select from contact_word x where x.person_id = p_person)
    and not exists (select from agreed_word x where x.person_id = p_person)
    and not exists (select from calendar_feed x where x.person_id = p_person)
    -- Whoever was received is counted among the persons received.
    and not exists (select from appointment a where a.id = p_appointment and (a.case_id is not null or a.status = 'HONOURED'))
    -- The row of the person itself was never changed.
    and exists (select from person p where p.id = p_person and p.provisional and p.version = 1);
alter function only_booked_online owner to cosmos_keeper;

-- Deletes provisional persons who came by a booking of a client, 30 days after the end of the appointment, or after the start of a cancelled
-- one; at most p_limit, the first first. The appointment and its booking stay for the figures, without the person. Returns how many were deleted.
-- cosmos_jobs may call it.
create function delete_provisional_persons(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_persons uuid[];
  v_deleted integer;
begin
  perform only_jobs();
  -- A row that another transaction adds for one of them waits for this lock.
  v_persons := array(
    select p.id from person p
    join online_booking b on b.person_id = p.id and b.client_id is not null
    join appointment a on a.id = b.appointment_id
    where p.provisional and p.created_at <= now() - interval '30 days'
      and case when a.status in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE') then a.starts_at else a.ends_at end
        <= now() - interval '30 days'
      and only_booked_online(p.id, a.id)
    order by p.created_at, p.id limit p_limit for update of p skip locked);
  -- Looks again, now that the rows are locked.
  v_persons := array(select b.person_id from online_booking b
    where b.person_id = any (v_persons) and only_booked_online(b.person_id, b.appointment_id));
  delete from telephone_cancellation where person_id = any (v_persons);
  delete from appointment_link where person_id = any (v_persons);
  delete from appointment_notice where person_id = any (v_persons);
  update online_booking set person_id = null, address_digest = null where person_id = any (v_persons);
  delete from appointment_person where person_id = any (v_persons);
  delete from person where id = any (v_persons);
  get diagnostics v_deleted = row_count;
  return v_deleted;
end $$;
alter function delete_provisional_persons owner to cosmos_keeper;
grant execute on function delete_provisional_persons to cosmos_jobs;

-- Deletes the digests of the addresses from which appointments were booked that are over or cancelled; at most p_limit. Returns how many.
-- cosmos_jobs may call it.
create function forget_booking_addresses(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_forgotten integer;
begin
  perform only_jobs();
  update online_booking set address_digest = null where appointment_id in (
    select b.appointment_id from online_booking b join appointment a on a.id = b.appointment_id
    where b.address_digest is not null and (a.status <> 'BOOKED' or a.ends_at <= now())
    limit p_limit for update of b skip locked);
  get diagnostics v_forgotten = row_count;
  return v_forgotten;
end $$;
alter function forget_booking_addresses owner to cosmos_keeper;
grant execute on function forget_booking_addresses to cosmos_jobs;
