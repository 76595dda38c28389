-- What is said is true. A privacy notice was a row of the software's own, with an example of an address and with readers that the
-- policies do not have. Now the county drafts it, the data protection officer gives an opinion on exactly that text (GDPR article 39(1)),
-- and the county publishes it. Who reads what is written by the software, and kept with the text.

-- CreateEnum
CREATE TYPE "NoticeOpinion" AS ENUM ('FAVOURABLE', 'WITH_RESERVATIONS', 'UNFAVOURABLE');

-- CreateTable
CREATE TABLE "privacy_notice_draft" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" "NoticeKind" NOT NULL,
    "text_fr" TEXT NOT NULL,
    "text_en" TEXT NOT NULL,
    "who_reads_fr" TEXT NOT NULL,
    "who_reads_en" TEXT NOT NULL,
    "drafted_by_id" UUID NOT NULL,
    "drafted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "opinion" "NoticeOpinion",
    "opinion_text" TEXT,
    "opinion_on" DATE,
    "opinion_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "privacy_notice_draft_pkey" PRIMARY KEY ("id")
);
-- AlterTable
ALTER TABLE "privacy_notice" ADD COLUMN "draft_id" UUID,
ADD COLUMN "opinion" "NoticeOpinion",
ADD COLUMN "opinion_on" DATE,
ADD COLUMN "opinion_text" TEXT,
ADD COLUMN "published_by_id" UUID,
ADD COLUMN "who_reads_en" TEXT,
ADD COLUMN "who_reads_fr" TEXT;
-- CreateIndex
CREATE INDEX "privacy_notice_draft_drafted_at_id_idx" ON "privacy_notice_draft"("drafted_at", "id");
-- CreateIndex
CREATE INDEX "privacy_notice_draft_drafted_by_id_idx" ON "privacy_notice_draft"("drafted_by_id");
-- CreateIndex
CREATE INDEX "privacy_notice_draft_opinion_by_id_idx" ON "privacy_notice_draft"("opinion_by_id");
-- CreateIndex
CREATE UNIQUE INDEX "privacy_notice_draft_id_key" ON "privacy_notice"("draft_id");
-- CreateIndex
CREATE INDEX "privacy_notice_published_by_id_idx" ON "privacy_notice"("published_by_id");
-- AddForeignKey
ALTER TABLE "privacy_notice" ADD CONSTRAINT "privacy_notice_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "privacy_notice_draft"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "privacy_notice" ADD CONSTRAINT "privacy_notice_published_by_id_fkey" FOREIGN KEY ("published_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "privacy_notice_draft" ADD CONSTRAINT "privacy_notice_draft_drafted_by_id_fkey" FOREIGN KEY ("drafted_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "privacy_notice_draft" ADD CONSTRAINT "privacy_notice_draft_opinion_by_id_fkey" FOREIGN KEY ("opinion_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---- What must hold --------------------------------------------------------------------------------------------
-- The officer is independent of who decides (article 38(6)): nobody gives an opinion on their own text.
alter table privacy_notice_draft
  add constraint privacy_notice_draft_opinion check (num_nonnulls(opinion, opinion_on, opinion_by_id) in (0, 3)),
  add constraint privacy_notice_draft_reason check (opinion is null or opinion = 'FAVOURABLE' or opinion_text is not null),
  add constraint privacy_notice_draft_two_people check (opinion_by_id <> drafted_by_id);
alter table privacy_notice
  add constraint privacy_notice_opinion check ((opinion is null) = (opinion_on is null)),
  add constraint privacy_notice_published check ((draft_id is null) = (published_by_id is null)),
  add constraint privacy_notice_who_reads check ((who_reads_fr is null) = (who_reads_en is null));

-- An opinion is on a text: it goes when the text changes, and nothing changes once it is published.
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

-- Published is the text on which there is an opinion, with that opinion, and not by who gave it.
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
create trigger published_for_ever before update or delete on privacy_notice for each row execute function cited_for_ever();

-- ---- Who reads and writes --------------------------------------------------------------------------------------
alter table privacy_notice enable row level security;
alter table privacy_notice force row level security;
create policy privacy_notice_read on privacy_notice for select to cosmos_app using (true);
-- The jobs have no use for it.
revoke select on privacy_notice from cosmos_jobs;
grant insert on privacy_notice to cosmos_app;
-- The administrator writes down what the county decides.
create policy privacy_notice_publish on privacy_notice for insert to cosmos_app with check (
  draft_id is not null and published_by_id = (select viewer_worker())
  and (select viewer_has_scope('directory:write')) and (select viewer_has_role('ADMINISTRATOR')));

grant select on privacy_notice_draft to cosmos_app;
grant insert (id, kind, text_fr, text_en, who_reads_fr, who_reads_en, drafted_by_id, drafted_at) on privacy_notice_draft to cosmos_app;
grant update (text_fr, text_en, who_reads_fr, who_reads_en, drafted_by_id, drafted_at, opinion, opinion_text, opinion_on, opinion_by_id,
  version) on privacy_notice_draft to cosmos_app;
alter table privacy_notice_draft enable row level security;
alter table privacy_notice_draft force row level security;
create policy privacy_notice_draft_read on privacy_notice_draft for select to cosmos_app using (
  ((select viewer_has_scope('directory:read')) and (select viewer_has_role('ADMINISTRATOR')))
  or ((select viewer_has_scope('log:read')) and (select viewer_has_role('DATA_PROTECTION_OFFICER'))));
create policy privacy_notice_draft_write on privacy_notice_draft for insert to cosmos_app with check (
  opinion is null and drafted_by_id = (select viewer_worker())
  and (select viewer_has_scope('directory:write')) and (select viewer_has_role('ADMINISTRATOR')));
create policy privacy_notice_draft_rewrite on privacy_notice_draft for update to cosmos_app
  using ((select viewer_has_scope('directory:write')) and (select viewer_has_role('ADMINISTRATOR')))
  with check (opinion is null and drafted_by_id = (select viewer_worker()));
create policy privacy_notice_draft_advise on privacy_notice_draft for update to cosmos_app
  using ((select viewer_has_scope('directory:write')) and (select viewer_has_role('DATA_PROTECTION_OFFICER')))
  with check (opinion is not null and opinion_by_id = (select viewer_worker()));
