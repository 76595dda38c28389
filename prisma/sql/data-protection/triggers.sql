-- BEFORE UPDATE: an opinion is on one text, so the text changes only if the opinion is removed in the same statement. After the publication
-- nothing changes.
create function notice_draft_changes() returns trigger language plpgsql as $$
begin
  if exists (select from privacy_notice n where n.draft_id = old.id) then raise 'what was published stays'; end if;
  if (new.kind, new.text_fr, new.text_en, new.who_reads_fr, new.who_reads_en, new.drafted_by_id)
      is distinct from (old.kind, old.text_fr, old.text_en, old.who_reads_fr, old.who_reads_en, old.drafted_by_id)
    and new.opinion is not null then
    raise 'an opinion is on the text that was read';
  end if;
  return new;
end $$;
create trigger notice_draft_changes before update on privacy_notice_draft for each row execute function notice_draft_changes();

-- BEFORE INSERT: the notice is published with the text on which there is an opinion, and with that opinion. The worker who gave the opinion
-- does not publish it.
create function notice_as_advised() returns trigger language plpgsql as $$
begin
  if new.draft_id is not null and not exists (select from privacy_notice_draft d where d.id = new.draft_id
      and d.opinion_by_id <> new.published_by_id
      and (new.kind, new.text_fr, new.text_en, new.who_reads_fr, new.who_reads_en, new.opinion, new.opinion_on)
        = (d.kind, d.text_fr || E'\n\n' || d.who_reads_fr, d.text_en || E'\n\n' || d.who_reads_en, d.who_reads_fr, d.who_reads_en,
          d.opinion, d.opinion_on)
      and new.opinion_text is not distinct from d.opinion_text) then
    raise 'published as the officer read it, or not at all';
  end if;
  return new;
end $$;
create trigger notice_as_advised before insert on privacy_notice for each row execute function notice_as_advised();
