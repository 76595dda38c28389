-- A team may give its narrative in English as well. Who signs, signs both.

-- AlterTable
ALTER TABLE "activity_report_text" ADD COLUMN "narrative_en" TEXT;

alter table activity_report_text add constraint activity_report_text_english
  check (narrative_en is null or (narrative is not null and length(narrative_en) between 1 and 20000));
grant insert (narrative_en) on activity_report_text to cosmos_app;
