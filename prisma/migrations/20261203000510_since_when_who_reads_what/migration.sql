-- A release of the software that lets others read makes the published notices false. That was a warning, and could stay one for ever. It
-- stops no county on the day of the release: the database keeps since when this county's API has said who reads what in these words, and
-- production counts the term from that day.

-- CreateTable
CREATE TABLE "who_reads_what" (
    "said" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "who_reads_what_pkey" PRIMARY KEY ("said")
);
-- By the function alone: nobody writes a day.
alter table who_reads_what enable row level security;
alter table who_reads_what force row level security;
grant select, insert, update on who_reads_what to cosmos_keeper;

-- Since when these words are the API's: from now on, unless they are the ones said last. Who goes back to an earlier release has its term again.
create function who_reads_what_since(p_fr text, p_en text) returns timestamptz
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  insert into who_reads_what (said) values (encode(sha256(convert_to(p_fr || p_en, 'UTF8')), 'hex'))
    on conflict (said) do update set since = now() where who_reads_what.since < (select max(last.since) from who_reads_what last);
  select coalesce((select w.since from who_reads_what w where w.said = encode(sha256(convert_to(p_fr || p_en, 'UTF8')), 'hex')), now());
end;
revoke all on function who_reads_what_since(text, text) from public;
alter function who_reads_what_since(text, text) owner to cosmos_keeper;
grant execute on function who_reads_what_since(text, text) to cosmos_app;
