-- Who held a case before reads of a release what was decided, by whom and until when it is open. It was listed to them until they answered, and
-- one in danger, to which nobody answers, never.

-- CreateIndex
CREATE INDEX "release_holder_ids_idx" ON "release" USING GIN ("holder_ids");

-- The releases of cases that the viewer held, the latest first. Row-level security lets no index of an array be read: the keeper finds them.
create function releases_of_former_cases(p_limit integer) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id from release r where r.holder_ids @> array[viewer_worker()] order by r.requested_at desc, r.id limit p_limit;
end;

do $$ begin
  execute 'revoke all on function releases_of_former_cases(integer) from public';
  execute 'alter function releases_of_former_cases(integer) owner to cosmos_keeper';
end $$;
grant execute on function releases_of_former_cases(integer) to cosmos_app;
