-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('RECEPTIONIST', 'SOCIAL_WORKER', 'TRAINEE', 'DISTRICT_HEAD', 'TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER', 'ADMINISTRATOR');

-- CreateEnum
CREATE TYPE "ClientKind" AS ENUM ('FRONT_END', 'INTEGRATION', 'REPORTING');

-- CreateEnum
CREATE TYPE "Mission" AS ENUM ('POLYVALENCE', 'RSA', 'LOGEMENT', 'EVALUATION', 'ENFANCE_FAMILLE');

-- CreateEnum
CREATE TYPE "CaseStatus" AS ENUM ('OPEN', 'CLOSED');

-- CreateEnum
CREATE TYPE "NoteStatus" AS ENUM ('DRAFT', 'FINAL');

-- CreateEnum
CREATE TYPE "SafeContact" AS ENUM ('NONE', 'VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT', 'LETTER', 'THROUGH_SOMEONE');

-- CreateEnum
CREATE TYPE "AppointmentStatus" AS ENUM ('BOOKED', 'HONOURED', 'NOT_HONOURED', 'LEFT_BEFORE_RECEIVED', 'CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE');

-- CreateEnum
CREATE TYPE "AppointmentMode" AS ENUM ('ON_SITE', 'HOME', 'PHONE', 'VIDEO');

-- CreateEnum
CREATE TYPE "NoticeKind" AS ENUM ('SHORT', 'FULL');

-- CreateEnum
CREATE TYPE "NoticeChannel" AS ENUM ('ORAL', 'PAPER', 'ONLINE');

-- CreateTable
CREATE TABLE "district" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address_line" TEXT NOT NULL,
    "postal_code" TEXT NOT NULL,
    "commune_code" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "switched_on_on" DATE,
    "staff_opinion" TEXT,

    CONSTRAINT "district_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commune" (
    "insee_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "commune_pkey" PRIMARY KEY ("insee_code")
);

-- CreateTable
CREATE TABLE "sector" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "commune_code" TEXT NOT NULL,
    "streets" TEXT NOT NULL DEFAULT '',
    "valid_from" DATE NOT NULL,
    "valid_until" DATE,

    CONSTRAINT "sector_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "opening_hours" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "weekday" SMALLINT NOT NULL,
    "opens_at" TIME(0) NOT NULL,
    "closes_at" TIME(0) NOT NULL,

    CONSTRAINT "opening_hours_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "public_holiday" (
    "day" DATE NOT NULL,
    "label_fr" TEXT NOT NULL,
    "label_en" TEXT NOT NULL,

    CONSTRAINT "public_holiday_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "worker" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "given_name" TEXT NOT NULL,
    "family_name" TEXT NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "worker_id" UUID NOT NULL,
    "district_id" UUID,
    "role" "Role" NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "client" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "issuer" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "kind" "ClientKind" NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "disabled_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "client_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "given_name" TEXT,
    "family_name" TEXT,
    "chosen_name" TEXT,
    "birth_date" DATE,
    "phone" TEXT,
    "safe_contact" "SafeContact" NOT NULL DEFAULT 'NONE',
    "sensitive_file" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_address" (
    "person_id" UUID NOT NULL,
    "line" TEXT NOT NULL,
    "postal_code" TEXT,
    "city" TEXT,
    "confidential" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "person_address_pkey" PRIMARY KEY ("person_id","confidential")
);

-- CreateTable
CREATE TABLE "person_account" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "person_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,

    CONSTRAINT "person_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "privacy_notice" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" "NoticeKind" NOT NULL,
    "version" INTEGER NOT NULL,
    "text_fr" TEXT NOT NULL,
    "text_en" TEXT NOT NULL,
    "published_on" DATE NOT NULL,

    CONSTRAINT "privacy_notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_receipt" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "person_id" UUID NOT NULL,
    "notice_id" UUID NOT NULL,
    "channel" "NoticeChannel" NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "stated_by_id" UUID NOT NULL,

    CONSTRAINT "notice_receipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "reference" TEXT NOT NULL,
    "district_id" UUID NOT NULL,
    "mission" "Mission" NOT NULL,
    "status" "CaseStatus" NOT NULL DEFAULT 'OPEN',
    "assigned_worker_id" UUID,
    "online_person_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_person" (
    "case_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "show_online" BOOLEAN NOT NULL DEFAULT false,
    "district_id" UUID NOT NULL,
    "assigned_worker_id" UUID,

    CONSTRAINT "case_person_pkey" PRIMARY KEY ("case_id","person_id")
);

-- CreateTable
CREATE TABLE "assignment" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "absence" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "worker_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "declared_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "absence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "relay" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "absent_worker_id" UUID NOT NULL,
    "stand_in_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "relay_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "need_code" (
    "code" TEXT NOT NULL,
    "theme" TEXT NOT NULL,
    "label_fr" TEXT NOT NULL,
    "label_en" TEXT NOT NULL,
    "definition_fr" TEXT NOT NULL,
    "counts_fr" TEXT NOT NULL,
    "does_not_count_fr" TEXT NOT NULL,
    "sensitive" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "need_code_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "need" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "person_id" UUID,
    "code" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,
    "district_id" UUID NOT NULL,
    "assigned_worker_id" UUID,

    CONSTRAINT "need_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "interview_note" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "reader_id" UUID,
    "status" "NoteStatus" NOT NULL DEFAULT 'FINAL',
    "body" BYTEA NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "amended_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "interview_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_key" (
    "case_id" UUID NOT NULL,
    "master_key_id" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,

    CONSTRAINT "case_key_pkey" PRIMARY KEY ("case_id")
);

-- CreateTable
CREATE TABLE "handover" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "from_worker_id" UUID NOT NULL,
    "to_worker_id" UUID NOT NULL,
    "offered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "accepted_at" TIMESTAMPTZ(3),

    CONSTRAINT "handover_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "handover_note" (
    "handover_id" UUID NOT NULL,
    "note_id" UUID NOT NULL,

    CONSTRAINT "handover_note_pkey" PRIMARY KEY ("handover_id","note_id")
);

-- CreateTable
CREATE TABLE "appointment_type" (
    "code" TEXT NOT NULL,
    "label_fr" TEXT NOT NULL,
    "label_en" TEXT NOT NULL,
    "public_label_fr" TEXT NOT NULL,
    "public_label_en" TEXT NOT NULL,
    "duration_minutes" INTEGER NOT NULL,
    "modes" "AppointmentMode"[],
    "bookable_by" TEXT[],

    CONSTRAINT "appointment_type_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "appointment" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "case_id" UUID,
    "type_code" TEXT NOT NULL,
    "mode" "AppointmentMode" NOT NULL DEFAULT 'ON_SITE',
    "subject" TEXT,
    "status" "AppointmentStatus" NOT NULL DEFAULT 'BOOKED',
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "case_worker_id" UUID,
    "worker_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "online_person_ids" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "appointment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appointment_worker" (
    "appointment_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,

    CONSTRAINT "appointment_worker_pkey" PRIMARY KEY ("appointment_id","worker_id")
);

-- CreateTable
CREATE TABLE "appointment_person" (
    "appointment_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "show_online" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "appointment_person_pkey" PRIMARY KEY ("appointment_id","person_id")
);

-- CreateTable
CREATE TABLE "occupancy" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "worker_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "occupancy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "actor" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "result_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("actor","key")
);

-- CreateTable
CREATE TABLE "access_log" (
    "id" BIGSERIAL NOT NULL,
    "operation_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "case_id" UUID,
    "person_id" UUID,
    "target_worker_id" UUID,

    CONSTRAINT "access_log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "district_slug_key" ON "district"("slug");

-- CreateIndex
CREATE INDEX "district_commune_code_idx" ON "district"("commune_code");

-- CreateIndex
CREATE INDEX "sector_district_id_idx" ON "sector"("district_id");

-- CreateIndex
CREATE INDEX "sector_commune_code_idx" ON "sector"("commune_code");

-- CreateIndex
CREATE UNIQUE INDEX "opening_hours_district_id_weekday_opens_at_key" ON "opening_hours"("district_id", "weekday", "opens_at");

-- CreateIndex
CREATE UNIQUE INDEX "worker_issuer_subject_key" ON "worker"("issuer", "subject");

-- CreateIndex
CREATE INDEX "membership_worker_id_idx" ON "membership"("worker_id");

-- CreateIndex
CREATE INDEX "membership_district_id_role_idx" ON "membership"("district_id", "role");

-- CreateIndex
CREATE UNIQUE INDEX "client_issuer_client_id_key" ON "client"("issuer", "client_id");

-- CreateIndex
CREATE UNIQUE INDEX "person_reference_key" ON "person"("reference");

-- CreateIndex
CREATE INDEX "person_district_id_idx" ON "person"("district_id");

-- CreateIndex
CREATE INDEX "person_account_person_id_idx" ON "person_account"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "person_account_issuer_subject_key" ON "person_account"("issuer", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "privacy_notice_kind_version_key" ON "privacy_notice"("kind", "version");

-- CreateIndex
CREATE INDEX "notice_receipt_person_id_idx" ON "notice_receipt"("person_id");

-- CreateIndex
CREATE INDEX "notice_receipt_notice_id_idx" ON "notice_receipt"("notice_id");

-- CreateIndex
CREATE INDEX "notice_receipt_stated_by_id_idx" ON "notice_receipt"("stated_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "case_reference_key" ON "case"("reference");

-- CreateIndex
CREATE INDEX "case_district_id_opened_at_id_idx" ON "case"("district_id", "opened_at", "id");

-- CreateIndex
CREATE INDEX "case_assigned_worker_id_opened_at_id_idx" ON "case"("assigned_worker_id", "opened_at", "id");

-- CreateIndex
CREATE INDEX "case_person_person_id_idx" ON "case_person"("person_id");

-- CreateIndex
CREATE INDEX "assignment_case_id_starts_at_idx" ON "assignment"("case_id", "starts_at");

-- CreateIndex
CREATE INDEX "assignment_worker_id_idx" ON "assignment"("worker_id");

-- CreateIndex
CREATE INDEX "absence_worker_id_idx" ON "absence"("worker_id");

-- CreateIndex
CREATE INDEX "absence_district_id_idx" ON "absence"("district_id");

-- CreateIndex
CREATE INDEX "relay_stand_in_id_idx" ON "relay"("stand_in_id");

-- CreateIndex
CREATE INDEX "relay_absent_worker_id_idx" ON "relay"("absent_worker_id");

-- CreateIndex
CREATE INDEX "relay_district_id_idx" ON "relay"("district_id");

-- CreateIndex
CREATE INDEX "need_case_id_starts_on_idx" ON "need"("case_id", "starts_on");

-- CreateIndex
CREATE INDEX "need_person_id_idx" ON "need"("person_id");

-- CreateIndex
CREATE INDEX "need_code_idx" ON "need"("code");

-- CreateIndex
CREATE INDEX "interview_note_case_id_written_at_id_idx" ON "interview_note"("case_id", "written_at", "id");

-- CreateIndex
CREATE INDEX "interview_note_reader_id_idx" ON "interview_note"("reader_id");

-- CreateIndex
CREATE INDEX "interview_note_author_id_idx" ON "interview_note"("author_id");

-- CreateIndex
CREATE INDEX "case_key_master_key_id_idx" ON "case_key"("master_key_id");

-- CreateIndex
CREATE INDEX "handover_case_id_idx" ON "handover"("case_id");

-- CreateIndex
CREATE INDEX "handover_to_worker_id_idx" ON "handover"("to_worker_id");

-- CreateIndex
CREATE INDEX "handover_from_worker_id_idx" ON "handover"("from_worker_id");

-- CreateIndex
CREATE INDEX "handover_note_note_id_idx" ON "handover_note"("note_id");

-- CreateIndex
CREATE INDEX "appointment_district_id_starts_at_id_idx" ON "appointment"("district_id", "starts_at", "id");

-- CreateIndex
CREATE INDEX "appointment_case_id_starts_at_idx" ON "appointment"("case_id", "starts_at");

-- CreateIndex
CREATE INDEX "appointment_type_code_idx" ON "appointment"("type_code");

-- CreateIndex
CREATE INDEX "appointment_worker_worker_id_idx" ON "appointment_worker"("worker_id");

-- CreateIndex
CREATE INDEX "appointment_person_person_id_idx" ON "appointment_person"("person_id");

-- CreateIndex
CREATE INDEX "occupancy_worker_id_starts_at_idx" ON "occupancy"("worker_id", "starts_at");

-- CreateIndex
CREATE INDEX "occupancy_appointment_id_idx" ON "occupancy"("appointment_id");

-- CreateIndex
CREATE INDEX "occupancy_district_id_idx" ON "occupancy"("district_id");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE INDEX "access_log_operation_id_idx" ON "access_log"("operation_id");

-- CreateIndex
CREATE INDEX "access_log_case_id_id_idx" ON "access_log"("case_id", "id");

-- CreateIndex
CREATE INDEX "access_log_person_id_id_idx" ON "access_log"("person_id", "id");

-- AddForeignKey
ALTER TABLE "district" ADD CONSTRAINT "district_commune_code_fkey" FOREIGN KEY ("commune_code") REFERENCES "commune"("insee_code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sector" ADD CONSTRAINT "sector_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sector" ADD CONSTRAINT "sector_commune_code_fkey" FOREIGN KEY ("commune_code") REFERENCES "commune"("insee_code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opening_hours" ADD CONSTRAINT "opening_hours_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_address" ADD CONSTRAINT "person_address_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_account" ADD CONSTRAINT "person_account_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_receipt" ADD CONSTRAINT "notice_receipt_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_receipt" ADD CONSTRAINT "notice_receipt_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "privacy_notice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_receipt" ADD CONSTRAINT "notice_receipt_stated_by_id_fkey" FOREIGN KEY ("stated_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case" ADD CONSTRAINT "case_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case" ADD CONSTRAINT "case_assigned_worker_id_fkey" FOREIGN KEY ("assigned_worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_person" ADD CONSTRAINT "case_person_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_person" ADD CONSTRAINT "case_person_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relay" ADD CONSTRAINT "relay_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relay" ADD CONSTRAINT "relay_absent_worker_id_fkey" FOREIGN KEY ("absent_worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relay" ADD CONSTRAINT "relay_stand_in_id_fkey" FOREIGN KEY ("stand_in_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "need" ADD CONSTRAINT "need_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "need" ADD CONSTRAINT "need_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "need" ADD CONSTRAINT "need_code_fkey" FOREIGN KEY ("code") REFERENCES "need_code"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interview_note" ADD CONSTRAINT "interview_note_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interview_note" ADD CONSTRAINT "interview_note_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interview_note" ADD CONSTRAINT "interview_note_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_key" ADD CONSTRAINT "case_key_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_from_worker_id_fkey" FOREIGN KEY ("from_worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_to_worker_id_fkey" FOREIGN KEY ("to_worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_note" ADD CONSTRAINT "handover_note_handover_id_fkey" FOREIGN KEY ("handover_id") REFERENCES "handover"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_note" ADD CONSTRAINT "handover_note_note_id_fkey" FOREIGN KEY ("note_id") REFERENCES "interview_note"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_type_code_fkey" FOREIGN KEY ("type_code") REFERENCES "appointment_type"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_worker" ADD CONSTRAINT "appointment_worker_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_worker" ADD CONSTRAINT "appointment_worker_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_person" ADD CONSTRAINT "appointment_person_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_person" ADD CONSTRAINT "appointment_person_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "occupancy" ADD CONSTRAINT "occupancy_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "occupancy" ADD CONSTRAINT "occupancy_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "occupancy" ADD CONSTRAINT "occupancy_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
