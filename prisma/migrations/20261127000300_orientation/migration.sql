-- Orientation: the organisations to which someone may be sent on, and being sent on.

-- CreateTable
CREATE TABLE "organisation" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "source" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT COLLATE "C" NOT NULL,
    "description" TEXT,
    "siret" TEXT,
    "address_line" TEXT,
    "address_complement" TEXT,
    "postal_code" TEXT,
    "city" TEXT,
    "commune_code" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "phone" TEXT,
    "email" TEXT,
    "website" TEXT,
    "opening_hours" TEXT,
    "accessibility_url" TEXT,
    "source_url" TEXT,
    "networks" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "themes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "updated_on" DATE NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);
-- CreateTable
CREATE TABLE "organisation_theme" (
    "organisation_id" UUID NOT NULL,
    "theme" TEXT NOT NULL,
    "name_key" TEXT COLLATE "C" NOT NULL,
    "commune_code" TEXT,
    CONSTRAINT "organisation_theme_pkey" PRIMARY KEY ("organisation_id","theme")
);
-- CreateIndex
CREATE UNIQUE INDEX "organisation_source_source_id_key" ON "organisation"("source", "source_id");
-- CreateIndex
CREATE INDEX "organisation_theme_theme_name_key_organisation_id_idx" ON "organisation_theme"("theme", "name_key", "organisation_id");
-- CreateIndex
CREATE INDEX "organisation_theme_theme_commune_code_name_key_organisation_idx" ON "organisation_theme"("theme", "commune_code", "name_key", "organisation_id");
-- AddForeignKey
ALTER TABLE "organisation_theme" ADD CONSTRAINT "organisation_theme_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By name, which is compared as a look-up compares names: the whole directory, and a commune's. What is closed is found by who
-- was sent there, and by nobody who searches.
create index organisation_by_name on organisation (name_key, id) where closed_at is null;
create index organisation_of_commune on organisation (commune_code, name_key, id) where closed_at is null;
-- Public, as the districts' addresses are. Written by the operator's import alone.
grant select on organisation, organisation_theme to cosmos_app, cosmos_jobs;
