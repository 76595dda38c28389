-- A person online closes every channel, and opened none: it was refused. Whoever has her phone may be the one who asks; so it is a proposal,
-- and nothing changes until who follows her has accepted it.

-- CreateTable
CREATE TABLE "contact_proposal" (
    "person_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "safe_contact" "SafeContact" NOT NULL,
    "phone" TEXT,
    "email" TEXT,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_proposal_pkey" PRIMARY KEY ("person_id")
);

-- AddForeignKey
ALTER TABLE "contact_proposal" ADD CONSTRAINT "contact_proposal_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table contact_proposal add constraint contact_proposal_opens check (safe_contact <> 'NONE');

-- Who follows the person, and the person. It is written by the functions below alone.
alter table contact_proposal enable row level security;
alter table contact_proposal force row level security;
grant select on contact_proposal to cosmos_app;
create policy contact_proposal_read on contact_proposal for select to cosmos_app using (
  person_id = (select viewer_person()) or follows_person(person_id));
grant select, insert, update, delete on contact_proposal to cosmos_keeper;

-- The person proposes by what, and at which number or mail address, to be reached, in place of what was proposed before; null takes it
-- back. Who follows the person is told. Whether the viewer may.
create function propose_safe_contact(p_person uuid, p_contact "SafeContact", p_phone text, p_email text) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not coalesce(viewer_person() = p_person and viewer_has_scope('persons:read'), false) then return false; end if;
  -- A suspension that is under way ends first, or deletes what is proposed here.
  perform from person where id = p_person and contact_suspended_at is null for share;
  if not found then return false; end if;
  if p_contact is null then delete from contact_proposal where person_id = p_person;
  else
    -- Another proposal has an id of its own: who follows the person answers the one that they have read.
    insert into contact_proposal (person_id, safe_contact, phone, email) values (p_person, p_contact, p_phone, p_email)
      on conflict (person_id) do update set id = excluded.id, safe_contact = excluded.safe_contact, phone = excluded.phone,
        email = excluded.email, proposed_at = excluded.proposed_at;
    perform tell_who_follows(p_person, 'CONTACT_PROPOSED', null, null);
  end if;
  return true;
end $$;

-- A suspension deletes the proposal of before: somebody else who holds the phone may have made it.
create or replace function suspend_contact(p_person uuid) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if viewer_self() is distinct from p_person then
    if not viewer_has_scope('persons:write') then return false; end if;
    if not knows_contact(p_person) and not serves_now(p_person) then return false; end if;
  end if;
  update person set safe_contact = 'NONE', contact_suspended_at = now(), contact_suspended_case_id = case_that_speaks(p_person),
    version = version + 1 where id = p_person and (safe_contact <> 'NONE' or contact_suspended_at is null);
  if not found then return true; end if;
  delete from contact_proposal where person_id = p_person;
  insert into notification (worker_id, kind, case_id)
  select cp.assigned_worker_id, 'CONTACT_SUSPENDED'::"NotificationKind", cp.case_id from case_person cp
  where cp.person_id = p_person and cp.assigned_worker_id is not null and cp.assigned_worker_id is distinct from viewer_worker();
  return true;
end $$;

-- Who follows the person accepts or drops a proposal as they read it. A suspension is not lifted by it. Answers DONE, or why not: FORBIDDEN,
-- STATE_CHANGED (there is none, or every channel is closed), VERSION_CHANGED (of the person).
create function answer_contact_proposal(p_person uuid, p_proposal uuid, p_version integer, p_accept boolean) returns text
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_proposal contact_proposal%rowtype;
begin
  if not (viewer_has_scope('persons:write') and follows_person(p_person)) then return 'FORBIDDEN'; end if;
  delete from contact_proposal where person_id = p_person and id = p_proposal returning * into v_proposal;
  if not found then return 'STATE_CHANGED'; end if;
  if not p_accept then return 'DONE'; end if;
  update person set safe_contact = v_proposal.safe_contact, phone = coalesce(v_proposal.phone, phone),
    email = coalesce(v_proposal.email, email), version = version + 1
    where id = p_person and version = p_version and contact_suspended_at is null;
  if found then return 'DONE'; end if;
  return case when exists (select from person p where p.id = p_person and p.contact_suspended_at is not null)
    then 'STATE_CHANGED' else 'VERSION_CHANGED' end;
end $$;

do $$
declare f regprocedure;
begin
  foreach f in array array['propose_safe_contact(uuid,"SafeContact",text,text)',
    'answer_contact_proposal(uuid,uuid,integer,boolean)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function propose_safe_contact(uuid,"SafeContact",text,text),
  answer_contact_proposal(uuid,uuid,integer,boolean) to cosmos_app;
