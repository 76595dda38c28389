-- AFTER INSERT by cosmos_app: keeps who wrote the words, until somebody else has read them (`confirm_words`).
create function keep_author() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into words_author (words_id, worker_id) values (new.id, viewer_worker());
  return null;
end $$;
alter function keep_author owner to cosmos_keeper;
create trigger keep_author after insert on indicator for each row when (current_user = 'cosmos_app') execute function keep_author();
create trigger keep_author after insert on indicator_observation for each row when (current_user = 'cosmos_app')
  execute function keep_author();

-- BEFORE INSERT by cosmos_app: a team has five open proposals at most.
create function five_open_proposals() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if has_all_proposals_open(new.proposed_in_id) then raise 'five proposals of the team are open'; end if;
  return new;
end $$;
alter function five_open_proposals owner to cosmos_keeper;
create trigger five_open_proposals before insert on indicator for each row
  when (current_user = 'cosmos_app' and new.proposed_in_id is not null) execute function five_open_proposals();

-- AFTER UPDATE: somebody else has read the words, and who wrote them is forgotten.
create function forget_author() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from words_author where words_id = new.id;
  return null;
end $$;
alter function forget_author owner to cosmos_keeper;
create trigger forget_author after update on indicator for each row
  when (old.confirmed_on is null and new.confirmed_on is not null) execute function forget_author();
create trigger forget_author after update on indicator_observation for each row
  when (old.confirmed_on is null and new.confirmed_on is not null) execute function forget_author();
