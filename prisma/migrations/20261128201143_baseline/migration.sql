set local lock_timeout = '5s';
set local check_function_bodies = off;
alter table _prisma_migrations drop constraint _prisma_migrations_pkey;
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
CREATE TYPE "CommunicationNeed" AS ENUM ('INTERPRETER', 'FRENCH_SIGN_LANGUAGE', 'LIP_READING', 'WRITTEN_ONLY', 'EASY_TO_READ', 'LARGE_PRINT', 'ACCOMPANIED');

-- CreateEnum
CREATE TYPE "AppointmentStatus" AS ENUM ('BOOKED', 'HONOURED', 'NOT_HONOURED', 'LEFT_BEFORE_RECEIVED', 'CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE');

-- CreateEnum
CREATE TYPE "AppointmentMode" AS ENUM ('ON_SITE', 'HOME', 'PHONE', 'VIDEO');

-- CreateEnum
CREATE TYPE "AskedBy" AS ENUM ('PERSON', 'RELATIVE', 'PARTNER', 'SERVICE');

-- CreateEnum
CREATE TYPE "CancellationReason" AS ENUM ('WORKER_AWAY', 'PREMISES_CLOSED', 'BOOKED_BY_MISTAKE', 'OTHER_TIME_AGREED', 'OTHER');

-- CreateEnum
CREATE TYPE "AppointmentNoticeKind" AS ENUM ('CANCELLED', 'MOVED', 'REMINDER');

-- CreateEnum
CREATE TYPE "AppointmentNoticeOutcome" AS ENUM ('TOLD', 'NOT_REACHED');

-- CreateEnum
CREATE TYPE "Urgency" AS ENUM ('TODAY', 'THIS_WEEK', 'ORDINARY');

-- CreateEnum
CREATE TYPE "RequestStatus" AS ENUM ('WAITING', 'BOOKED', 'WITHDRAWN', 'LAPSED');

-- CreateEnum
CREATE TYPE "OfferStatus" AS ENUM ('HELD', 'ACCEPTED', 'DECLINED', 'EXPIRED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "OfferChannel" AS ENUM ('AT_DESK', 'ONLINE', 'VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT', 'LETTER', 'THROUGH_SOMEONE');

-- CreateEnum
CREATE TYPE "SkipReason" AS ENUM ('HAS_OFFER', 'NOT_REACHABLE', 'OTHER_WORKER', 'OTHER_MODE', 'NOT_WANTED_THEN', 'TOO_SHORT_NOTICE', 'OFFERED_BEFORE', 'BUSY_THEN', 'HARDLY_SOONER');

-- CreateEnum
CREATE TYPE "VisitKind" AS ENUM ('WALK_IN', 'CALL');

-- CreateEnum
CREATE TYPE "VisitOutcome" AS ENUM ('RECEIVED', 'ANSWERED', 'APPOINTMENT_GIVEN', 'REFERRED', 'LEFT');

-- CreateEnum
CREATE TYPE "Withheld" AS ENUM ('TOO_FEW_WORKERS', 'TOO_FEW_PERSONS', 'NO_FREE_TIME', 'NOT_MEASURED');

-- CreateEnum
CREATE TYPE "ParticipantKind" AS ENUM ('INTERPRETER', 'PARTNER', 'RELATIVE');

-- CreateEnum
CREATE TYPE "ReleaseGround" AS ENUM ('PERSON_AGREEMENT', 'ACCESS_REQUEST', 'COURT_ORDER', 'APPEAL', 'DANGER');

-- CreateEnum
CREATE TYPE "HandoverAnswer" AS ENUM ('HANDED_OVER', 'NO');

-- CreateEnum
CREATE TYPE "KeepReason" AS ENUM ('PERSON_WISHES', 'CONCERNS_OTHERS', 'NO_LONGER_HELPS', 'OTHER');

-- CreateEnum
CREATE TYPE "AuthorCall" AS ENUM ('SPOKE', 'MESSAGE_LEFT', 'NO_ANSWER', 'NOBODY_TO_CALL');

-- CreateEnum
CREATE TYPE "ReviewOpinion" AS ENUM ('JUSTIFIED', 'NOT_JUSTIFIED');

-- CreateEnum
CREATE TYPE "PlannedReassignmentOutcome" AS ENUM ('DONE', 'WITHDRAWN', 'LAPSED');

-- CreateEnum
CREATE TYPE "NotificationKind" AS ENUM ('HANDOVER_OFFERED', 'RELAY_OPENED', 'RELEASE_REQUESTED', 'RELEASE_APPROVED', 'ENCOUNTER_PASSED_ON', 'REFERRAL_RECEIVED', 'REFERRAL_ANSWERED', 'INCOMING_REQUEST_RECEIVED', 'ABSENCE_DECLARED', 'RELEASE_ANSWERED_NO', 'RELEASE_REFUSED', 'DANGER_NOTES_OPENED', 'MEMBERSHIP_ENDED', 'CASE_ASSIGNED', 'CASE_REASSIGNED', 'CONTACT_OPENED', 'OPEN_ADDRESS_WRITTEN', 'CONTACT_SUSPENDED', 'CONTACT_CHANGED', 'CASE_REOPENED', 'REASSIGNMENT_PLANNED', 'REASSIGNMENT_CALLED_OFF', 'CASES_LISTED', 'HANDOVER_ANSWERED_NO', 'BLIND_MESSAGE', 'COMMUNICATION_CHANGED', 'CONTACT_PROPOSED', 'ERRATUM_PUBLISHED');

-- CreateEnum
CREATE TYPE "PartnerKind" AS ENUM ('SCHOOL', 'HEALTH', 'TOWN_HALL', 'POLICE', 'JUSTICE', 'LANDLORD', 'SOCIAL_SERVICE', 'ORGANISATION', 'INDIVIDUAL', 'OTHER');

-- CreateEnum
CREATE TYPE "IncomingRequestStatus" AS ENUM ('RECEIVED', 'ALLOCATED', 'ANSWERED', 'DECLINED');

-- CreateEnum
CREATE TYPE "ReferralStatus" AS ENUM ('SENT', 'ACKNOWLEDGED', 'ACCEPTED', 'REFUSED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "ReferralRefusal" AS ENUM ('OTHER_DISTRICT', 'OTHER_MISSION', 'NO_PLACE', 'CONDITIONS_NOT_MET', 'INCOMPLETE', 'PERSON_DECLINED', 'NO_ANSWER', 'OTHER');

-- CreateEnum
CREATE TYPE "IndicatorStatus" AS ENUM ('PROPOSED', 'CONSULTED', 'ADOPTED', 'RETIRED', 'REFUSED');

-- CreateEnum
CREATE TYPE "IndicatorUnit" AS ENUM ('PERSON', 'CASE', 'APPOINTMENT', 'REQUEST', 'VISIT', 'REFERRAL');

-- CreateEnum
CREATE TYPE "IndicatorKind" AS ENUM ('STOCK', 'FLOW', 'DISTINCT', 'WAITING_TIME', 'RATE');

-- CreateEnum
CREATE TYPE "IndicatorTerritory" AS ENUM ('DISTRICT', 'COUNTY');

-- CreateEnum
CREATE TYPE "IndicatorRefusal" AS ENUM ('SUBJECTIVE', 'NOT_RECORDED', 'ABOUT_WORKERS', 'NOT_COLLECTED', 'DUPLICATE', 'NOT_WANTED');

-- CreateEnum
CREATE TYPE "IndicatorDecisionKind" AS ENUM ('REFUSE', 'RETIRE');

-- CreateEnum
CREATE TYPE "VoicePosition" AS ENUM ('FOR', 'AGAINST', 'RESERVED');

-- CreateEnum
CREATE TYPE "NoticeKind" AS ENUM ('SHORT', 'FULL');

-- CreateEnum
CREATE TYPE "InformationGround" AS ENUM ('CHILD_PROTECTION', 'IMPAIRS_THE_AIM', 'NOT_REACHABLE', 'SECRECY');

-- CreateEnum
CREATE TYPE "NoticeOpinion" AS ENUM ('FAVOURABLE', 'WITH_RESERVATIONS', 'UNFAVOURABLE');

-- CreateEnum
CREATE TYPE "NoticeChannel" AS ENUM ('ORAL', 'PAPER', 'ONLINE');

-- CreateEnum
CREATE TYPE "DispatchChannel" AS ENUM ('TEXT', 'EMAIL');

-- CreateEnum
CREATE TYPE "DispatchStatus" AS ENUM ('DUE', 'SENDING', 'RETRYING', 'SENT', 'FAILED', 'UNCERTAIN', 'CANCELLED');

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
    "population" INTEGER,

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
CREATE TABLE "organisation" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "source" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
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
    "name_key" TEXT NOT NULL,
    "commune_code" TEXT,

    CONSTRAINT "organisation_theme_pkey" PRIMARY KEY ("organisation_id","theme")
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
    "ended_by_id" UUID,
    "end_confirmed_by_id" UUID,
    "end_confirmed_at" TIMESTAMPTZ(3),

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
    "email" TEXT,
    "safe_contact" "SafeContact" NOT NULL DEFAULT 'NONE',
    "confirm_nothing" BOOLEAN NOT NULL DEFAULT false,
    "confirm_nothing_case_id" UUID,
    "contact_suspended_at" TIMESTAMPTZ(3),
    "contact_suspended_case_id" UUID,
    "sensitive_file" BOOLEAN NOT NULL DEFAULT false,
    "language" TEXT,
    "communication_needs" "CommunicationNeed"[] DEFAULT ARRAY[]::"CommunicationNeed"[],
    "statistics_objection_on" DATE,
    "provisional" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_address" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "person_id" UUID NOT NULL,
    "line" TEXT NOT NULL,
    "postal_code" TEXT,
    "city" TEXT,
    "confidential" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "case_id" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "for_letters" BOOLEAN NOT NULL DEFAULT true,
    "district_id" UUID,
    "assigned_worker_id" UUID,

    CONSTRAINT "person_address_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "safe_address" (
    "case_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "line" TEXT NOT NULL,
    "postal_code" TEXT,
    "city" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "district_id" UUID NOT NULL,
    "assigned_worker_id" UUID,

    CONSTRAINT "safe_address_pkey" PRIMARY KEY ("case_id","person_id")
);

-- CreateTable
CREATE TABLE "withheld_place" (
    "appointment_id" UUID NOT NULL,
    "place" TEXT NOT NULL,
    "reader_keys" TEXT[],
    "person_ids" UUID[],
    "worker_ids" UUID[],
    "typed_by_id" UUID,
    "home_day" DATE,

    CONSTRAINT "withheld_place_pkey" PRIMARY KEY ("appointment_id")
);

-- CreateTable
CREATE TABLE "home_word" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "appointment_id" UUID NOT NULL,
    "case_id" UUID,
    "worker_id" UUID,

    CONSTRAINT "home_word_pkey" PRIMARY KEY ("id")
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
    "who_reads_fr" TEXT,
    "who_reads_en" TEXT,
    "opinion" "NoticeOpinion",
    "opinion_text" TEXT,
    "opinion_on" DATE,
    "draft_id" UUID,
    "published_by_id" UUID,

    CONSTRAINT "privacy_notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "who_reads_what" (
    "said" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "who_reads_what_pkey" PRIMARY KEY ("said")
);

-- CreateTable
CREATE TABLE "notice_deferral" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "ground" "InformationGround" NOT NULL,
    "review_on" DATE NOT NULL,
    "deferred_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deferred_by_id" UUID NOT NULL,

    CONSTRAINT "notice_deferral_pkey" PRIMARY KEY ("id")
);

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
    "opener_id" UUID,
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
    "opener_id" UUID,

    CONSTRAINT "case_person_pkey" PRIMARY KEY ("case_id","person_id")
);

-- CreateTable
CREATE TABLE "assignment" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "ends_at" TIMESTAMPTZ(3),
    "assigned_by_id" UUID,

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "planned_reassignment" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "from_worker_id" UUID NOT NULL,
    "to_worker_id" UUID NOT NULL,
    "takes_effect_at" TIMESTAMPTZ(3) NOT NULL,
    "planned_by_id" UUID NOT NULL,
    "planned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" "PlannedReassignmentOutcome",
    "ended_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "planned_reassignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "absence" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "worker_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "declared_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "contradicted_at" TIMESTAMPTZ(3),
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
    "opener_id" UUID,

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
    "kept_back" BOOLEAN NOT NULL DEFAULT false,
    "readable_until" TIMESTAMPTZ(3),

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
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "handover_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "handover_task" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "to_worker_id" UUID NOT NULL,
    "reassigned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answer" "HandoverAnswer",
    "reason" "KeepReason",
    "since" DATE,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "handover_task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "handover_note" (
    "handover_id" UUID NOT NULL,
    "note_id" UUID NOT NULL,
    "note_version" INTEGER NOT NULL,

    CONSTRAINT "handover_note_pkey" PRIMARY KEY ("handover_id","note_id")
);

-- CreateTable
CREATE TABLE "release" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "ground" "ReleaseGround" NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "approved_by_id" UUID,
    "approved_at" TIMESTAMPTZ(3),
    "lapsed_at" TIMESTAMPTZ(3),
    "district_id" UUID NOT NULL,
    "assignment_id" UUID,
    "assigned_by_id" UUID,
    "holder_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "waits_until" TIMESTAMPTZ(3) NOT NULL,
    "objected_at" TIMESTAMPTZ(3),
    "refused_by_id" UUID,
    "refused_at" TIMESTAMPTZ(3),
    "person_told_at" TIMESTAMPTZ(3),
    "asked_until" TIMESTAMPTZ(3),
    "open_until" TIMESTAMPTZ(3),

    CONSTRAINT "release_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release_answer" (
    "release_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "answer" "HandoverAnswer",
    "reason" "KeepReason",
    "since" DATE,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "release_answer_pkey" PRIMARY KEY ("release_id","worker_id")
);

-- CreateTable
CREATE TABLE "danger_statement" (
    "release_id" UUID NOT NULL,
    "facts" TEXT NOT NULL,
    "author_called_at" TIMESTAMPTZ(3) NOT NULL,
    "author_call" "AuthorCall" NOT NULL,

    CONSTRAINT "danger_statement_pkey" PRIMARY KEY ("release_id")
);

-- CreateTable
CREATE TABLE "release_review" (
    "release_id" UUID NOT NULL,
    "as_role" "Role" NOT NULL,
    "reviewed_by_id" UUID NOT NULL,
    "opinion" "ReviewOpinion" NOT NULL,
    "reviewed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "release_review_pkey" PRIMARY KEY ("release_id","as_role")
);

-- CreateTable
CREATE TABLE "release_note" (
    "release_id" UUID NOT NULL,
    "note_id" UUID NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "release_note_pkey" PRIMARY KEY ("release_id","note_id")
);

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

-- CreateTable
CREATE TABLE "agreed_word" (
    "person_id" UUID NOT NULL,
    "word_hash" BYTEA NOT NULL,

    CONSTRAINT "agreed_word_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "look_up_turn" (
    "worker_id" UUID NOT NULL,

    CONSTRAINT "look_up_turn_pkey" PRIMARY KEY ("worker_id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "worker_id" UUID NOT NULL,
    "kind" "NotificationKind" NOT NULL,
    "case_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
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
    "places" INTEGER,

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
    "shown_version" INTEGER NOT NULL DEFAULT 1,
    "place" TEXT,
    "place_by_id" UUID,
    "asked_by" "AskedBy",
    "booked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "booked_at_desk" BOOLEAN NOT NULL DEFAULT false,
    "status_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cancellation_reason" "CancellationReason",
    "expected_back_at" TIMESTAMPTZ(3),
    "back_at" TIMESTAMPTZ(3),
    "places" INTEGER,
    "places_named" INTEGER NOT NULL DEFAULT 0,
    "places_unnamed" INTEGER NOT NULL DEFAULT 0,
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
    "outcome" "AppointmentStatus",
    "version" INTEGER NOT NULL DEFAULT 1,
    "district_id" UUID NOT NULL,
    "case_worker_id" UUID,
    "worker_ids" UUID[],
    "known_until" TIMESTAMPTZ(3),
    "contact_worker_ids" UUID[],
    "contact_from" TIMESTAMPTZ(3),
    "contact_until" TIMESTAMPTZ(3),
    "contact_said" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "appointment_person_pkey" PRIMARY KEY ("appointment_id","person_id")
);

-- CreateTable
CREATE TABLE "appointment_notice" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "appointment_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "kind" "AppointmentNoticeKind" NOT NULL,
    "previous_starts_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),
    "outcome" "AppointmentNoticeOutcome",
    "reminds_of" TIMESTAMPTZ(3),
    "sending" "DispatchStatus",
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "appointment_notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "online_booking" (
    "appointment_id" UUID NOT NULL,
    "client_id" UUID,
    "person_id" UUID NOT NULL,
    "secret_hash" BYTEA,
    "booked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "online_booking_pkey" PRIMARY KEY ("appointment_id")
);

-- CreateTable
CREATE TABLE "appointment_participant" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "appointment_id" UUID NOT NULL,
    "kind" "ParticipantKind" NOT NULL,
    "language" TEXT,
    "mode" "AppointmentMode" NOT NULL DEFAULT 'ON_SITE',
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "appointment_participant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appointment_request" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "person_id" UUID,
    "reference" TEXT,
    "called_name" TEXT,
    "contact" "SafeContact" NOT NULL DEFAULT 'NONE',
    "phone" TEXT,
    "case_id" UUID,
    "type_code" TEXT NOT NULL,
    "mode" "AppointmentMode",
    "urgency" "Urgency" NOT NULL DEFAULT 'ORDINARY',
    "status" "RequestStatus" NOT NULL DEFAULT 'WAITING',
    "asked_by" "AskedBy",
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "rank_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),
    "wanted_from" DATE,
    "wanted_until" DATE,
    "case_worker_only" BOOLEAN NOT NULL DEFAULT false,
    "duty_worker_only" BOOLEAN NOT NULL DEFAULT false,
    "present_until" TIMESTAMPTZ(3),
    "duty_worker_id" UUID,
    "appointment_id" UUID,
    "show_online" BOOLEAN NOT NULL DEFAULT false,
    "case_worker_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "shown_version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "appointment_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "slot_offer" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "request_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "mode" "AppointmentMode" NOT NULL,
    "place" TEXT,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "channel" "OfferChannel" NOT NULL,
    "offered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answer_by" TIMESTAMPTZ(3) NOT NULL,
    "status" "OfferStatus" NOT NULL DEFAULT 'HELD',
    "answered_at" TIMESTAMPTZ(3),
    "told_at" TIMESTAMPTZ(3),
    "sending" "DispatchStatus",
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "slot_offer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "offer_skip" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "offer_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "reason" "SkipReason" NOT NULL,
    "skipped_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "offer_skip_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "offer_wake" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "offer_wake_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "occupancy" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "worker_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "appointment_id" UUID,
    "offer_id" UUID,
    "expires_at" TIMESTAMPTZ(3),
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "occupancy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_feed" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "worker_id" UUID,
    "person_id" UUID,
    "client_id" UUID NOT NULL,
    "label" TEXT,
    "secret_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "calendar_feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "availability" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "worker_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "modes" "AppointmentMode"[],
    "place" TEXT,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "opens_at" TIME(0) NOT NULL,
    "closes_at" TIME(0) NOT NULL,
    "recurrence" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "availability_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "availability_type" (
    "availability_id" UUID NOT NULL,
    "type_code" TEXT NOT NULL,

    CONSTRAINT "availability_type_pkey" PRIMARY KEY ("availability_id","type_code")
);

-- CreateTable
CREATE TABLE "availability_occurrence" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "availability_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "closed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "availability_occurrence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unavailability" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "worker_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "outside_calendar_id" UUID,

    CONSTRAINT "unavailability_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outside_calendar" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "worker_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reaches_until" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "outside_calendar_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "free_time" (
    "occurrence_id" UUID NOT NULL,
    "type_code" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "worker_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "modes" "AppointmentMode"[],
    "place" TEXT,

    CONSTRAINT "free_time_pkey" PRIMARY KEY ("occurrence_id","type_code","starts_at")
);

-- CreateTable
CREATE TABLE "visit" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "kind" "VisitKind" NOT NULL,
    "day" DATE NOT NULL,
    "ticket" INTEGER NOT NULL,
    "person_id" UUID,
    "appointment_id" UUID,
    "worker_id" UUID,
    "arrived_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "taken_in_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "outcome" "VisitOutcome",
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "visit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "person_id" UUID,
    "name" TEXT,
    "phone" TEXT,
    "call_from" TIMESTAMPTZ(3),
    "call_until" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "text" TEXT,
    "from_worker_id" UUID,

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_known" (
    "source_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "known_until" TIMESTAMPTZ(3) NOT NULL,
    "contact" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "person_known_pkey" PRIMARY KEY ("source_id")
);

-- CreateTable
CREATE TABLE "waiting_day" (
    "district_id" UUID NOT NULL,
    "type_code" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "third_next_days" INTEGER,
    "withheld" "Withheld",

    CONSTRAINT "waiting_day_pkey" PRIMARY KEY ("district_id","type_code","day")
);

-- CreateTable
CREATE TABLE "encounter" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "held_by_id" UUID NOT NULL,
    "reader_id" UUID,
    "person_id" UUID,
    "visit_id" UUID,
    "appointment_id" UUID,
    "body" BYTEA,
    "held_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "case_id" UUID,
    "passed_to_id" UUID,
    "passed_on_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "encounter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "encounter_key" (
    "encounter_id" UUID NOT NULL,
    "master_key_id" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,

    CONSTRAINT "encounter_key_pkey" PRIMARY KEY ("encounter_id")
);

-- CreateTable
CREATE TABLE "indicator" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "code" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "label_fr" TEXT NOT NULL,
    "label_en" TEXT NOT NULL,
    "definition_fr" TEXT NOT NULL,
    "counts_fr" TEXT NOT NULL,
    "does_not_count_fr" TEXT NOT NULL,
    "measure" TEXT,
    "unit" "IndicatorUnit" NOT NULL,
    "kind" "IndicatorKind" NOT NULL,
    "dimensions" TEXT[],
    "given_by" "IndicatorTerritory",
    "status" "IndicatorStatus" NOT NULL DEFAULT 'PROPOSED',
    "proposed_in_id" UUID,
    "proposed_on" DATE NOT NULL,
    "consulted_from" DATE,
    "consulted_until" DATE,
    "adopted_on" DATE,
    "retired_on" DATE,
    "refusal" "IndicatorRefusal",
    "refusal_text" TEXT,
    "place" INTEGER,

    CONSTRAINT "indicator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "indicator_decision" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "indicator_id" UUID NOT NULL,
    "kind" "IndicatorDecisionKind" NOT NULL,
    "refusal" "IndicatorRefusal",
    "reason" TEXT NOT NULL,
    "worker_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "said_on" DATE NOT NULL,

    CONSTRAINT "indicator_decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "erratum" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "period" TEXT NOT NULL,
    "indicator_code" TEXT,
    "district_id" UUID,
    "text_fr" TEXT NOT NULL,
    "text_en" TEXT,
    "recalls" BOOLEAN NOT NULL DEFAULT false,
    "proposed_by_id" UUID NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_on" DATE NOT NULL,
    "signed_by_id" UUID,
    "signed_by" TEXT,
    "published_on" DATE,
    "withdrawn_on" DATE,

    CONSTRAINT "erratum_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "indicator_speaker" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "indicator_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "worker_id" UUID,
    "name" TEXT,
    "is_named" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "indicator_speaker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "indicator_voice" (
    "speaker_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "indicator_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "position" "VoicePosition" NOT NULL,
    "words" TEXT,
    "stated_on" DATE NOT NULL,

    CONSTRAINT "indicator_voice_pkey" PRIMARY KEY ("speaker_id","version")
);

-- CreateTable
CREATE TABLE "indicator_observation" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "code" TEXT NOT NULL,
    "district_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "stated_on" DATE NOT NULL,

    CONSTRAINT "indicator_observation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "snapshot" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "period" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "frozen_on" DATE NOT NULL,
    "method_version" INTEGER NOT NULL,
    "secret_mark" BYTEA NOT NULL,

    CONSTRAINT "snapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "snapshot_dimension" (
    "snapshot_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "label_fr" TEXT NOT NULL,
    "label_en" TEXT NOT NULL,
    "categories" TEXT[],
    "categories_fr" TEXT[],
    "categories_en" TEXT[],

    CONSTRAINT "snapshot_dimension_pkey" PRIMARY KEY ("snapshot_id","code")
);

-- CreateTable
CREATE TABLE "snapshot_table" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "snapshot_id" UUID NOT NULL,
    "indicator_id" UUID NOT NULL,
    "district_id" UUID,
    "dimensions" TEXT[],
    "cells" INTEGER[],
    "bases" INTEGER[],

    CONSTRAINT "snapshot_table_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity_report" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID,
    "year" INTEGER NOT NULL,
    "social_workers" INTEGER,
    "receptionists" INTEGER,
    "population" INTEGER,
    "days_open" INTEGER,
    "published_on" DATE,
    "published_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "activity_report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity_report_text" (
    "report_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "narrative" TEXT,
    "narrative_en" TEXT,
    "written_by_id" UUID,
    "stated_on" DATE NOT NULL,

    CONSTRAINT "activity_report_text_pkey" PRIMARY KEY ("report_id","version")
);

-- CreateTable
CREATE TABLE "activity_report_signature" (
    "report_id" UUID NOT NULL,
    "text_version" INTEGER NOT NULL,
    "worker_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "signed_on" DATE NOT NULL,

    CONSTRAINT "activity_report_signature_pkey" PRIMARY KEY ("report_id","text_version","worker_id")
);

-- CreateTable
CREATE TABLE "activity_report_table" (
    "report_id" UUID NOT NULL,
    "table_id" UUID NOT NULL,

    CONSTRAINT "activity_report_table_pkey" PRIMARY KEY ("report_id","table_id")
);

-- CreateTable
CREATE TABLE "referral" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "to_district_id" UUID,
    "to_worker_id" UUID,
    "to_organisation_id" UUID,
    "sent_by_id" UUID NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answer_by" TIMESTAMPTZ(3) NOT NULL,
    "status" "ReferralStatus" NOT NULL DEFAULT 'SENT',
    "refusal" "ReferralRefusal",
    "closed_at" TIMESTAMPTZ(3),
    "online_person_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "district_id" UUID NOT NULL,
    "assigned_worker_id" UUID,
    "mission" "Mission" NOT NULL,

    CONSTRAINT "referral_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "referral_content" (
    "referral_id" UUID NOT NULL,
    "body" TEXT,
    "need_codes" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "referral_content_pkey" PRIMARY KEY ("referral_id")
);

-- CreateTable
CREATE TABLE "referral_person" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "referral_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "assigned_worker_id" UUID,
    "to_district_id" UUID,
    "to_worker_id" UUID,
    "status" "ReferralStatus" NOT NULL,
    "online" BOOLEAN NOT NULL,
    "opened_case_id" UUID,

    CONSTRAINT "referral_person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incoming_request" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "partner" "PartnerKind" NOT NULL,
    "mandated" BOOLEAN NOT NULL DEFAULT false,
    "person_id" UUID,
    "name" TEXT,
    "received_on" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answer_by" TIMESTAMPTZ(3) NOT NULL,
    "inform_by" TIMESTAMPTZ(3),
    "informed_at" TIMESTAMPTZ(3),
    "child_protection" BOOLEAN NOT NULL DEFAULT false,
    "deferral_ground" "InformationGround",
    "review_by" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "status" "IncomingRequestStatus" NOT NULL DEFAULT 'RECEIVED',
    "worker_id" UUID,
    "closed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "incoming_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incoming_request_content" (
    "request_id" UUID NOT NULL,
    "body" TEXT NOT NULL,

    CONSTRAINT "incoming_request_content_pkey" PRIMARY KEY ("request_id")
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
    "line_id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "blanked" BOOLEAN NOT NULL DEFAULT false,
    "client_id" UUID,
    "token_digest" TEXT,
    "ground" TEXT,

    CONSTRAINT "access_log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dispatch" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "notice_id" UUID,
    "notice_version" INTEGER,
    "offer_id" UUID,
    "channel" "DispatchChannel" NOT NULL,
    "status" "DispatchStatus" NOT NULL DEFAULT 'DUE',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "dispatch_pkey" PRIMARY KEY ("id")
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
CREATE UNIQUE INDEX "organisation_source_source_id_key" ON "organisation"("source", "source_id");

-- CreateIndex
CREATE INDEX "organisation_theme_theme_name_key_organisation_id_idx" ON "organisation_theme"("theme", "name_key", "organisation_id");

-- CreateIndex
CREATE INDEX "organisation_theme_theme_commune_code_name_key_organisation_idx" ON "organisation_theme"("theme", "commune_code", "name_key", "organisation_id");

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
CREATE INDEX "person_address_person_id_idx" ON "person_address"("person_id");

-- CreateIndex
CREATE INDEX "person_address_case_id_idx" ON "person_address"("case_id");

-- CreateIndex
CREATE INDEX "safe_address_person_id_idx" ON "safe_address"("person_id");

-- CreateIndex
CREATE INDEX "home_word_case_id_idx" ON "home_word"("case_id");

-- CreateIndex
CREATE INDEX "home_word_worker_id_idx" ON "home_word"("worker_id");

-- CreateIndex
CREATE INDEX "person_account_person_id_idx" ON "person_account"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "person_account_issuer_subject_key" ON "person_account"("issuer", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "privacy_notice_draft_id_key" ON "privacy_notice"("draft_id");

-- CreateIndex
CREATE INDEX "privacy_notice_published_by_id_idx" ON "privacy_notice"("published_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "privacy_notice_kind_version_key" ON "privacy_notice"("kind", "version");

-- CreateIndex
CREATE INDEX "notice_deferral_case_id_person_id_deferred_at_id_idx" ON "notice_deferral"("case_id", "person_id", "deferred_at", "id");

-- CreateIndex
CREATE INDEX "notice_deferral_deferred_by_id_idx" ON "notice_deferral"("deferred_by_id");

-- CreateIndex
CREATE INDEX "privacy_notice_draft_drafted_at_id_idx" ON "privacy_notice_draft"("drafted_at", "id");

-- CreateIndex
CREATE INDEX "privacy_notice_draft_drafted_by_id_idx" ON "privacy_notice_draft"("drafted_by_id");

-- CreateIndex
CREATE INDEX "privacy_notice_draft_opinion_by_id_idx" ON "privacy_notice_draft"("opinion_by_id");

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
CREATE INDEX "case_assigned_worker_id_district_id_opened_at_id_idx" ON "case"("assigned_worker_id", "district_id", "opened_at", "id");

-- CreateIndex
CREATE INDEX "case_opener_id_idx" ON "case"("opener_id");

-- CreateIndex
CREATE INDEX "case_person_person_id_idx" ON "case_person"("person_id");

-- CreateIndex
CREATE INDEX "case_person_opener_id_idx" ON "case_person"("opener_id");

-- CreateIndex
CREATE INDEX "assignment_case_id_starts_at_idx" ON "assignment"("case_id", "starts_at");

-- CreateIndex
CREATE INDEX "assignment_worker_id_idx" ON "assignment"("worker_id");

-- CreateIndex
CREATE INDEX "planned_reassignment_case_id_idx" ON "planned_reassignment"("case_id");

-- CreateIndex
CREATE INDEX "absence_worker_id_idx" ON "absence"("worker_id");

-- CreateIndex
CREATE INDEX "absence_district_id_declared_at_idx" ON "absence"("district_id", "declared_at");

-- CreateIndex
CREATE INDEX "relay_stand_in_id_idx" ON "relay"("stand_in_id");

-- CreateIndex
CREATE INDEX "relay_absent_worker_id_idx" ON "relay"("absent_worker_id");

-- CreateIndex
CREATE INDEX "relay_district_id_ends_at_idx" ON "relay"("district_id", "ends_at");

-- CreateIndex
CREATE INDEX "need_case_id_starts_on_idx" ON "need"("case_id", "starts_on");

-- CreateIndex
CREATE INDEX "need_person_id_idx" ON "need"("person_id");

-- CreateIndex
CREATE INDEX "need_code_idx" ON "need"("code");

-- CreateIndex
CREATE INDEX "need_opener_id_idx" ON "need"("opener_id");

-- CreateIndex
CREATE INDEX "interview_note_case_id_reader_id_written_at_id_idx" ON "interview_note"("case_id", "reader_id", "written_at", "id");

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
CREATE INDEX "handover_task_worker_id_idx" ON "handover_task"("worker_id");

-- CreateIndex
CREATE INDEX "handover_task_case_id_idx" ON "handover_task"("case_id");

-- CreateIndex
CREATE INDEX "handover_note_note_id_idx" ON "handover_note"("note_id");

-- CreateIndex
CREATE INDEX "release_case_id_idx" ON "release"("case_id");

-- CreateIndex
CREATE INDEX "release_requested_by_id_requested_at_idx" ON "release"("requested_by_id", "requested_at");

-- CreateIndex
CREATE INDEX "release_approved_by_id_idx" ON "release"("approved_by_id");

-- CreateIndex
CREATE INDEX "release_holder_ids_idx" ON "release" USING GIN ("holder_ids");

-- CreateIndex
CREATE INDEX "release_answer_worker_id_idx" ON "release_answer"("worker_id");

-- CreateIndex
CREATE INDEX "release_review_reviewed_by_id_idx" ON "release_review"("reviewed_by_id");

-- CreateIndex
CREATE INDEX "release_note_note_id_idx" ON "release_note"("note_id");

-- CreateIndex
CREATE INDEX "notification_worker_id_created_at_id_idx" ON "notification"("worker_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "notification_case_id_idx" ON "notification"("case_id");

-- CreateIndex
CREATE INDEX "appointment_district_id_starts_at_id_idx" ON "appointment"("district_id", "starts_at", "id");

-- CreateIndex
CREATE INDEX "appointment_case_worker_id_district_id_starts_at_id_idx" ON "appointment"("case_worker_id", "district_id", "starts_at", "id");

-- CreateIndex
CREATE INDEX "appointment_case_id_starts_at_idx" ON "appointment"("case_id", "starts_at");

-- CreateIndex
CREATE INDEX "appointment_type_code_idx" ON "appointment"("type_code");

-- CreateIndex
CREATE INDEX "appointment_worker_worker_id_idx" ON "appointment_worker"("worker_id");

-- CreateIndex
CREATE INDEX "appointment_person_person_id_idx" ON "appointment_person"("person_id");

-- CreateIndex
CREATE INDEX "appointment_notice_appointment_id_idx" ON "appointment_notice"("appointment_id");

-- CreateIndex
CREATE INDEX "appointment_notice_person_id_idx" ON "appointment_notice"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_notice_reminder" ON "appointment_notice"("appointment_id", "person_id", "reminds_of");

-- CreateIndex
CREATE UNIQUE INDEX "online_booking_secret_hash_key" ON "online_booking"("secret_hash");

-- CreateIndex
CREATE INDEX "online_booking_client_id_booked_at_idx" ON "online_booking"("client_id", "booked_at");

-- CreateIndex
CREATE INDEX "online_booking_person_id_booked_at_idx" ON "online_booking"("person_id", "booked_at");

-- CreateIndex
CREATE INDEX "appointment_participant_appointment_id_idx" ON "appointment_participant"("appointment_id");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_request_reference_key" ON "appointment_request"("reference");

-- CreateIndex
CREATE INDEX "appointment_request_person_id_idx" ON "appointment_request"("person_id");

-- CreateIndex
CREATE INDEX "appointment_request_case_id_idx" ON "appointment_request"("case_id");

-- CreateIndex
CREATE INDEX "appointment_request_appointment_id_idx" ON "appointment_request"("appointment_id");

-- CreateIndex
CREATE INDEX "appointment_request_district_id_closed_at_idx" ON "appointment_request"("district_id", "closed_at");

-- CreateIndex
CREATE INDEX "slot_offer_request_id_offered_at_idx" ON "slot_offer"("request_id", "offered_at");

-- CreateIndex
CREATE INDEX "slot_offer_worker_id_idx" ON "slot_offer"("worker_id");

-- CreateIndex
CREATE INDEX "slot_offer_district_id_offered_at_idx" ON "slot_offer"("district_id", "offered_at");

-- CreateIndex
CREATE INDEX "offer_skip_request_id_skipped_at_idx" ON "offer_skip"("request_id", "skipped_at");

-- CreateIndex
CREATE UNIQUE INDEX "offer_skip_offer_id_request_id_key" ON "offer_skip"("offer_id", "request_id");

-- CreateIndex
CREATE INDEX "offer_wake_district_id_due_at_idx" ON "offer_wake"("district_id", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "occupancy_offer_id_key" ON "occupancy"("offer_id");

-- CreateIndex
CREATE INDEX "occupancy_worker_id_starts_at_idx" ON "occupancy"("worker_id", "starts_at");

-- CreateIndex
CREATE INDEX "occupancy_appointment_id_idx" ON "occupancy"("appointment_id");

-- CreateIndex
CREATE INDEX "occupancy_district_id_idx" ON "occupancy"("district_id");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feed_secret_hash_key" ON "calendar_feed"("secret_hash");

-- CreateIndex
CREATE INDEX "calendar_feed_worker_id_created_at_idx" ON "calendar_feed"("worker_id", "created_at");

-- CreateIndex
CREATE INDEX "calendar_feed_person_id_created_at_idx" ON "calendar_feed"("person_id", "created_at");

-- CreateIndex
CREATE INDEX "calendar_feed_client_id_idx" ON "calendar_feed"("client_id");

-- CreateIndex
CREATE INDEX "availability_worker_id_district_id_starts_on_idx" ON "availability"("worker_id", "district_id", "starts_on");

-- CreateIndex
CREATE INDEX "availability_district_id_ends_on_idx" ON "availability"("district_id", "ends_on");

-- CreateIndex
CREATE INDEX "availability_type_type_code_idx" ON "availability_type"("type_code");

-- CreateIndex
CREATE INDEX "availability_occurrence_worker_id_starts_at_idx" ON "availability_occurrence"("worker_id", "starts_at");

-- CreateIndex
CREATE INDEX "availability_occurrence_district_id_starts_at_idx" ON "availability_occurrence"("district_id", "starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "availability_occurrence_availability_id_starts_at_key" ON "availability_occurrence"("availability_id", "starts_at");

-- CreateIndex
CREATE INDEX "unavailability_worker_id_starts_at_idx" ON "unavailability"("worker_id", "starts_at");

-- CreateIndex
CREATE INDEX "unavailability_outside_calendar_id_starts_at_idx" ON "unavailability"("outside_calendar_id", "starts_at");

-- CreateIndex
CREATE INDEX "unavailability_district_id_idx" ON "unavailability"("district_id");

-- CreateIndex
CREATE INDEX "outside_calendar_worker_id_imported_at_idx" ON "outside_calendar"("worker_id", "imported_at");

-- CreateIndex
CREATE INDEX "outside_calendar_district_id_idx" ON "outside_calendar"("district_id");

-- CreateIndex
CREATE INDEX "free_time_district_id_type_code_starts_at_worker_id_idx" ON "free_time"("district_id", "type_code", "starts_at", "worker_id");

-- CreateIndex
CREATE INDEX "free_time_worker_id_type_code_starts_at_idx" ON "free_time"("worker_id", "type_code", "starts_at");

-- CreateIndex
CREATE INDEX "free_time_type_code_starts_at_district_id_idx" ON "free_time"("type_code", "starts_at", "district_id");

-- CreateIndex
CREATE INDEX "visit_district_id_day_arrived_at_id_idx" ON "visit"("district_id", "day", "arrived_at", "id");

-- CreateIndex
CREATE INDEX "visit_worker_id_district_id_day_arrived_at_id_idx" ON "visit"("worker_id", "district_id", "day", "arrived_at", "id");

-- CreateIndex
CREATE INDEX "visit_person_id_idx" ON "visit"("person_id");

-- CreateIndex
CREATE INDEX "visit_appointment_id_idx" ON "visit"("appointment_id");

-- CreateIndex
CREATE UNIQUE INDEX "visit_district_id_day_ticket_key" ON "visit"("district_id", "day", "ticket");

-- CreateIndex
CREATE INDEX "message_from_worker_id_idx" ON "message"("from_worker_id");

-- CreateIndex
CREATE INDEX "message_worker_id_sent_at_id_idx" ON "message"("worker_id", "sent_at", "id");

-- CreateIndex
CREATE INDEX "message_person_id_idx" ON "message"("person_id");

-- CreateIndex
CREATE INDEX "message_district_id_idx" ON "message"("district_id");

-- CreateIndex
CREATE INDEX "person_known_person_id_worker_id_idx" ON "person_known"("person_id", "worker_id");

-- CreateIndex
CREATE INDEX "person_known_worker_id_idx" ON "person_known"("worker_id");

-- CreateIndex
CREATE INDEX "person_known_district_id_idx" ON "person_known"("district_id");

-- CreateIndex
CREATE INDEX "waiting_day_type_code_idx" ON "waiting_day"("type_code");

-- CreateIndex
CREATE INDEX "encounter_reader_id_held_at_id_idx" ON "encounter"("reader_id", "held_at", "id");

-- CreateIndex
CREATE INDEX "encounter_district_id_idx" ON "encounter"("district_id");

-- CreateIndex
CREATE INDEX "encounter_held_by_id_idx" ON "encounter"("held_by_id");

-- CreateIndex
CREATE INDEX "encounter_passed_to_id_idx" ON "encounter"("passed_to_id");

-- CreateIndex
CREATE INDEX "encounter_person_id_idx" ON "encounter"("person_id");

-- CreateIndex
CREATE INDEX "encounter_visit_id_idx" ON "encounter"("visit_id");

-- CreateIndex
CREATE INDEX "encounter_appointment_id_idx" ON "encounter"("appointment_id");

-- CreateIndex
CREATE INDEX "encounter_case_id_idx" ON "encounter"("case_id");

-- CreateIndex
CREATE INDEX "encounter_key_master_key_id_idx" ON "encounter_key"("master_key_id");

-- CreateIndex
CREATE UNIQUE INDEX "indicator_place_key" ON "indicator"("place");

-- CreateIndex
CREATE INDEX "indicator_proposed_in_id_idx" ON "indicator"("proposed_in_id");

-- CreateIndex
CREATE UNIQUE INDEX "indicator_code_version_key" ON "indicator"("code", "version");

-- CreateIndex
CREATE INDEX "indicator_decision_worker_id_idx" ON "indicator_decision"("worker_id");

-- CreateIndex
CREATE UNIQUE INDEX "indicator_decision_indicator_id_kind_worker_id_key" ON "indicator_decision"("indicator_id", "kind", "worker_id");

-- CreateIndex
CREATE INDEX "erratum_period_indicator_code_idx" ON "erratum"("period", "indicator_code");

-- CreateIndex
CREATE INDEX "erratum_district_id_idx" ON "erratum"("district_id");

-- CreateIndex
CREATE INDEX "erratum_proposed_by_id_idx" ON "erratum"("proposed_by_id");

-- CreateIndex
CREATE INDEX "erratum_signed_by_id_idx" ON "erratum"("signed_by_id");

-- CreateIndex
CREATE INDEX "indicator_speaker_district_id_idx" ON "indicator_speaker"("district_id");

-- CreateIndex
CREATE INDEX "indicator_speaker_worker_id_idx" ON "indicator_speaker"("worker_id");

-- CreateIndex
CREATE UNIQUE INDEX "indicator_speaker_indicator_id_worker_id_key" ON "indicator_speaker"("indicator_id", "worker_id");

-- CreateIndex
CREATE UNIQUE INDEX "indicator_speaker_id_indicator_id_district_id_key" ON "indicator_speaker"("id", "indicator_id", "district_id");

-- CreateIndex
CREATE INDEX "indicator_voice_indicator_id_district_id_idx" ON "indicator_voice"("indicator_id", "district_id");

-- CreateIndex
CREATE INDEX "indicator_voice_district_id_idx" ON "indicator_voice"("district_id");

-- CreateIndex
CREATE INDEX "indicator_observation_district_id_year_code_idx" ON "indicator_observation"("district_id", "year", "code");

-- CreateIndex
CREATE INDEX "indicator_observation_code_year_stated_on_id_idx" ON "indicator_observation"("code", "year", "stated_on", "id");

-- CreateIndex
CREATE UNIQUE INDEX "snapshot_period_key" ON "snapshot"("period");

-- CreateIndex
CREATE INDEX "snapshot_table_indicator_id_idx" ON "snapshot_table"("indicator_id");

-- CreateIndex
CREATE INDEX "snapshot_table_district_id_idx" ON "snapshot_table"("district_id");

-- CreateIndex
CREATE INDEX "activity_report_district_id_idx" ON "activity_report"("district_id");

-- CreateIndex
CREATE INDEX "activity_report_published_by_id_idx" ON "activity_report"("published_by_id");

-- CreateIndex
CREATE INDEX "activity_report_text_written_by_id_idx" ON "activity_report_text"("written_by_id");

-- CreateIndex
CREATE INDEX "activity_report_signature_worker_id_idx" ON "activity_report_signature"("worker_id");

-- CreateIndex
CREATE INDEX "activity_report_signature_district_id_idx" ON "activity_report_signature"("district_id");

-- CreateIndex
CREATE INDEX "activity_report_table_table_id_idx" ON "activity_report_table"("table_id");

-- CreateIndex
CREATE INDEX "referral_case_id_sent_at_id_idx" ON "referral"("case_id", "sent_at", "id");

-- CreateIndex
CREATE INDEX "referral_to_district_id_answer_by_id_idx" ON "referral"("to_district_id", "answer_by", "id");

-- CreateIndex
CREATE INDEX "referral_to_worker_id_to_district_id_answer_by_id_idx" ON "referral"("to_worker_id", "to_district_id", "answer_by", "id");

-- CreateIndex
CREATE INDEX "referral_to_organisation_id_idx" ON "referral"("to_organisation_id");

-- CreateIndex
CREATE INDEX "referral_online_person_id_sent_at_id_idx" ON "referral"("online_person_id", "sent_at", "id");

-- CreateIndex
CREATE INDEX "referral_sent_by_id_idx" ON "referral"("sent_by_id");

-- CreateIndex
CREATE INDEX "referral_district_id_idx" ON "referral"("district_id");

-- CreateIndex
CREATE UNIQUE INDEX "referral_id_case_id_key" ON "referral"("id", "case_id");

-- CreateIndex
CREATE INDEX "referral_person_person_id_idx" ON "referral_person"("person_id");

-- CreateIndex
CREATE INDEX "referral_person_case_id_person_id_idx" ON "referral_person"("case_id", "person_id");

-- CreateIndex
CREATE INDEX "referral_person_opened_case_id_idx" ON "referral_person"("opened_case_id");

-- CreateIndex
CREATE UNIQUE INDEX "referral_person_referral_id_person_id_key" ON "referral_person"("referral_id", "person_id");

-- CreateIndex
CREATE INDEX "incoming_request_district_id_answer_by_id_idx" ON "incoming_request"("district_id", "answer_by", "id");

-- CreateIndex
CREATE INDEX "incoming_request_worker_id_district_id_answer_by_id_idx" ON "incoming_request"("worker_id", "district_id", "answer_by", "id");

-- CreateIndex
CREATE INDEX "incoming_request_person_id_idx" ON "incoming_request"("person_id");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE INDEX "access_log_actor_id_occurred_at_idx" ON "access_log"("actor_id", "occurred_at");

-- CreateIndex
CREATE UNIQUE INDEX "dispatch_offer_id_key" ON "dispatch"("offer_id");

-- CreateIndex
CREATE UNIQUE INDEX "dispatch_notice_id_notice_version_key" ON "dispatch"("notice_id", "notice_version");

-- AddForeignKey
ALTER TABLE "district" ADD CONSTRAINT "district_commune_code_fkey" FOREIGN KEY ("commune_code") REFERENCES "commune"("insee_code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sector" ADD CONSTRAINT "sector_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sector" ADD CONSTRAINT "sector_commune_code_fkey" FOREIGN KEY ("commune_code") REFERENCES "commune"("insee_code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisation_theme" ADD CONSTRAINT "organisation_theme_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opening_hours" ADD CONSTRAINT "opening_hours_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_ended_by_id_fkey" FOREIGN KEY ("ended_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_end_confirmed_by_id_fkey" FOREIGN KEY ("end_confirmed_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_address" ADD CONSTRAINT "person_address_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_address" ADD CONSTRAINT "person_address_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "safe_address" ADD CONSTRAINT "safe_address_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "safe_address" ADD CONSTRAINT "safe_address_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "withheld_place" ADD CONSTRAINT "withheld_place_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "home_word" ADD CONSTRAINT "home_word_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "home_word" ADD CONSTRAINT "home_word_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "home_word" ADD CONSTRAINT "home_word_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_account" ADD CONSTRAINT "person_account_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "privacy_notice" ADD CONSTRAINT "privacy_notice_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "privacy_notice_draft"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "privacy_notice" ADD CONSTRAINT "privacy_notice_published_by_id_fkey" FOREIGN KEY ("published_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_deferral" ADD CONSTRAINT "notice_deferral_case_id_person_id_fkey" FOREIGN KEY ("case_id", "person_id") REFERENCES "case_person"("case_id", "person_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_deferral" ADD CONSTRAINT "notice_deferral_deferred_by_id_fkey" FOREIGN KEY ("deferred_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "privacy_notice_draft" ADD CONSTRAINT "privacy_notice_draft_drafted_by_id_fkey" FOREIGN KEY ("drafted_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "privacy_notice_draft" ADD CONSTRAINT "privacy_notice_draft_opinion_by_id_fkey" FOREIGN KEY ("opinion_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

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
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_assigned_by_id_fkey" FOREIGN KEY ("assigned_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "planned_reassignment" ADD CONSTRAINT "planned_reassignment_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "planned_reassignment" ADD CONSTRAINT "planned_reassignment_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "planned_reassignment" ADD CONSTRAINT "planned_reassignment_from_worker_id_fkey" FOREIGN KEY ("from_worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "planned_reassignment" ADD CONSTRAINT "planned_reassignment_to_worker_id_fkey" FOREIGN KEY ("to_worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "planned_reassignment" ADD CONSTRAINT "planned_reassignment_planned_by_id_fkey" FOREIGN KEY ("planned_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

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
ALTER TABLE "handover_task" ADD CONSTRAINT "handover_task_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_task" ADD CONSTRAINT "handover_task_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_task" ADD CONSTRAINT "handover_task_to_worker_id_fkey" FOREIGN KEY ("to_worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_note" ADD CONSTRAINT "handover_note_handover_id_fkey" FOREIGN KEY ("handover_id") REFERENCES "handover"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_note" ADD CONSTRAINT "handover_note_note_id_fkey" FOREIGN KEY ("note_id") REFERENCES "interview_note"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_assignment_id_fkey" FOREIGN KEY ("assignment_id") REFERENCES "assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_requested_by_id_fkey" FOREIGN KEY ("requested_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_approved_by_id_fkey" FOREIGN KEY ("approved_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_refused_by_id_fkey" FOREIGN KEY ("refused_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_assigned_by_id_fkey" FOREIGN KEY ("assigned_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_answer" ADD CONSTRAINT "release_answer_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_answer" ADD CONSTRAINT "release_answer_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "danger_statement" ADD CONSTRAINT "danger_statement_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_review" ADD CONSTRAINT "release_review_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_review" ADD CONSTRAINT "release_review_reviewed_by_id_fkey" FOREIGN KEY ("reviewed_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_note" ADD CONSTRAINT "release_note_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_note" ADD CONSTRAINT "release_note_note_id_fkey" FOREIGN KEY ("note_id") REFERENCES "interview_note"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_proposal" ADD CONSTRAINT "contact_proposal_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreed_word" ADD CONSTRAINT "agreed_word_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "look_up_turn" ADD CONSTRAINT "look_up_turn_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

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
ALTER TABLE "appointment_notice" ADD CONSTRAINT "appointment_notice_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_notice" ADD CONSTRAINT "appointment_notice_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_notice" ADD CONSTRAINT "appointment_notice_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "online_booking" ADD CONSTRAINT "online_booking_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "online_booking" ADD CONSTRAINT "online_booking_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "online_booking" ADD CONSTRAINT "online_booking_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_participant" ADD CONSTRAINT "appointment_participant_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_request" ADD CONSTRAINT "appointment_request_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_request" ADD CONSTRAINT "appointment_request_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_request" ADD CONSTRAINT "appointment_request_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_request" ADD CONSTRAINT "appointment_request_type_code_fkey" FOREIGN KEY ("type_code") REFERENCES "appointment_type"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_request" ADD CONSTRAINT "appointment_request_duty_worker_id_fkey" FOREIGN KEY ("duty_worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_request" ADD CONSTRAINT "appointment_request_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slot_offer" ADD CONSTRAINT "slot_offer_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "appointment_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slot_offer" ADD CONSTRAINT "slot_offer_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slot_offer" ADD CONSTRAINT "slot_offer_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer_skip" ADD CONSTRAINT "offer_skip_offer_id_fkey" FOREIGN KEY ("offer_id") REFERENCES "slot_offer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer_skip" ADD CONSTRAINT "offer_skip_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "appointment_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer_wake" ADD CONSTRAINT "offer_wake_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "occupancy" ADD CONSTRAINT "occupancy_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "occupancy" ADD CONSTRAINT "occupancy_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "occupancy" ADD CONSTRAINT "occupancy_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "occupancy" ADD CONSTRAINT "occupancy_offer_id_fkey" FOREIGN KEY ("offer_id") REFERENCES "slot_offer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability" ADD CONSTRAINT "availability_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability" ADD CONSTRAINT "availability_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_type" ADD CONSTRAINT "availability_type_availability_id_fkey" FOREIGN KEY ("availability_id") REFERENCES "availability"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_type" ADD CONSTRAINT "availability_type_type_code_fkey" FOREIGN KEY ("type_code") REFERENCES "appointment_type"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_occurrence" ADD CONSTRAINT "availability_occurrence_availability_id_fkey" FOREIGN KEY ("availability_id") REFERENCES "availability"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unavailability" ADD CONSTRAINT "unavailability_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unavailability" ADD CONSTRAINT "unavailability_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unavailability" ADD CONSTRAINT "unavailability_outside_calendar_id_fkey" FOREIGN KEY ("outside_calendar_id") REFERENCES "outside_calendar"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outside_calendar" ADD CONSTRAINT "outside_calendar_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outside_calendar" ADD CONSTRAINT "outside_calendar_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "free_time" ADD CONSTRAINT "free_time_occurrence_id_fkey" FOREIGN KEY ("occurrence_id") REFERENCES "availability_occurrence"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_from_worker_id_fkey" FOREIGN KEY ("from_worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_known" ADD CONSTRAINT "person_known_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_known" ADD CONSTRAINT "person_known_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_known" ADD CONSTRAINT "person_known_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiting_day" ADD CONSTRAINT "waiting_day_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiting_day" ADD CONSTRAINT "waiting_day_type_code_fkey" FOREIGN KEY ("type_code") REFERENCES "appointment_type"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_held_by_id_fkey" FOREIGN KEY ("held_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_passed_to_id_fkey" FOREIGN KEY ("passed_to_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "encounter_key" ADD CONSTRAINT "encounter_key_encounter_id_fkey" FOREIGN KEY ("encounter_id") REFERENCES "encounter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "indicator" ADD CONSTRAINT "indicator_proposed_in_id_fkey" FOREIGN KEY ("proposed_in_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "indicator_decision" ADD CONSTRAINT "indicator_decision_indicator_id_fkey" FOREIGN KEY ("indicator_id") REFERENCES "indicator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "indicator_decision" ADD CONSTRAINT "indicator_decision_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "erratum" ADD CONSTRAINT "erratum_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "erratum" ADD CONSTRAINT "erratum_proposed_by_id_fkey" FOREIGN KEY ("proposed_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "erratum" ADD CONSTRAINT "erratum_signed_by_id_fkey" FOREIGN KEY ("signed_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "indicator_speaker" ADD CONSTRAINT "indicator_speaker_indicator_id_fkey" FOREIGN KEY ("indicator_id") REFERENCES "indicator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "indicator_speaker" ADD CONSTRAINT "indicator_speaker_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "indicator_speaker" ADD CONSTRAINT "indicator_speaker_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "indicator_voice" ADD CONSTRAINT "indicator_voice_speaker_id_indicator_id_district_id_fkey" FOREIGN KEY ("speaker_id", "indicator_id", "district_id") REFERENCES "indicator_speaker"("id", "indicator_id", "district_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "indicator_observation" ADD CONSTRAINT "indicator_observation_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot_dimension" ADD CONSTRAINT "snapshot_dimension_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "snapshot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot_table" ADD CONSTRAINT "snapshot_table_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "snapshot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot_table" ADD CONSTRAINT "snapshot_table_indicator_id_fkey" FOREIGN KEY ("indicator_id") REFERENCES "indicator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot_table" ADD CONSTRAINT "snapshot_table_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity_report" ADD CONSTRAINT "activity_report_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity_report" ADD CONSTRAINT "activity_report_published_by_id_fkey" FOREIGN KEY ("published_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity_report_text" ADD CONSTRAINT "activity_report_text_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "activity_report"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity_report_text" ADD CONSTRAINT "activity_report_text_written_by_id_fkey" FOREIGN KEY ("written_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity_report_signature" ADD CONSTRAINT "activity_report_signature_report_id_text_version_fkey" FOREIGN KEY ("report_id", "text_version") REFERENCES "activity_report_text"("report_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity_report_signature" ADD CONSTRAINT "activity_report_signature_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity_report_signature" ADD CONSTRAINT "activity_report_signature_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity_report_table" ADD CONSTRAINT "activity_report_table_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "activity_report"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity_report_table" ADD CONSTRAINT "activity_report_table_table_id_fkey" FOREIGN KEY ("table_id") REFERENCES "snapshot_table"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_to_district_id_fkey" FOREIGN KEY ("to_district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_to_worker_id_fkey" FOREIGN KEY ("to_worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_to_organisation_id_fkey" FOREIGN KEY ("to_organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_sent_by_id_fkey" FOREIGN KEY ("sent_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral_content" ADD CONSTRAINT "referral_content_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral_person" ADD CONSTRAINT "referral_person_opened_case_id_fkey" FOREIGN KEY ("opened_case_id") REFERENCES "case"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral_person" ADD CONSTRAINT "referral_person_referral_id_case_id_fkey" FOREIGN KEY ("referral_id", "case_id") REFERENCES "referral"("id", "case_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral_person" ADD CONSTRAINT "referral_person_case_id_person_id_fkey" FOREIGN KEY ("case_id", "person_id") REFERENCES "case_person"("case_id", "person_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incoming_request" ADD CONSTRAINT "incoming_request_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incoming_request" ADD CONSTRAINT "incoming_request_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incoming_request" ADD CONSTRAINT "incoming_request_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incoming_request_content" ADD CONSTRAINT "incoming_request_content_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "incoming_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dispatch" ADD CONSTRAINT "dispatch_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "appointment_notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dispatch" ADD CONSTRAINT "dispatch_offer_id_fkey" FOREIGN KEY ("offer_id") REFERENCES "slot_offer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
create type statistics_record as (unit_id uuid, district_id uuid, worker_id uuid, part boolean, categories text[]);
create or replace function keep_free_time(p_occurrences uuid[]) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if cardinality(p_occurrences) = 0 then return; end if;
  -- A second transaction waits here until the first commits, and then sees the time that the first has taken.
  perform from availability_occurrence where id = any (p_occurrences) order by id for update;
  delete from free_time where occurrence_id = any (p_occurrences);
  insert into free_time (occurrence_id, type_code, starts_at, ends_at, worker_id, district_id, modes, place)
  select o.id, t.code, lower(gap), upper(gap), o.worker_id, o.district_id,
    array(select unnest(v.modes) intersect select unnest(t.modes) order by 1), v.place
  from availability_occurrence o
  join availability v on v.id = o.availability_id
  join worker w on w.id = o.worker_id and w.disabled_at is null
  cross join lateral unnest(tstzmultirange(tstzrange(o.starts_at, o.ends_at))
    - busy_ranges(o.worker_id, o.starts_at, o.ends_at)) gap
  join availability_type vt on vt.availability_id = v.id
  join appointment_type t on t.code = vt.type_code
  where o.id = any (p_occurrences) and not o.closed and v.modes && t.modes
    and exists (select from membership m where m.worker_id = o.worker_id and m.district_id = o.district_id
      and m.starts_at <= o.starts_at and (m.ends_at is null or m.ends_at >= o.ends_at))
    and upper(gap) - lower(gap) >= make_interval(mins => t.duration_minutes);
end $$;
revoke all on function keep_free_time(uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function slots_wanting(p_district uuid, p_workers uuid[], p_type text, p_mode "AppointmentMode",
  p_from timestamptz, p_until timestamptz) returns text
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_found record;
begin
  if not p_district = any (viewer_districts('any')) then return null; end if;
  select count(*) as hours, count(*) filter (where h.of_type) as of_type,
    count(*) filter (where h.of_type and h.of_mode) as of_mode,
    count(*) filter (where h.of_type and h.of_mode and not h.away) as present into v_found
  from (
    select exists (select from availability_type t where t.availability_id = v.id and t.type_code = p_type) as of_type,
      p_mode is null or p_mode = any (v.modes) as of_mode,
      exists (select from absence s where s.worker_id = o.worker_id
          and tstzrange(s.starts_at, s.ends_at) @> tstzrange(o.starts_at, o.ends_at))
        or exists (select from unavailability u where u.worker_id = o.worker_id
          and tstzrange(u.starts_at, u.ends_at) @> tstzrange(o.starts_at, o.ends_at)) as away
    from availability_occurrence o join availability v on v.id = o.availability_id
    where o.district_id = p_district and not o.closed and (p_workers is null or o.worker_id = any (p_workers))
      and o.starts_at < p_until and o.ends_at > p_from and o.starts_at > p_from - interval '12 hours'
    order by o.starts_at limit 3000) h;
  return case
    when v_found.hours = 0 then 'NO_HOURS'
    when v_found.of_type = 0 then 'TYPE_NOT_OFFERED'
    when v_found.of_mode = 0 then 'MODE_NOT_OFFERED'
    when v_found.present = 0 then 'WORKERS_AWAY'
    else 'ALL_TAKEN' end;
end $$;
revoke all on function slots_wanting(uuid,uuid[],text,"AppointmentMode",timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function public_slots(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
  p_until timestamptz, p_minutes integer, p_count integer)
  returns table (starts_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_length interval := make_interval(mins => p_minutes);
begin
  if not exists (select from appointment_type t where t.code = p_type and 'BOOKING_CLIENT' = any (t.bookable_by)) then
    return;
  end if;
  return query
    with gap as (
      -- The gaps that have begun and are not over.
      select b.next as starts_at, max(b.ends_at) as ends_at, b.district_id, b.place, b.modes
      from (
        select f.starts_at + ceil(extract(epoch from p_from - f.starts_at) / (60 * p_minutes)) * v_length as next,
          f.ends_at, f.district_id, f.place, f.modes
        from free_time f
        where f.type_code = p_type and (p_districts is null or f.district_id = any (p_districts))
          and f.starts_at <= p_from and f.starts_at > p_from - interval '12 hours' and f.ends_at >= p_from + v_length
          and (p_mode is null or array_position(f.modes, p_mode) is not null)) b
      where b.ends_at >= b.next + v_length
      group by b.next, b.district_id, b.place, b.modes
      union all
      select * from public_gaps(p_districts, p_type, p_mode, p_from, p_until, v_length, p_count))
    select distinct s.at, g.district_id, g.place, g.modes
    from gap g
    cross join lateral (select at from generate_series(g.starts_at, g.ends_at - v_length, v_length) at limit p_count) s
    where s.at < p_until
    order by s.at, g.district_id, g.place, g.modes limit p_count;
end $$;
revoke all on function public_slots(uuid[],text,"AppointmentMode",timestamptz,timestamptz,int4,int4) from public, cosmos_app, cosmos_jobs;
create or replace function public_gaps(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
  p_until timestamptz, p_length interval, p_count integer)
  returns table (starts_at timestamptz, ends_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if p_districts is null then
    return query
      select f.starts_at, max(f.ends_at), f.district_id, f.place, f.modes
      from free_time f
      where f.type_code = p_type and f.starts_at > p_from and f.starts_at < p_until
        and f.ends_at - f.starts_at >= p_length and (p_mode is null or array_position(f.modes, p_mode) is not null)
      group by f.starts_at, f.district_id, f.place, f.modes
      order by f.starts_at, f.district_id, f.place, f.modes limit p_count;
  else
    return query
      select g.* from unnest(p_districts) d
      cross join lateral (
        select f.starts_at, max(f.ends_at), f.district_id, f.place, f.modes
        from free_time f
        where f.district_id = d and f.type_code = p_type and f.starts_at > p_from and f.starts_at < p_until
          and f.ends_at - f.starts_at >= p_length and (p_mode is null or array_position(f.modes, p_mode) is not null)
        group by f.starts_at, f.district_id, f.place, f.modes
        order by f.starts_at, f.district_id, f.place, f.modes limit p_count) g;
  end if;
end $$;
revoke all on function public_gaps(uuid[],text,"AppointmentMode",timestamptz,timestamptz,interval,int4) from public, cosmos_app, cosmos_jobs;
create or replace function public_hours(p_districts uuid[], p_type text, p_from timestamptz, p_until timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (
    select from availability_type t
    join availability v on v.id = t.availability_id
    join availability_occurrence o on o.availability_id = v.id
    where t.type_code = p_type and (p_districts is null or v.district_id = any (p_districts)) and not o.closed
      and o.starts_at < p_until and o.ends_at > p_from);
revoke all on function public_hours(uuid[],text,timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function agenda_only_ends() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'availability' then
    if new.ends_on > old.ends_on then raise 'hours only end'; end if;
  elsif tg_table_name = 'availability_occurrence' then
    if old.closed and not new.closed then raise 'a closed day stays closed'; end if;
  elsif new.ends_at > old.ends_at then
    raise 'an unavailability only ends';
  end if;
  return new;
end $$;
revoke all on function agenda_only_ends() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function occurrence_takes_its_availability() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select worker_id, district_id into new.worker_id, new.district_id from availability where id = new.availability_id;
  return new;
end $$;
revoke all on function occurrence_takes_its_availability() from public, cosmos_app, cosmos_jobs;
create or replace function occurrences_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_free_time(array(select id from changed));
  return null;
end $$;
revoke all on function occurrences_changed() from public, cosmos_app, cosmos_jobs;
create or replace function busy_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_free_time(array(
    select distinct o.id from changed c join availability_occurrence o on o.worker_id = c.worker_id
      and o.starts_at < coalesce(c.ends_at, 'infinity') and o.ends_at > c.starts_at
      and o.starts_at > c.starts_at - interval '12 hours'));
  return null;
end $$;
revoke all on function busy_changed() from public, cosmos_app, cosmos_jobs;
create or replace function memberships_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_free_time(array(select o.id from availability_occurrence o
    where o.worker_id in (select worker_id from changed) and o.ends_at > now()));
  return null;
end $$;
revoke all on function memberships_changed() from public, cosmos_app, cosmos_jobs;
create or replace function calendar_stays_removed() returns trigger language plpgsql as $$
begin
  if old.removed_at is not null then raise 'what is removed stays so'; end if;
  return new;
end $$;
revoke all on function calendar_stays_removed() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function known_until(p_status "AppointmentStatus", p_ends_at timestamptz) returns timestamptz
  language sql immutable parallel safe
  return case when p_status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE') then p_ends_at + interval '720 hours' end;
revoke all on function known_until("AppointmentStatus",timestamptz) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function known_starts_at(p_appointment uuid, p_person uuid, p_starts_at timestamptz) returns timestamptz
  language sql stable
  return coalesce((select case when n.outcome = 'NOT_REACHED' then n.previous_starts_at end from appointment_notice n
    where n.appointment_id = p_appointment and n.person_id = p_person order by n.created_at desc, n.id limit 1), p_starts_at);
revoke all on function known_starts_at(uuid,uuid,timestamptz) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function place_is_of_hours(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select exists (select from appointment a
    join availability_occurrence o on o.worker_id = any (a.worker_ids) and o.district_id = a.district_id
      and o.starts_at <= a.starts_at and o.starts_at > a.starts_at - interval '12 hours' and o.ends_at >= a.ends_at
    join availability v on v.id = o.availability_id and v.place = a.place
    where a.id = p_appointment);
end;
revoke all on function place_is_of_hours(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function keep_home_day(p_appointment uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update withheld_place w set home_day = case
      when viewer_worker() is null or w.reader_keys && viewer_followings()
        or (a.district_id = any (viewer_districts('receptionist')) and viewer_worker() <> all (a.worker_ids))
        then home_day(a.mode, a.status, a.starts_at)
      when w.home_day is not null and home_day(a.mode, a.status, a.starts_at) is not null
        then greatest(w.home_day, home_day(a.mode, a.status, a.starts_at)) end
    from appointment a where a.id = p_appointment and w.appointment_id = a.id;
end $$;
revoke all on function keep_home_day(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function begin_home_visit(p_appointment uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  delete from home_word where appointment_id = p_appointment;
  insert into home_word (appointment_id) select a.id from appointment a
    where a.id = p_appointment and a.mode = 'HOME' and viewer_worker() is not null and a.district_id <> all (viewer_districts('receptionist'))
      and not exists (select from appointment_person ap where ap.appointment_id = a.id and follows_person(ap.person_id))
    on conflict do nothing;
end $$;
revoke all on function begin_home_visit(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function viewer_books_online() returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp
  as $$ begin
    return (viewer_person() is not null and viewer_has_scope('appointments:write'))
      or (viewer_has_scope('booking')
        and exists (select from client c where c.id = viewer_client() and c.kind = 'INTEGRATION'));
  end $$;
revoke all on function viewer_books_online() from public, cosmos_app, cosmos_jobs;
create or replace function take_public_slot(p_appointment uuid, p_district uuid, p_workers uuid[], p_starts_at timestamptz,
  p_ends_at timestamptz) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform end_expired_holds(p_workers, p_starts_at, p_ends_at);
  for v_nth in 1 .. cardinality(p_workers) loop
    insert into occupancy (worker_id, district_id, appointment_id, starts_at, ends_at)
      values (p_workers[v_nth], p_district, p_appointment, p_starts_at, p_ends_at) on conflict do nothing;
    if found then return v_nth; end if;
  end loop;
  return null;
end $$;
revoke all on function take_public_slot(uuid,uuid,uuid[],timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function public_type(p_type text, p_mode "AppointmentMode") returns setof appointment_type
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select t.* from appointment_type t
  where t.code = p_type and 'BOOKING_CLIENT' = any (t.bookable_by) and p_mode = any (t.modes);
end;
revoke all on function public_type(text,"AppointmentMode") from public, cosmos_app, cosmos_jobs;
create or replace function book_online(p_appointment uuid, p_district uuid, p_type text, p_mode "AppointmentMode",
  p_starts_at timestamptz, p_case uuid, p_asked_by "AskedBy", p_name text, p_reference text, p_secret_hash bytea)
  returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_type appointment_type%rowtype;
  v_worker uuid;
  v_person uuid := viewer_person();
  v_ends_at timestamptz;
  v_workers uuid[];
  v_places text[];
  v_taken integer;
begin
  if not viewer_books_online() or p_starts_at < now() then return '{"outcome": "VIEWER"}'; end if;
  select * into v_type from public_type(p_type, p_mode);
  if not found then return '{"outcome": "TYPE"}'; end if;
  if p_case is not null then
    select assigned_worker_id into v_worker from "case"
      where id = p_case and district_id = p_district and status = 'OPEN' and v_person = any (online_person_ids);
    if not found then return '{"outcome": "CASE"}'; end if;
    if v_worker is null then return '{"outcome": "TAKEN"}'; end if;
  end if;
  v_ends_at := p_starts_at + make_interval(mins => v_type.duration_minutes);
  -- A person has at most 3 coming appointments, and a client books at most 600 in an hour: a front end that is faulty or stolen cannot take
  -- all times of the county.
  if v_person is not null then
    perform pg_advisory_xact_lock(hashtextextended('cosmos:online:' || v_person, 0));
    if (select count(*) from online_booking b join appointment a on a.id = b.appointment_id
        where b.person_id = v_person and b.booked_at > now() - interval '400 days' and a.status = 'BOOKED'
          and a.starts_at > now()) >= 3 then
      return '{"outcome": "TOO_MANY"}';
    end if;
    -- A person cannot have two appointments at once. Only appointments that are shown to them count.
    if exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
        where ap.person_id = v_person and ap.show_online and a.status = 'BOOKED' and a.starts_at < v_ends_at
          and a.ends_at > p_starts_at) then
      return '{"outcome": "OWN"}';
    end if;
  elsif (select count(*) from (select from online_booking b
      where b.client_id = viewer_client() and b.booked_at > now() - interval '1 hour' limit 600) b) >= 600 then
    return '{"outcome": "TOO_MANY"}';
  end if;

  if v_person is null then
    insert into person (district_id, reference, chosen_name, provisional) values (p_district, p_reference, p_name, true)
      returning id into v_person;
  end if;
  insert into appointment (id, district_id, case_id, type_code, mode, asked_by, starts_at, ends_at)
    values (p_appointment, p_district, p_case, p_type, p_mode, p_asked_by, p_starts_at, v_ends_at);
  select array_agg(worker_id), array_agg(place) into v_workers, v_places
    from free_for_public_slot(p_district, p_type, p_mode, p_starts_at, v_ends_at, v_worker);
  v_taken := take_public_slot(p_appointment, p_district, coalesce(v_workers, '{}'), p_starts_at, v_ends_at);
  if v_taken is null then return '{"outcome": "TAKEN"}'; end if;
  update appointment set place = v_places[v_taken] where id = p_appointment and p_mode = 'ON_SITE';
  insert into appointment_worker (appointment_id, worker_id) values (p_appointment, v_workers[v_taken]);
  -- A person who books online sees the appointment online.
  insert into appointment_person (appointment_id, person_id, show_online)
    values (p_appointment, v_person, viewer_person() is not null);
  insert into online_booking (appointment_id, client_id, person_id, secret_hash)
    values (p_appointment, viewer_client(), v_person, p_secret_hash);
  return jsonb_build_object('outcome', 'BOOKED', 'personId', v_person);
end $$;
revoke all on function book_online(uuid,uuid,text,"AppointmentMode",timestamptz,uuid,"AskedBy",text,text,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function managed_online(p_appointment uuid, p_secret_hash bytea) returns setof appointment
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.* from online_booking b join appointment a on a.id = b.appointment_id
  where b.secret_hash = p_secret_hash and b.client_id = viewer_client() and viewer_has_scope('booking')
    and a.ends_at > now() - interval '1 day'
  union all
  select a.* from appointment a
  where a.id = p_appointment and p_secret_hash is null and viewer_person() = any (a.online_person_ids)
    and viewer_has_scope('appointments:write') and a.ends_at > now() - interval '1 day';
$$;
revoke all on function managed_online(uuid,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function changeable_online(p_appointment uuid, p_secret_hash bytea, p_version integer) returns text
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_appointment appointment%rowtype;
begin
  if not exists (select from managed_online(p_appointment, p_secret_hash)) then return 'UNKNOWN'; end if;
  select a.* into v_appointment from appointment a
    where a.id = (select m.id from managed_online(p_appointment, p_secret_hash) m) for update;
  return case
    when v_appointment.shown_version is distinct from p_version then 'VERSION_CHANGED'
    when v_appointment.status <> 'BOOKED' or v_appointment.starts_at <= now() then 'STATE_CHANGED'
    when not exists (select from online_booking b where b.appointment_id = v_appointment.id
      and (b.secret_hash = p_secret_hash or (b.client_id is null and b.person_id = viewer_person()))) then 'BY_DESK'
    else 'FINE' end;
end $$;
revoke all on function changeable_online(uuid,bytea,int4) from public, cosmos_app, cosmos_jobs;
create or replace function cancel_online(p_appointment uuid, p_secret_hash bytea, p_version integer) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_outcome text := changeable_online(p_appointment, p_secret_hash, p_version);
  v_appointment appointment%rowtype;
begin
  if v_outcome <> 'FINE' then return jsonb_build_object('outcome', v_outcome); end if;
  select * into v_appointment from managed_online(p_appointment, p_secret_hash);
  update appointment set status = 'CANCELLED_BY_PERSON', version = version + 1 where id = v_appointment.id;
  delete from occupancy where appointment_id = v_appointment.id;
  perform tell_others(v_appointment.id, 'CANCELLED', v_appointment.starts_at);
  -- The person who cancels need not be told.
  update appointment_notice n set done_at = now(), outcome = 'TOLD', version = n.version + 1 from online_booking b
    where n.appointment_id = v_appointment.id and n.done_at is null and b.appointment_id = n.appointment_id
      and b.person_id = n.person_id;
  return jsonb_build_object('outcome', 'CANCELLED', 'id', v_appointment.id, 'caseId', v_appointment.case_id,
    'personId', (select person_id from online_booking where appointment_id = v_appointment.id));
end $$;
revoke all on function cancel_online(uuid,bytea,int4) from public, cosmos_app, cosmos_jobs;
create or replace function move_online(p_appointment uuid, p_secret_hash bytea, p_version integer, p_starts_at timestamptz) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_outcome text := changeable_online(p_appointment, p_secret_hash, p_version);
  v_before appointment%rowtype;
  v_ends_at timestamptz;
  v_workers uuid[];
  v_places text[];
  v_taken integer;
begin
  if v_outcome <> 'FINE' then return jsonb_build_object('outcome', v_outcome); end if;
  select * into v_before from managed_online(p_appointment, p_secret_hash);
  v_ends_at := p_starts_at + (v_before.ends_at - v_before.starts_at);
  if p_starts_at < now()
    or not exists (select from public_type(v_before.type_code, v_before.mode)) then
    return '{"outcome": "BY_DESK"}';
  end if;
  if p_starts_at = v_before.starts_at then return '{"outcome": "SAME"}'; end if;
  if viewer_person() is not null then
    perform pg_advisory_xact_lock(hashtextextended('cosmos:online:' || viewer_person(), 0));
    if exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
        where ap.person_id = viewer_person() and ap.show_online and a.id <> v_before.id and a.status = 'BOOKED'
          and a.starts_at < v_ends_at and a.ends_at > p_starts_at) then
      return '{"outcome": "OWN"}';
    end if;
  end if;
  -- The answer does not say who the workers are, nor that there are several: no search finds a common free time.
  if cardinality(v_before.worker_ids) <> 1 then
    return jsonb_build_object('outcome', 'TAKEN', 'districtId', v_before.district_id, 'typeCode', v_before.type_code,
      'mode', v_before.mode, 'caseId', v_before.case_id);
  end if;
  -- Both the slots that are offered at this moment and those that exist once the old time is free. The second way allows a move by less than
  -- the length of the appointment.
  select array_agg(worker_id), array_agg(place) into v_workers, v_places from free_for_public_slot(v_before.district_id,
    v_before.type_code, v_before.mode, p_starts_at, v_ends_at, case when v_before.case_id is not null then v_before.case_worker_id end);
  update appointment set starts_at = p_starts_at, ends_at = v_ends_at, back_at = null,
    expected_back_at = expected_back_at + (p_starts_at - v_before.starts_at), version = version + 1 where id = v_before.id;
  delete from occupancy where appointment_id = v_before.id;
  select v_workers || array_agg(worker_id), v_places || array_agg(place) into v_workers, v_places from free_for_public_slot(
    v_before.district_id, v_before.type_code, v_before.mode, p_starts_at, v_ends_at,
    case when v_before.case_id is not null then v_before.case_worker_id end);
  select array_agg(worker), array_agg(place) into v_workers, v_places from (
    select worker, place from unnest(v_workers, v_places) with ordinality u (worker, place, nth)
    where v_before.case_id is null or worker = v_before.case_worker_id
    order by worker = v_before.worker_ids[1] desc, nth) u;
  v_taken := take_public_slot(v_before.id, v_before.district_id, coalesce(v_workers, '{}'), p_starts_at, v_ends_at);
  if v_taken is null then
    -- The old time is taken again: the caller then searches for other free times.
    insert into occupancy (worker_id, district_id, appointment_id, starts_at, ends_at)
      values (v_before.worker_ids[1], v_before.district_id, v_before.id, v_before.starts_at,
        coalesce(v_before.expected_back_at, v_before.ends_at)) on conflict do nothing;
    return jsonb_build_object('outcome', 'TAKEN', 'districtId', v_before.district_id, 'typeCode', v_before.type_code,
      'mode', v_before.mode, 'caseId', v_before.case_id);
  end if;
  update appointment set place = v_places[v_taken] where id = v_before.id and mode = 'ON_SITE';
  update appointment_participant set starts_at = starts_at + (p_starts_at - v_before.starts_at),
    ends_at = ends_at + (p_starts_at - v_before.starts_at) where appointment_id = v_before.id;
  if v_workers[v_taken] <> v_before.worker_ids[1] then
    delete from appointment_worker where appointment_id = v_before.id;
    insert into appointment_worker (appointment_id, worker_id) values (v_before.id, v_workers[v_taken]);
  end if;
  perform tell_others(v_before.id, 'MOVED', v_before.starts_at);
  return jsonb_build_object('outcome', 'MOVED', 'id', v_before.id, 'caseId', v_before.case_id,
    'personId', (select person_id from online_booking where appointment_id = v_before.id));
end $$;
revoke all on function move_online(uuid,bytea,int4,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function appointment_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.case_worker_id := (select assigned_worker_id from "case" where id = new.case_id for share);
  return new;
end $$;
revoke all on function appointment_takes_its_case() from public, cosmos_app, cosmos_jobs;
create or replace function appointment_workers_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_appointment uuid := coalesce(new.appointment_id, old.appointment_id);
begin
  update appointment set worker_ids = coalesce((select array_agg(worker_id order by worker_id)
    from appointment_worker where appointment_id = v_appointment), '{}') where id = v_appointment;
  return null;
end $$;
revoke all on function appointment_workers_changed() from public, cosmos_app, cosmos_jobs;
create or replace function appointment_persons_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_appointment uuid := coalesce(new.appointment_id, old.appointment_id);
begin
  update appointment set online_person_ids = coalesce((select array_agg(person_id order by person_id)
    from appointment_person where appointment_id = v_appointment and show_online), '{}') where id = v_appointment
    and online_person_ids is distinct from coalesce((select array_agg(person_id order by person_id)
    from appointment_person where appointment_id = v_appointment and show_online), '{}');
  return null;
end $$;
revoke all on function appointment_persons_changed() from public, cosmos_app, cosmos_jobs;
create or replace function appointment_person_takes_its_appointment() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select district_id, worker_ids, case_worker_id, known_until(status, ends_at), contact_from(starts_at),
      known_until(status, ends_at)
    into new.district_id, new.worker_ids, new.case_worker_id, new.known_until, new.contact_from, new.contact_until
    from appointment where id = new.appointment_id;
  new.contact_said := says_contact(new.person_id, new.district_id);
  new.contact_worker_ids := array(select w from unnest(new.worker_ids) w
    where opens_contact(new.person_id, new.district_id, w) order by w);
  return new;
end $$;
revoke all on function appointment_person_takes_its_appointment() from public, cosmos_app, cosmos_jobs;
create or replace function appointment_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update appointment_person ap set district_id = new.district_id, worker_ids = new.worker_ids,
    case_worker_id = new.case_worker_id, known_until = known_until(new.status, new.ends_at),
    contact_worker_ids = array(select w from unnest(new.worker_ids) w where w = any (ap.contact_worker_ids)
      or (ap.contact_said and w <> all (old.worker_ids) and opens_contact(ap.person_id, new.district_id, w)) order by w),
    contact_from = case
      when new.starts_at = old.starts_at then ap.contact_from
      when said.contact then contact_from(new.starts_at)
      else greatest(ap.contact_from, contact_from(new.starts_at)) end,
    contact_until = case
      when said.contact then known_until(new.status, new.ends_at)
      when known_until(new.status, new.ends_at) is not null then least(ap.contact_until, known_until(new.status, new.ends_at)) end
    from (select p.person_id, says_contact(p.person_id, new.district_id) as contact from appointment_person p
      where p.appointment_id = new.id) said
    where ap.appointment_id = new.id and said.person_id = ap.person_id;
  return null;
end $$;
revoke all on function appointment_changed() from public, cosmos_app, cosmos_jobs;
create or replace function appointment_status_changed() returns trigger language plpgsql as $$
begin
  if new.status is distinct from old.status then new.status_at := now(); end if;
  return new;
end $$;
revoke all on function appointment_status_changed() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function place_taken() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    update appointment set places_named = places_named + 1 where id = new.appointment_id and places is not null;
  else
    update appointment set places_named = places_named - 1 where id = old.appointment_id and places is not null;
  end if;
  return null;
end $$;
revoke all on function place_taken() from public, cosmos_app, cosmos_jobs;
create or replace function place_is_by() returns trigger language plpgsql as $$
begin
  if current_user = 'cosmos_app' and new.place is not null then new.place_by_id := viewer_worker(); end if;
  return new;
end $$;
revoke all on function place_is_by() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function appointment_shows_its_version() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.version <> old.version and (new.status, new.starts_at, new.ends_at, new.mode, new.place, new.type_code)
    is distinct from (old.status, old.starts_at, old.ends_at, old.mode, old.place, old.type_code) then
    new.shown_version := old.shown_version + 1;
  end if;
  return new;
end $$;
revoke all on function appointment_shows_its_version() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function read_calendar_feed(p_secret_hash bytea)
  returns table (feed_id uuid, appointment_id uuid, starts_at timestamptz, ends_at timestamptz, status text, version integer,
    changed_at timestamptz, label text, place text)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_feed calendar_feed%rowtype;
begin
  select * into v_feed from calendar_feed f where f.secret_hash = p_secret_hash and f.revoked_at is null
    and (f.person_id is null or exists (select from person_account p where p.person_id = f.person_id))
    and not exists (select from worker w where w.id = f.worker_id and w.disabled_at is not null)
    and exists (select from client c where c.id = f.client_id and c.disabled_at is null and 'appointments:read' = any (c.scopes));
  if not found then return; end if;
  return query
    with mine as (
      select a.* from membership m
      cross join lateral (
        select x.* from appointment x where x.worker_ids[1] = v_feed.worker_id and x.district_id = m.district_id
          and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days'
        union all
        select x.* from appointment x where cardinality(x.worker_ids) > 1 and x.worker_ids[2] = v_feed.worker_id
          and x.district_id = m.district_id
          and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days'
        union all
        select x.* from appointment x where cardinality(x.worker_ids) > 2 and x.district_id = m.district_id
          and x.worker_ids @> array[v_feed.worker_id] and not v_feed.worker_id = any (x.worker_ids[1:2])
          and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days') a
      where m.worker_id = v_feed.worker_id and m.role in ('RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD')
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
      union
      select x.* from appointment_person ap join appointment x on x.id = ap.appointment_id
      join person p on p.id = ap.person_id and p.contact_suspended_at is null
      where ap.person_id = v_feed.person_id and ap.show_online
        and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days')
    select v_feed.id, a.id, a.starts_at, a.ends_at, a.status::text, a.version, greatest(a.booked_at, a.status_at),
      t.public_label_fr, case when a.mode = 'ON_SITE' and (v_feed.person_id is null or not is_sheltered(v_feed.person_id)) then
        coalesce(a.place, d.address_line || ', ' || d.postal_code || ' ' || c.name) end
    from mine a join appointment_type t on t.code = a.type_code join district d on d.id = a.district_id
    join commune c on c.insee_code = d.commune_code
    order by a.starts_at, a.id limit 2000;
  -- A feed without appointments exists all the same: one empty row tells so.
  if not found then
    return query select v_feed.id, null::uuid, null::timestamptz, null::timestamptz, null, null::integer, null::timestamptz,
      null, null;
  end if;
end $$;
revoke all on function read_calendar_feed(bytea) from public, cosmos_app, cosmos_jobs;
create or replace function feed_stays_revoked() returns trigger language plpgsql as $$
begin
  if old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at then
    raise 'what is revoked stays so';
  end if;
  return new;
end $$;
revoke all on function feed_stays_revoked() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function notify_relay_opened() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind) values (new.stand_in_id, 'RELAY_OPENED'), (new.absent_worker_id, 'RELAY_OPENED');
  return null;
end $$;
revoke all on function notify_relay_opened() from public, cosmos_app, cosmos_jobs;
create or replace function absence_is_said_by() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user <> 'cosmos_app' then return new; end if;
  if new.ends_at is distinct from old.ends_at and (not (new.district_id = any (viewer_districts('district_head')))
      or old.ends_at <= now() or new.ends_at < date_trunc('milliseconds', now()))
    or new.contradicted_at is distinct from old.contradicted_at and (old.worker_id is distinct from viewer_worker()
      or old.contradicted_at is not null or old.ends_at <= now() and not absence_let_a_release_through(old.id))
  then raise 'not theirs to say' using errcode = 'insufficient_privilege'; end if;
  if old.contradicted_at is null and new.contradicted_at is not null then new.contradicted_at := now(); end if;
  return new;
end $$;
revoke all on function absence_is_said_by() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function absence_contradicted() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_now timestamptz(3) := now();
begin
  update release_note rn set closed_at = v_now from interview_note n, release r
  where n.id = rn.note_id and rn.closed_at is null and n.author_id = new.worker_id and n.district_id = new.district_id
    and r.id = rn.release_id and r.ground <> 'DANGER' and not has_left(new.worker_id, new.district_id);
  perform reset_note_readers(c.case_id) from (
    select distinct n.case_id from release_note rn join interview_note n on n.id = rn.note_id
    where n.author_id = new.worker_id and n.district_id = new.district_id and rn.closed_at = v_now) c;
  return null;
end $$;
revoke all on function absence_contradicted() from public, cosmos_app, cosmos_jobs;
create or replace function notify_absence_declared() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind) values (new.worker_id, 'ABSENCE_DECLARED');
  return null;
end $$;
revoke all on function notify_absence_declared() from public, cosmos_app, cosmos_jobs;
create or replace function relay_has_its_absence() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if new.ends_at > old.ends_at then raise 'a relay only ends' using errcode = 'insufficient_privilege'; end if;
    return new;
  end if;
  -- The policy refuses a viewer who does not head the district. This trigger says nothing to them, so that they learn of no absence.
  if new.district_id <> all (viewer_districts('district_head')) then return new; end if;
  perform from absence a where a.worker_id = new.absent_worker_id and a.district_id = new.district_id and a.contradicted_at is null
    and tstzrange(a.starts_at, a.ends_at) @> tstzrange(new.starts_at, new.ends_at) for share;
  if not found then raise 'no absence' using errcode = 'check_violation'; end if;
  return new;
end $$;
revoke all on function relay_has_its_absence() from public, cosmos_app, cosmos_jobs;
create or replace function relays_end_with_absence() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update relay r set ends_at = greatest(new.ends_at, r.starts_at + interval '1 millisecond'), version = r.version + 1
  where r.absent_worker_id = new.worker_id and r.district_id = new.district_id and r.ends_at > new.ends_at
    and r.ends_at > r.starts_at + interval '1 millisecond'
    and r.starts_at >= new.starts_at and r.starts_at < coalesce(old.ends_at, 'infinity');
  return null;
end $$;
revoke all on function relays_end_with_absence() from public, cosmos_app, cosmos_jobs;
create or replace function cases_listed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind) select new.target_worker_id, 'CASES_LISTED'::"NotificationKind"
  where exists (select from absence a where a.worker_id = new.target_worker_id and a.contradicted_at is null
      and coalesce(a.ends_at, 'infinity') > now() and a.district_id = any (viewer_districts('district_head')))
    and not exists (select from notification n where n.worker_id = new.target_worker_id and n.kind::text = 'CASES_LISTED'
      and n.created_at > now() - interval '1 day');
  return null;
end $$;
revoke all on function cases_listed() from public, cosmos_app, cosmos_jobs;
create or replace function due_reassignments() returns setof uuid
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select id from planned_reassignment where outcome is null and takes_effect_at <= now()
    order by takes_effect_at, id limit 500;
end $$;
revoke all on function due_reassignments() from public, cosmos_app, cosmos_jobs;
create or replace function carry_out_reassignment(p_id uuid) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_case "case"%rowtype;
  v_plan planned_reassignment%rowtype;
  v_stands boolean;
begin
  -- The case is locked first, in the same order as in a reassignment or a closing, so that no deadlock occurs.
  select c.* into v_case from planned_reassignment p join "case" c on c.id = p.case_id where p.id = p_id for no key update of c;
  select * into v_plan from planned_reassignment
    where id = p_id and outcome is null and takes_effect_at <= now() for update;
  if not found then return false; end if;
  v_stands := v_case.status = 'OPEN' and v_case.assigned_worker_id is not distinct from v_plan.from_worker_id
    and may_be_assigned(v_plan.to_worker_id, v_plan.district_id)
    and exists (select from membership m join worker w on w.id = m.worker_id and w.disabled_at is null
      where m.worker_id = v_plan.planned_by_id and m.district_id = v_plan.district_id and m.role = 'DISTRICT_HEAD'
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
  -- The plan ends before the assignment changes: otherwise `case_calls_off_its_reassignment` would make it lapse.
  update planned_reassignment set ended_at = now(), version = version + 1,
    outcome = case when v_stands then 'DONE'::"PlannedReassignmentOutcome" else 'LAPSED' end where id = p_id;
  if v_stands then
    update "case" set version = version + 1 where id = v_plan.case_id;
    update assignment set ends_at = clock_timestamp() where case_id = v_plan.case_id and ends_at is null;
    insert into assignment (case_id, worker_id, assigned_by_id)
      values (v_plan.case_id, v_plan.to_worker_id, v_plan.planned_by_id);
  end if;
  insert into access_log (operation_id, actor_kind, action, outcome, case_id, target_worker_id)
    values (gen_random_uuid(), 'JOBS', 'REASSIGN_CASE', case when v_stands then 'DONE' else 'REFUSED' end, v_plan.case_id, v_plan.to_worker_id);
  return v_stands;
end $$;
revoke all on function carry_out_reassignment(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function reassignment_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select district_id, assigned_worker_id into new.district_id, new.from_worker_id
    from "case" where id = new.case_id and status = 'OPEN' for share;
  new.planned_by_id := coalesce(new.planned_by_id, viewer_worker());
  if not may_be_assigned(new.to_worker_id, new.district_id) then
    raise 'not assignable' using errcode = 'check_violation';
  end if;
  return new;
end $$;
revoke all on function reassignment_takes_its_case() from public, cosmos_app, cosmos_jobs;
create or replace function notify_reassignment_planned() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id)
  select told, 'REASSIGNMENT_PLANNED'::"NotificationKind", new.case_id from unnest(array[new.from_worker_id, new.to_worker_id]) told;
  return null;
end $$;
revoke all on function notify_reassignment_planned() from public, cosmos_app, cosmos_jobs;
create or replace function notify_reassignment_called_off() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id)
  select told, 'REASSIGNMENT_CALLED_OFF'::"NotificationKind", new.case_id from (
    select unnest(array[new.from_worker_id, new.to_worker_id]) as told
    union select m.worker_id from membership m where m.district_id = new.district_id and m.role = 'DISTRICT_HEAD'
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())) concerned
  where told is distinct from viewer_worker();
  return null;
end $$;
revoke all on function notify_reassignment_called_off() from public, cosmos_app, cosmos_jobs;
create or replace function case_calls_off_its_reassignment() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update planned_reassignment set outcome = 'LAPSED', ended_at = now(), version = version + 1
    where case_id = new.id and outcome is null;
  return null;
end $$;
revoke all on function case_calls_off_its_reassignment() from public, cosmos_app, cosmos_jobs;
create or replace function assignment_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := coalesce(new.case_id, old.case_id);
  v_open uuid := (select worker_id from assignment where case_id = v_case and ends_at is null);
begin
  update "case" set assigned_worker_id = v_open, opener_id = null where id = v_case;
  if not found then raise 'case of an assignment not found'; end if;
  update case_person set assigned_worker_id = v_open, opener_id = null where case_id = v_case;
  return null;
end $$;
revoke all on function assignment_changed() from public, cosmos_app, cosmos_jobs;
create or replace function row_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select district_id, assigned_worker_id into new.district_id, new.assigned_worker_id
    from "case" where id = new.case_id for share;
  return new;
end $$;
revoke all on function row_takes_its_case() from public, cosmos_app, cosmos_jobs;
create or replace function case_persons_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_case uuid := coalesce(new.case_id, old.case_id);
begin
  update "case" set online_person_ids = coalesce((select array_agg(person_id order by person_id)
    from case_person where case_id = v_case and show_online), '{}') where id = v_case
    and online_person_ids is distinct from coalesce((select array_agg(person_id order by person_id)
    from case_person where case_id = v_case and show_online), '{}');
  return null;
end $$;
revoke all on function case_persons_changed() from public, cosmos_app, cosmos_jobs;
create or replace function assignment_keeps_its_past() returns trigger language plpgsql as $$
begin
  if (new.case_id, new.worker_id, new.starts_at) is distinct from (old.case_id, old.worker_id, old.starts_at)
    or (old.ends_at is not null and new.ends_at is distinct from old.ends_at) then
    raise 'an assignment keeps its past';
  end if;
  return new;
end $$;
revoke all on function assignment_keeps_its_past() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function assignment_says_by_whom() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.assigned_by_id := coalesce(new.assigned_by_id, viewer_worker());
  return new;
end $$;
revoke all on function assignment_says_by_whom() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function assignment_reaches_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := coalesce(new.case_id, old.case_id);
  v_open uuid := (select assigned_worker_id from "case" where id = v_case);
begin
  update need set assigned_worker_id = v_open, opener_id = null
    where case_id = v_case and (assigned_worker_id is distinct from v_open or opener_id is not null);
  update appointment set case_worker_id = v_open where case_id = v_case and case_worker_id is distinct from v_open;
  update appointment_request set case_worker_id = v_open where case_id = v_case and case_worker_id is distinct from v_open;
  perform lapse_releases(v_case);
  perform reset_note_readers(v_case);
  return null;
end $$;
revoke all on function assignment_reaches_its_case() from public, cosmos_app, cosmos_jobs;
create or replace function assignment_tells() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_before uuid;
  v_givers uuid[];
begin
  if new.ends_at is not null then return null; end if;
  select worker_id into v_before from assignment
    where case_id = new.case_id and id <> new.id and ends_at is not null order by ends_at desc limit 1;
  with closed as (
    update handover_task set closed_at = now() where case_id = new.case_id and closed_at is null returning worker_id
  )
  select array_agg(distinct giver) into v_givers from (
    select worker_id as giver from closed
    union select from_worker_id from handover where case_id = new.case_id and to_worker_id = v_before
      and accepted_at is null and withdrawn_at is null
    union select v_before) g
  where giver <> new.worker_id;
  update handover set withdrawn_at = now()
    where case_id = new.case_id and from_worker_id = new.worker_id and accepted_at is null and withdrawn_at is null;
  insert into notification (worker_id, kind, case_id) values (new.worker_id, 'CASE_ASSIGNED', new.case_id);
  insert into notification (worker_id, kind, case_id) select giver, 'CASE_REASSIGNED', new.case_id from unnest(v_givers) giver;
  insert into handover_task (case_id, worker_id, to_worker_id) select new.case_id, giver, new.worker_id from unnest(v_givers) giver;
  return null;
end $$;
revoke all on function assignment_tells() from public, cosmos_app, cosmos_jobs;
create or replace function closed_case_takes_nothing() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_status "CaseStatus";
begin
  select status into v_status from "case" where id = new.case_id for share;
  if v_status = 'CLOSED' then
    raise 'a closed case takes nothing new' using errcode = 'serialization_failure';
  end if;
  return new;
end $$;
revoke all on function closed_case_takes_nothing() from public, cosmos_app, cosmos_jobs;
create or replace function case_goes_on() returns trigger language plpgsql as $$
declare
  v_keeps boolean := old.assigned_worker_id = viewer_worker() and old.district_id = any (viewer_districts('social_worker'));
begin
  if new.status = 'CLOSED' and v_keeps is not true then raise 'the assigned worker closes'; end if;
  if new.status = 'OPEN' and v_keeps is not true and (old.district_id = any (viewer_districts('district_head'))
      and (old.assigned_worker_id is null or not may_be_assigned(old.assigned_worker_id, old.district_id))) is not true then
    raise 'who keeps the case reopens it';
  end if;
  return new;
end $$;
revoke all on function case_goes_on() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function case_reopened() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id) values (new.assigned_worker_id, 'CASE_REOPENED', new.id);
  return null;
end $$;
revoke all on function case_reopened() from public, cosmos_app, cosmos_jobs;
create or replace function case_has_its_opener() returns trigger language plpgsql as $$
begin
  new.opener_id := case when new.district_id = any (viewer_districts('social_worker'))
    and not new.district_id = any (viewer_districts('district_head')) then viewer_worker() end;
  return new;
end $$;
revoke all on function case_has_its_opener() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function row_takes_its_opener() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.opener_id := (select c.opener_id from "case" c where c.id = new.case_id and c.opener_id = viewer_worker());
  return new;
end $$;
revoke all on function row_takes_its_opener() from public, cosmos_app, cosmos_jobs;
create or replace function case_has_someone() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform referral_person_makes_known(rp.referral_id) from referral_person rp where rp.opened_case_id = new.id;
  return null;
end $$;
revoke all on function case_has_someone() from public, cosmos_app, cosmos_jobs;
create or replace function notify_followed_by_another() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.assigned_worker_id is null or viewer_worker() is null then return null; end if;
  if tg_op = 'UPDATE' then
    if new.assigned_worker_id is not distinct from old.assigned_worker_id then return null; end if;
  end if;
  perform tell_who_follows(new.person_id, 'CONTACT_OPENED', new.case_id, new.assigned_worker_id);
  return null;
end $$;
revoke all on function notify_followed_by_another() from public, cosmos_app, cosmos_jobs;
create or replace function log_access(p_operation uuid, p_entries jsonb) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_written integer;
  v_at timestamptz(3) := clock_timestamp();
  v_kind text := coalesce(upper(split_part(viewer_actor(), ':', 1)), 'ANONYMOUS');
  v_actor uuid := nullif(split_part(viewer_actor(), ':', 2), '')::uuid;
begin
  with said as (
    select e ->> 'action' as action, e ->> 'outcome' as outcome, (e ->> 'caseId')::uuid as case_id,
      coalesce(comes.person_id, (e ->> 'personId')::uuid) as person_id, (e ->> 'targetWorkerId')::uuid as target_worker_id,
      e ->> 'ground' as ground, min(nth) as nth
    from jsonb_array_elements(p_entries) with ordinality as entry (e, nth)
    left join lateral unnest(case when e ->> 'appointmentId' is not null
      then array(select ap.person_id from appointment_person ap where ap.appointment_id = (e ->> 'appointmentId')::uuid) end)
      as comes (person_id) on true
    group by 1, 2, 3, 4, 5, 6
  )
  insert into access_log (operation_id, occurred_at, actor_kind, actor_id, action, outcome, case_id, person_id, target_worker_id, ground,
    client_id, token_digest, blanked)
  select p_operation, v_at, v_kind, v_actor, s.action, s.outcome, s.case_id, s.person_id, s.target_worker_id, s.ground,
    viewer_setting('client')::uuid, viewer_setting('token_digest'),
    is_confidential(s.action)
      or (goes_along(s.action) and exists (select from said c where c.case_id = s.case_id and is_confidential(c.action)))
  from said s order by s.nth, s.person_id;
  get diagnostics v_written = row_count;
  return v_written;
end $$;
revoke all on function log_access(uuid,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function is_confidential(p_action text) returns boolean
  language sql immutable parallel safe
  return (p_action like '%NOTE%' and p_action not like '%\_NOTE\_RELEASE') or p_action like '%HANDOVER%';
revoke all on function is_confidential(text) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function goes_along(p_action text) returns boolean
  language sql immutable parallel safe
  return (p_action like 'READ\_%' or p_action like 'LOOK\_UP\_%') and p_action not in ('READ_ACCESS_LOG', 'READ_DANGER');
revoke all on function goes_along(text) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function lines_of_log(p_column text, p_key uuid, p_actions text[], p_from timestamptz, p_until timestamptz, p_at timestamptz,
  p_line uuid, p_limit integer) returns setof access_log
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query execute format($q$
    with recursive done (action) as (
      (select l.action from access_log l where l.%1$I = $1 and not l.blanked order by l.action limit 1)
      union all
      select (select l.action from access_log l where l.%1$I = $1 and not l.blanked and l.action > d.action order by l.action limit 1)
      from done d where d.action is not null
    )
    select page.* from done d cross join lateral (
      select l.* from access_log l where l.%1$I = $1 and not l.blanked and l.action = d.action
        and l.occurred_at >= $3 and l.occurred_at < $4 and (l.occurred_at, l.line_id) < ($5, $6)
      order by l.occurred_at desc, l.line_id desc limit $7) page
    where $2 is null or d.action = any ($2)
    order by page.occurred_at desc, page.line_id desc limit $7 $q$, p_column)
  using p_key, p_actions, p_from, p_until, p_at, p_line, p_limit;
end $$;
revoke all on function lines_of_log(text,uuid,text[],timestamptz,timestamptz,timestamptz,uuid,int4) from public, cosmos_app, cosmos_jobs;
create or replace function confidential_days(p_column text, p_key uuid, p_from timestamptz, p_before timestamptz, p_limit integer)
  returns setof date
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query execute format($q$
    with recursive days (day) as (
      (select (l.occurred_at at time zone 'Europe/Paris')::date from access_log l
        where l.%1$I = $1 and l.blanked and l.occurred_at >= $2 and l.occurred_at < $3 order by l.occurred_at desc limit 1)
      union all
      select (select (l.occurred_at at time zone 'Europe/Paris')::date from access_log l
        where l.%1$I = $1 and l.blanked and l.occurred_at >= $2 and l.occurred_at < d.day::timestamp at time zone 'Europe/Paris'
        order by l.occurred_at desc limit 1)
      from days d where d.day is not null
    )
    select day from days where day is not null limit $4 $q$, p_column)
  using p_key, p_from, p_before, p_limit;
end $$;
revoke all on function confidential_days(text,uuid,timestamptz,timestamptz,int4) from public, cosmos_app, cosmos_jobs;
create or replace function read_access_log(p_case uuid, p_person uuid, p_worker uuid, p_actions text[], p_from timestamptz, p_until timestamptz,
  p_at timestamptz, p_line uuid, p_limit integer) returns table
  (id uuid, sorted_at timestamptz, occurred_on date, occurred_at timestamptz, action text, outcome text, ground text, actor_kind text,
   actor_id uuid, target_worker_id uuid, case_reference text, person_reference text, client_id text, token_digest text)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  v_nothing constant uuid := '00000000-0000-0000-0000-000000000000';
  -- The confidential part of the day of the position comes after that position, unless it is the position itself.
  v_before timestamptz := case when p_at = 'infinity' then p_until when p_line = v_nothing then p_at
    else ((p_at at time zone 'Europe/Paris')::date + 1)::timestamp at time zone 'Europe/Paris' end;
begin
  if not reads_access_log() then return; end if;
  return query
  with lines as (
    select l.* from lines_of_log('case_id', p_case, p_actions, p_from, p_until, p_at, p_line, p_limit) l where p_case is not null
    union all
    select l.* from lines_of_log('person_id', p_person, p_actions, p_from, p_until, p_at, p_line, p_limit) l where p_person is not null
    union all
    select l.* from lines_of_log('actor_id', p_worker, p_actions, p_from, p_until, p_at, p_line, p_limit) l
      where p_worker is not null and l.actor_kind = 'WORKER'
    union all
    select l.* from lines_of_log('target_worker_id', p_worker, p_actions, p_from, p_until, p_at, p_line, p_limit) l
      where p_worker is not null and (l.actor_id is distinct from p_worker or l.actor_kind <> 'WORKER')
  ), days as (
    select d.day from (
      select confidential_days('case_id', p_case, p_from, least(v_before, p_until), p_limit) as day where p_case is not null
      union all
      select confidential_days('person_id', p_person, p_from, least(v_before, p_until), p_limit) where p_person is not null) d
    where p_actions is null or 'CONFIDENTIAL_PART' = any (p_actions)
  )
  select l.line_id, l.occurred_at::timestamptz, (l.occurred_at at time zone 'Europe/Paris')::date, l.occurred_at::timestamptz, l.action,
    l.outcome, l.ground, l.actor_kind, l.actor_id, l.target_worker_id, (select c.reference from "case" c where c.id = l.case_id),
    (select p.reference from person p where p.id = l.person_id), (select k.client_id from client k where k.id = l.client_id), l.token_digest
  from (select * from lines order by occurred_at desc, line_id desc limit p_limit) l
  union all
  select v_nothing, d.day::timestamp at time zone 'Europe/Paris', d.day, null, 'CONFIDENTIAL_PART', 'DONE', null, null, null, null,
    (select c.reference from "case" c where c.id = p_case), (select p.reference from person p where p.id = p_person), null, null
  from days d
  order by 2 desc, 1 desc limit p_limit;
end $$;
revoke all on function read_access_log(uuid,uuid,uuid,text[],timestamptz,timestamptz,timestamptz,uuid,int4) from public, cosmos_app, cosmos_jobs;
create or replace function deferral_goes_along(p_person uuid, p_worker uuid, p_request uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into notice_deferral (case_id, person_id, ground, review_on, deferred_by_id)
    select distinct on (cp.case_id) cp.case_id, cp.person_id, r.deferral_ground,
      (r.review_by at time zone 'Europe/Paris')::date - 1, r.worker_id
    from incoming_request r join case_person cp on cp.person_id = r.person_id and cp.district_id = r.district_id
    join "case" c on c.id = cp.case_id
    where r.person_id = p_person and r.worker_id = p_worker and r.deferral_ground is not null and r.informed_at is null
      and coalesce(cp.assigned_worker_id, cp.opener_id) = p_worker and c.status = 'OPEN'
      and case when p_request is null then not exists (
          select from notice_deferral d where d.case_id = cp.case_id and d.person_id = cp.person_id)
        else r.id = p_request end
    order by cp.case_id, r.received_on desc, r.id;
end $$;
revoke all on function deferral_goes_along(uuid,uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function information_is_deferred_by_who_has_it() returns trigger language plpgsql as $$
begin
  if (old.worker_id = viewer_worker() and old.district_id = any (viewer_districts('social_worker'))) is not true
      or old.informed_at is not null then
    raise 'that it waits, who has it says, until they are informed';
  end if;
  return new;
end $$;
revoke all on function information_is_deferred_by_who_has_it() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function child_has_no_clock() returns trigger language plpgsql as $$
begin
  if old.child_protection or not new.child_protection or new.inform_by is not null
      or (case when old.worker_id is null then old.district_id = any (viewer_districts('district_head'))
        else old.worker_id = viewer_worker() and old.district_id = any (viewer_districts('social_worker')) end) is not true then
    raise 'that it is about a child to protect, who has it says, for good; nothing else ends the clock';
  end if;
  return new;
end $$;
revoke all on function child_has_no_clock() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function case_takes_its_deferral() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform deferral_goes_along(new.person_id, coalesce(new.assigned_worker_id, new.opener_id), null);
  return null;
end $$;
revoke all on function case_takes_its_deferral() from public, cosmos_app, cosmos_jobs;
create or replace function request_gives_its_deferral() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform deferral_goes_along(new.person_id, new.worker_id,
    case when (new.deferral_ground, new.review_by) is distinct from (old.deferral_ground, old.review_by) then new.id end);
  return null;
end $$;
revoke all on function request_gives_its_deferral() from public, cosmos_app, cosmos_jobs;
create or replace function notice_draft_changes() returns trigger language plpgsql as $$
begin
  if exists (select from privacy_notice n where n.draft_id = old.id) then raise 'what was published stays'; end if;
  if (new.kind, new.text_fr, new.text_en, new.who_reads_fr, new.who_reads_en, new.drafted_by_id)
      is distinct from (old.kind, old.text_fr, old.text_en, old.who_reads_fr, old.who_reads_en, old.drafted_by_id)
    and new.opinion is not null then
    raise 'an opinion is on the text that was read';
  end if;
  return new;
end $$;
revoke all on function notice_draft_changes() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function notice_as_advised() returns trigger language plpgsql as $$
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
revoke all on function notice_as_advised() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_knows_every_team() returns boolean
  language plpgsql stable parallel safe
  as $$ begin
    return coalesce(viewer_setting('client_reads_directory') = 'yes', false)
      or (viewer_has_scope('directory:read') and (
        viewer_districts('receptionist') <> '{}' or viewer_districts('social_worker') <> '{}'
        or viewer_has_role('TECHNICAL_ADVISER') or viewer_has_role('DATA_PROTECTION_OFFICER')
        or viewer_has_role('ADMINISTRATOR')));
  end $$;
revoke all on function viewer_knows_every_team() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function rights_only_end() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'membership' then
    if new.ends_at is null or new.ends_at > old.ends_at then raise 'a membership only ends'; end if;
    -- Names the administrator who ends the post.
    if new.ends_at is distinct from old.ends_at then new.ended_by_id := viewer_worker(); end if;
    if new.ended_by_id is distinct from old.ended_by_id and new.ended_by_id is distinct from viewer_worker()
      or new.end_confirmed_by_id is distinct from old.end_confirmed_by_id and new.end_confirmed_by_id is distinct from viewer_worker()
    then raise 'each speaks in their own name' using errcode = 'insufficient_privilege'; end if;
    if new.ends_at is distinct from old.ends_at and new.end_confirmed_at is not null then raise 'a confirmed end stays'; end if;
    if old.end_confirmed_at is null and new.end_confirmed_at is not null then new.end_confirmed_at := now(); end if;
  elsif old.disabled_at is not null and new.disabled_at is distinct from old.disabled_at then
    raise 'what is disabled stays so';
  end if;
  return new;
end $$;
revoke all on function rights_only_end() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function scopes_only_shrink() returns trigger language plpgsql as $$
begin
  if not new.scopes <@ old.scopes then raise 'a client gets no scope by an update'; end if;
  return new;
end $$;
revoke all on function scopes_only_shrink() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function notify_membership_ended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind) values (new.worker_id, 'MEMBERSHIP_ENDED');
  return null;
end $$;
revoke all on function notify_membership_ended() from public, cosmos_app, cosmos_jobs;
create or replace function reset_note_readers(p_case uuid) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_assigned uuid := (select assigned_worker_id from "case" where id = p_case);
  v_changed integer;
begin
  update interview_note n set reader_id = r.reader, readable_until = r.until from (
    select i.id, case when bool_or(w.opens) then v_assigned end as reader,
      case when bool_and(w.until is not null) then max(w.until) end as until
    from interview_note i left join lateral (
      select true as opens, null::timestamptz as until where i.author_id = v_assigned
      union all select true, null from handover_note hn join handover h on h.id = hn.handover_id
        where i.status = 'FINAL' and hn.note_id = i.id and hn.note_version = i.version and h.case_id = i.case_id
          and h.to_worker_id = v_assigned and h.accepted_at is not null
      union all select true, l.open_until from release_note rn join release l on l.id = rn.release_id
        where i.status = 'FINAL' and rn.note_id = i.id and rn.closed_at is null and l.case_id = i.case_id
          and l.requested_by_id = v_assigned and l.approved_at is not null and l.lapsed_at is null
    ) w on true
    where i.case_id = p_case group by i.id) r
  where n.id = r.id and (n.reader_id is distinct from r.reader or n.readable_until is distinct from r.until);
  get diagnostics v_changed = row_count;
  return v_changed;
end $$;
revoke all on function reset_note_readers(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function hand_over_unread(p_case uuid, p_from uuid, p_to uuid, p_since date) returns uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_handover uuid;
begin
  insert into handover (case_id, from_worker_id, to_worker_id) values (p_case, p_from, p_to) returning id into v_handover;
  insert into handover_note (handover_id, note_id)
  select v_handover, n.id from interview_note n
  where n.case_id = p_case and n.status = 'FINAL' and not n.kept_back
    -- This is the condition of `hands_on`, which a trigger checks again for each chosen note. It is written out here so that notes of other
    -- authors take no time, and the time does not tell their number.
    and (n.author_id = p_from or n.id in (select hn.note_id from handover h join handover_note hn on hn.handover_id = h.id
      where h.case_id = p_case and h.to_worker_id = p_from and h.accepted_at is not null and hn.note_version = n.version))
    and (p_since is null or n.written_at >= p_since::timestamp at time zone 'Europe/Paris');
  return v_handover;
end $$;
revoke all on function hand_over_unread(uuid,uuid,uuid,date) from public, cosmos_app, cosmos_jobs;
create or replace function hands_on(p_note uuid, p_giver uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from interview_note n where n.id = p_note and (n.author_id = p_giver
    or exists (select from handover_note hn join handover h on h.id = hn.handover_id
      where hn.note_id = n.id and hn.note_version = n.version and h.case_id = n.case_id
        and h.to_worker_id = p_giver and h.accepted_at is not null)));
revoke all on function hands_on(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function handover_accepted() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.accepted_at is not null or new.accepted_at is null then return null; end if;
  perform from "case" where id = new.case_id and assigned_worker_id = new.to_worker_id for share;
  if not found then return null; end if;
  update interview_note n set reader_id = new.to_worker_id, readable_until = null from handover_note hn
  where hn.handover_id = new.id and n.id = hn.note_id and n.version = hn.note_version and n.case_id = new.case_id and n.status = 'FINAL'
    and (n.reader_id is distinct from new.to_worker_id or n.readable_until is not null);
  return null;
end $$;
revoke all on function handover_accepted() from public, cosmos_app, cosmos_jobs;
create or replace function note_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if (new.case_id, new.author_id, new.written_at) is distinct from (old.case_id, old.author_id, old.written_at)
      or (old.status = 'FINAL' and new.status = 'DRAFT') then raise 'a note keeps its case, author and time';
    end if;
    return new;
  end if;
  select district_id, assigned_worker_id into new.district_id, new.reader_id from "case"
    where id = new.case_id and assigned_worker_id = new.author_id for share;
  return new;
end $$;
revoke all on function note_takes_its_case() from public, cosmos_app, cosmos_jobs;
create or replace function notify_handover_offered() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id) values (new.to_worker_id, 'HANDOVER_OFFERED', new.case_id);
  return null;
end $$;
revoke all on function notify_handover_offered() from public, cosmos_app, cosmos_jobs;
create or replace function handover_names_a_version() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not hands_on(new.note_id, (select from_worker_id from handover where id = new.handover_id)) then
    raise 'not theirs to hand on' using errcode = 'insufficient_privilege';
  end if;
  new.note_version := (select version from interview_note where id = new.note_id);
  return new;
end $$;
revoke all on function handover_names_a_version() from public, cosmos_app, cosmos_jobs;
create or replace function handover_is_said_by() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.accepted_at is distinct from old.accepted_at and (old.to_worker_id is distinct from viewer_worker() or old.accepted_at is not null)
    or new.withdrawn_at is distinct from old.withdrawn_at
      and (old.from_worker_id is distinct from viewer_worker() or old.withdrawn_at is not null)
  then raise 'not theirs to say' using errcode = 'insufficient_privilege'; end if;
  if old.accepted_at is null and new.accepted_at is not null then new.accepted_at := now(); end if;
  if old.withdrawn_at is null and new.withdrawn_at is not null then new.withdrawn_at := now(); end if;
  return new;
end $$;
revoke all on function handover_is_said_by() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function handover_task_answered() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.answer = 'HANDED_OVER' then
    perform hand_over_unread(new.case_id, new.worker_id, new.to_worker_id, new.since);
  else
    insert into notification (worker_id, kind, case_id) values (new.to_worker_id, 'HANDOVER_ANSWERED_NO', new.case_id);
  end if;
  return null;
end $$;
revoke all on function handover_task_answered() from public, cosmos_app, cosmos_jobs;
create or replace function notify_heads(p_district uuid, p_kind "NotificationKind") returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind) select distinct m.worker_id, p_kind from membership m
    where m.role = 'DISTRICT_HEAD' and m.district_id = p_district and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now());
end $$;
revoke all on function notify_heads(uuid,"NotificationKind") from public, cosmos_app, cosmos_jobs;
create or replace function tell_who_follows(p_person uuid, p_kind "NotificationKind", p_but_case uuid, p_but_worker uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id)
  select cp.assigned_worker_id, p_kind, cp.case_id from case_person cp
  where cp.person_id = p_person and cp.case_id is distinct from p_but_case and cp.assigned_worker_id is not null
    and cp.assigned_worker_id is distinct from viewer_worker() and cp.assigned_worker_id is distinct from p_but_worker;
end $$;
revoke all on function tell_who_follows(uuid,"NotificationKind",uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function notification_tells_once() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_told uuid;
begin
  select n.id into v_told from notification n
    where n.worker_id = new.worker_id and n.created_at > now() - interval '1 hour' and n.kind = new.kind
      and n.case_id is not distinct from new.case_id
    limit 1;
  if v_told is null then return new; end if;
  update notification set created_at = new.created_at where id = v_told and created_at < new.created_at;
  return null;
end $$;
revoke all on function notification_tells_once() from public, cosmos_app, cosmos_jobs;
create or replace function viewer_setting(name text) returns text
  language plpgsql stable parallel safe
  as $$ begin return nullif(current_setting('cosmos.' || name, true), ''); end $$;
revoke all on function viewer_setting(text) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_worker() returns uuid
  language plpgsql stable parallel safe as $$ begin return viewer_setting('worker')::uuid; end $$;
revoke all on function viewer_worker() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_person() returns uuid
  language plpgsql stable parallel safe as $$ begin return viewer_setting('person')::uuid; end $$;
revoke all on function viewer_person() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_actor() returns text
  language plpgsql stable parallel safe as $$ begin return viewer_setting('actor'); end $$;
revoke all on function viewer_actor() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_districts(role text) returns uuid[]
  language plpgsql stable parallel safe
  as $$ begin return coalesce(viewer_setting('districts_' || role)::uuid[], '{}'); end $$;
revoke all on function viewer_districts(text) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_relays() returns text[]
  language plpgsql stable parallel safe
  as $$ begin return coalesce(viewer_setting('relays')::text[], '{}'); end $$;
revoke all on function viewer_relays() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_has_role(role text) returns boolean
  language plpgsql stable parallel safe
  as $$ begin return coalesce(role = any (viewer_setting('county_roles')::text[]), false); end $$;
revoke all on function viewer_has_role(text) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_has_scope(scope text) returns boolean
  language plpgsql stable parallel safe
  as $$ begin return coalesce(scope = any (viewer_setting('scopes')::text[]), false); end $$;
revoke all on function viewer_has_scope(text) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_note_reader() returns uuid
  language plpgsql stable parallel safe
  as $$ begin return case when viewer_has_scope('notes:read') then viewer_worker() end; end $$;
revoke all on function viewer_note_reader() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function login(p_issuer text, p_subject text, p_client text, p_scopes text[], p_token_digest text) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_client client%rowtype;
  v_worker worker%rowtype;
  v_self uuid;
  v_person uuid;
  v_memberships jsonb := '[]';
  v_relays jsonb := '[]';
  v_role text;
begin
  perform set_config('cosmos.token_digest', p_token_digest, true);
  select * into v_client from client where issuer = p_issuer and client_id = p_client;
  if not found then return '{"refused": "client-unknown"}'; end if;
  if v_client.disabled_at is not null then return '{"refused": "client-disabled"}'; end if;
  if not p_scopes <@ v_client.scopes then return '{"refused": "scope-not-granted"}'; end if;

  if v_client.kind = 'FRONT_END' then
    select * into v_worker from worker where issuer = p_issuer and subject = p_subject;
    if not found then
      select a.person_id, case when p.contact_suspended_at is null then a.person_id end into v_self, v_person
        from person_account a join person p on p.id = a.person_id where a.issuer = p_issuer and a.subject = p_subject;
      if not found then return '{"refused": "subject-unknown"}'; end if;
    elsif v_worker.disabled_at is not null then
      return '{"refused": "worker-disabled"}';
    end if;
  elsif p_subject <> p_client then
    return '{"refused": "subject-unknown"}';
  end if;

  if v_worker.id is not null then
    select coalesce(jsonb_agg(jsonb_build_object('role', role, 'districtId', district_id) order by role, district_id), '[]')
      into v_memberships from membership
      where worker_id = v_worker.id and starts_at <= now() and (ends_at is null or ends_at > now());
    select coalesce(jsonb_agg(jsonb_build_object('absentWorkerId', absent_worker_id, 'districtId', district_id)), '[]')
      into v_relays from relay r
      where stand_in_id = v_worker.id and starts_at <= now() and ends_at > now()
        and v_memberships @> jsonb_build_array(jsonb_build_object('role', 'SOCIAL_WORKER', 'districtId', r.district_id));
  end if;

  perform set_config('cosmos.client', v_client.id::text, true);
  perform set_config('cosmos.worker', coalesce(v_worker.id::text, ''), true);
  perform set_config('cosmos.person', coalesce(v_person::text, ''), true);
  perform set_config('cosmos.self', coalesce(v_self::text, ''), true);
  perform set_config('cosmos.actor', case
    when v_worker.id is not null then 'worker:' || v_worker.id
    when v_self is not null then 'person:' || v_self
    else 'client:' || v_client.id end, true);
  perform set_config('cosmos.scopes', p_scopes::text, true);
  perform set_config('cosmos.client_reads_directory', case
    when v_client.kind = 'INTEGRATION' and 'directory:read' = any (p_scopes) then 'yes' else '' end, true);
  perform set_config('cosmos.county_roles', (select coalesce(array_agg(m ->> 'role'), '{}')::text
    from jsonb_array_elements(v_memberships) m
    where m ->> 'districtId' is null or m ->> 'role' = 'TECHNICAL_ADVISER'), true);
  foreach v_role in array array['RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD'] loop
    perform set_config('cosmos.districts_' || lower(v_role), (select coalesce(array_agg(m ->> 'districtId'), '{}')::text
      from jsonb_array_elements(v_memberships) m where m ->> 'role' = v_role), true);
  end loop;
  perform set_config('cosmos.districts_any', (select coalesce(array_agg(distinct m ->> 'districtId'), '{}')::text
    from jsonb_array_elements(v_memberships) m
    where m ->> 'role' in ('RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD')), true);
  perform set_config('cosmos.relays', (select coalesce(array_agg((r ->> 'absentWorkerId') || ':' || (r ->> 'districtId')), '{}')::text
    from jsonb_array_elements(v_relays) r), true);

  return jsonb_build_object(
    'clientId', v_client.id, 'clientKind', v_client.kind, 'workerId', v_worker.id, 'personId', v_person, 'selfId', v_self,
    'memberships', v_memberships, 'relays', v_relays);
end $$;
revoke all on function login(text,text,text,text[],text) from public, cosmos_app, cosmos_jobs;
create or replace function viewer_client() returns uuid
  language plpgsql stable parallel safe
  as $$ begin return case when viewer_actor() like 'client:%' then substr(viewer_actor(), 8)::uuid end; end $$;
revoke all on function viewer_client() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function hold_each(p_kind text, p_ids uuid[]) returns void
  language plpgsql volatile set search_path = public, pg_temp as $$
declare v_lock integer;
begin
  for v_lock in select distinct hashtext(id::text) & 1023 from unnest(p_ids) id order by 1 loop
    perform pg_advisory_xact_lock(hashtext('cosmos:sheltered:' || p_kind), v_lock);
  end loop;
end $$;
revoke all on function hold_each(text,uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function viewer_self() returns uuid
  language plpgsql stable parallel safe
  as $$ begin return viewer_setting('self')::uuid; end $$;
revoke all on function viewer_self() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function incoming_request_is_due() returns trigger language plpgsql as $$
begin
  new.due_at := least(case when new.closed_at is null then new.answer_by end,
    case when new.informed_at is null and new.inform_by is not null then coalesce(new.review_by, new.inform_by) end);
  return new;
end $$;
revoke all on function incoming_request_is_due() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function incoming_request_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(new.id, new.person_id, new.worker_id, new.district_id,
    coalesce(new.closed_at + interval '30 days', 'infinity'), true);
  return null;
end $$;
revoke all on function incoming_request_makes_known() from public, cosmos_app, cosmos_jobs;
create or replace function incoming_request_goes_on() returns trigger language plpgsql as $$
declare
  v_heads boolean := old.district_id = any (viewer_districts('district_head'));
  v_has boolean := old.worker_id = viewer_worker() and old.district_id = any (viewer_districts('social_worker'));
begin
  if new.version <> old.version + (case when (new.deferral_ground, new.review_by) is distinct from (old.deferral_ground, old.review_by)
      then 0 else 1 end) then raise 'a version follows the one before'; end if;
  if old.closed_at is not null and (new.status, new.worker_id, new.closed_at) is distinct from (old.status, old.worker_id, old.closed_at) then
    raise 'what is over stays so';
  end if;
  if new.worker_id is distinct from old.worker_id and (v_heads is not true or new.worker_id is null
      or new.worker_id = viewer_worker() or not may_be_assigned(new.worker_id, new.district_id)) then
    raise 'the head allocates, to a social worker of the district';
  end if;
  if new.status in ('ANSWERED', 'DECLINED') and new.status <> old.status
      and (case when old.worker_id is null then v_heads and new.status = 'DECLINED' else v_has end) is not true then
    raise 'who has it answers';
  end if;
  if new.informed_at is distinct from old.informed_at and (old.informed_at is not null or v_has is not true) then
    raise 'that they were informed, who has it says, once';
  end if;
  return new;
end $$;
revoke all on function incoming_request_goes_on() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function notify_incoming_request() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.worker_id is null then
    perform notify_heads(new.district_id, 'INCOMING_REQUEST_RECEIVED');
  else
    insert into notification (worker_id, kind) values (new.worker_id, 'INCOMING_REQUEST_RECEIVED');
  end if;
  return null;
end $$;
revoke all on function notify_incoming_request() from public, cosmos_app, cosmos_jobs;
create or replace function referral_person_makes_known(p_referral uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(rp.id, rp.person_id, case when c.id is null or c.opener_id is not null then r.to_worker_id end,
    r.to_district_id, coalesce(r.closed_at + interval '30 days', 'infinity'), true)
    from referral_person rp join referral r on r.id = rp.referral_id left join "case" c on c.id = rp.opened_case_id
    where r.id = p_referral;
end $$;
revoke all on function referral_person_makes_known(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function referral_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select district_id, assigned_worker_id, mission into new.district_id, new.assigned_worker_id, new.mission
    from "case" where id = new.case_id for share;
  return new;
end $$;
revoke all on function referral_takes_its_case() from public, cosmos_app, cosmos_jobs;
create or replace function case_changes_referrals() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update referral r set district_id = c.district_id, assigned_worker_id = c.assigned_worker_id from "case" c
  where c.id = new.id and r.case_id = c.id
    and (r.district_id, r.assigned_worker_id) is distinct from (c.district_id, c.assigned_worker_id);
  return null;
end $$;
revoke all on function case_changes_referrals() from public, cosmos_app, cosmos_jobs;
create or replace function referral_person_takes_its_referral() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_online uuid;
begin
  select district_id, assigned_worker_id, to_district_id, to_worker_id, status, online_person_id
    into new.district_id, new.assigned_worker_id, new.to_district_id, new.to_worker_id, new.status, v_online
    from referral where id = new.referral_id for share;
  new.online := v_online is not null;
  if v_online <> new.person_id then raise 'shown to a person is what concerns them alone'; end if;
  return new;
end $$;
revoke all on function referral_person_takes_its_referral() from public, cosmos_app, cosmos_jobs;
create or replace function referral_person_added() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform referral_person_makes_known(new.referral_id);
  return null;
end $$;
revoke all on function referral_person_added() from public, cosmos_app, cosmos_jobs;
create or replace function referral_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.online_person_id is not null and exists (select from referral_person
      where referral_id = new.id and person_id <> new.online_person_id) then
    raise 'shown to a person is what concerns them alone';
  end if;
  update referral_person set district_id = new.district_id, assigned_worker_id = new.assigned_worker_id,
    to_worker_id = new.to_worker_id, status = new.status, online = new.online_person_id is not null
    where referral_id = new.id;
  perform referral_person_makes_known(new.id);
  return null;
end $$;
revoke all on function referral_changed() from public, cosmos_app, cosmos_jobs;
create or replace function referral_content_is_coded() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not new.need_codes <@ (select array_agg(code) from need_code) then raise 'a need is of the nomenclature'; end if;
  return new;
end $$;
revoke all on function referral_content_is_coded() from public, cosmos_app, cosmos_jobs;
create or replace function referral_goes_on() returns trigger language plpgsql as $$
declare
  v_follows boolean := (old.assigned_worker_id = viewer_worker() and old.district_id = any (viewer_districts('social_worker')))
    or (old.assigned_worker_id || ':' || old.district_id) = any (viewer_relays());
  v_heads boolean := old.to_district_id = any (viewer_districts('district_head'));
  v_answers boolean := case
    when old.to_organisation_id is not null then v_follows
    when old.to_worker_id is null then v_heads
    else old.to_worker_id = viewer_worker() and old.to_district_id = any (viewer_districts('social_worker')) end;
  v_to_allocate boolean := old.closed_at is null or (old.status = 'ACCEPTED' and old.to_worker_id is null);
begin
  if new.version - old.version <> ((new.to_worker_id, new.status, new.refusal, new.closed_at)
      is distinct from (old.to_worker_id, old.status, old.refusal, old.closed_at))::integer then
    raise 'a version follows the one before, and counts what those who read it may read';
  end if;
  if new.to_worker_id is distinct from old.to_worker_id and (not v_to_allocate or v_heads is not true
      or new.to_worker_id is null or new.to_worker_id = viewer_worker() or not may_be_assigned(new.to_worker_id, new.to_district_id)) then
    raise 'the head allocates, to a social worker of the district';
  end if;
  if new.online_person_id is distinct from old.online_person_id and v_follows is not true then
    raise 'what is shown, who follows the case says';
  end if;
  if new.status <> old.status then
    if old.closed_at is not null or new.status = 'SENT' then raise 'what is over stays so'; end if;
    if (case when new.status = 'WITHDRAWN' then v_follows else v_answers end) is not true then
      raise 'who received it answers, and who follows the case withdraws';
    end if;
  elsif (new.refusal, new.closed_at) is distinct from (old.refusal, old.closed_at) then
    raise 'what is over stays so';
  end if;
  return new;
end $$;
revoke all on function referral_goes_on() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function referral_is_received() returns trigger language plpgsql as $$
begin
  if new.to_worker_id is not null and not may_be_assigned(new.to_worker_id, new.to_district_id) then
    raise 'received by a social worker of the district';
  end if;
  return new;
end $$;
revoke all on function referral_is_received() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function notify_referral() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.to_worker_id is null and new.to_district_id is not null then
      perform notify_heads(new.to_district_id, 'REFERRAL_RECEIVED');
    elsif new.to_worker_id is not null then
      insert into notification (worker_id, kind) values (new.to_worker_id, 'REFERRAL_RECEIVED');
    end if;
  elsif new.to_worker_id is distinct from old.to_worker_id then
    insert into notification (worker_id, kind) values (new.to_worker_id, 'REFERRAL_RECEIVED');
  elsif new.to_district_id is not null and new.assigned_worker_id is not null
      and new.status in ('ACCEPTED', 'REFUSED') and old.status <> new.status then
    insert into notification (worker_id, kind, case_id) values (new.assigned_worker_id, 'REFERRAL_ANSWERED', new.case_id);
  end if;
  return null;
end $$;
revoke all on function notify_referral() from public, cosmos_app, cosmos_jobs;
create or replace function case_opened_of_referral() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update referral_person rp set opened_case_id = new.case_id from referral r
  where r.id = rp.referral_id and rp.person_id = new.person_id and rp.opened_case_id is null and r.status = 'ACCEPTED'
    and r.to_worker_id = viewer_worker() and r.to_district_id = new.district_id;
  return null;
end $$;
revoke all on function case_opened_of_referral() from public, cosmos_app, cosmos_jobs;
create or replace function oldest_case_of(p_person uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select c.id from case_person cp join "case" c on c.id = cp.case_id where cp.person_id = p_person
    order by c.assigned_worker_id is null, c.opened_at, c.id limit 1);
revoke all on function oldest_case_of(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function keep_place_withheld(p_appointment uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_appointment appointment%rowtype;
  v_persons uuid[];
  v_readers text[];
begin
  if exists (select from appointment a where a.id = p_appointment and (a.places is not null
      or (a.place is null and not exists (select from withheld_place w where w.appointment_id = a.id)))) then return; end if;
  perform hold_each('person', array(select ap.person_id from appointment_person ap where ap.appointment_id = p_appointment));
  select * into v_appointment from appointment where id = p_appointment;
  v_persons := array(select ap.person_id from appointment_person ap
    where ap.appointment_id = p_appointment and is_sheltered(ap.person_id) order by 1);
  if v_persons = '{}' then
    update appointment a set place = coalesce(a.place, w.place),
        place_by_id = case when a.place is null then w.typed_by_id else a.place_by_id end from withheld_place w
      where w.appointment_id = p_appointment and a.id = p_appointment;
    delete from withheld_place where appointment_id = p_appointment;
    return;
  end if;
  v_readers := array(select distinct c.assigned_worker_id || ':' || c.district_id from unnest(v_persons) person
    cross join lateral sheltering_cases(person) s join "case" c on c.id = s.case_id
    where c.assigned_worker_id is not null order by 1);
  if v_appointment.place is not null and not place_is_of_hours(p_appointment) then
    insert into withheld_place (appointment_id, place, reader_keys, person_ids, worker_ids, typed_by_id, home_day)
      values (p_appointment, v_appointment.place, v_readers, v_persons, v_appointment.worker_ids,
        case when exists (select from unnest(v_readers) r where r like v_appointment.place_by_id || ':%')
            or (v_appointment.place_by_id = viewer_worker() and v_readers && viewer_followings()) then null
          else v_appointment.place_by_id end,
        home_day(v_appointment.mode, v_appointment.status, v_appointment.starts_at))
      on conflict (appointment_id) do update set place = excluded.place, typed_by_id = excluded.typed_by_id;
    update appointment set place = null where id = p_appointment;
  end if;
  update withheld_place set reader_keys = v_readers, person_ids = v_persons, worker_ids = v_appointment.worker_ids
    where appointment_id = p_appointment;
end $$;
revoke all on function keep_place_withheld(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function keep_sheltered(p_persons uuid[], p_since timestamptz) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_person uuid;
  v_case uuid;
  v_since timestamptz;
begin
  foreach v_person in array p_persons loop
    select s.case_id, coalesce(p_since, s.since) into v_case, v_since from sheltering_cases(v_person) s
      order by s.since, s.case_id limit 1;
    -- An open address that was written since stays, and is read like one without a confidential address beside it.
    if not found then
      null;
    elsif v_case is null or exists (select from person_address a where a.person_id = v_person and a.case_id = v_case) then
      delete from person_address where person_id = v_person and not confidential and recorded_at <= v_since;
    else
      update person_address set confidential = true, case_id = v_case
        where person_id = v_person and not confidential and recorded_at <= v_since;
    end if;
    perform keep_place_withheld(ap.appointment_id) from appointment_person ap join appointment a on a.id = ap.appointment_id
      where ap.person_id = v_person and (a.place is not null
        or exists (select from withheld_place w where w.appointment_id = a.id));
  end loop;
end $$;
revoke all on function keep_sheltered(uuid[],timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function persons_sheltered_with(p_person uuid, p_case uuid) returns uuid[]
  language sql stable security definer set search_path = public, pg_temp
  return array(select person_id from case_person where case_id = p_case union select p_person);
revoke all on function persons_sheltered_with(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function address_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.case_id := case when new.confidential then coalesce(new.case_id, oldest_case_of(new.person_id)) end;
  if tg_op = 'UPDATE' and new.confidential and not old.confidential then new.recorded_at := now(); end if;
  new.district_id := null;
  new.assigned_worker_id := null;
  select district_id, assigned_worker_id into new.district_id, new.assigned_worker_id from "case" where id = new.case_id for share;
  return new;
end $$;
revoke all on function address_takes_its_case() from public, cosmos_app, cosmos_jobs;
create or replace function place_may_be_withheld() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'appointment' then
    if new.mode <> old.mode or (new.mode = 'HOME' and (not new.worker_ids <@ old.worker_ids
        or ((new.starts_at at time zone 'Europe/Paris')::date <> (old.starts_at at time zone 'Europe/Paris')::date
          and viewer_worker() = any (new.worker_ids)))) then
      perform begin_home_visit(new.id);
    end if;
    perform keep_place_withheld(new.id);
    if (new.mode, new.starts_at, new.status) is distinct from (old.mode, old.starts_at, old.status) then
      perform keep_home_day(new.id);
    end if;
  else
    if tg_op = 'INSERT' then perform begin_home_visit(new.appointment_id); end if;
    perform keep_place_withheld(coalesce(new.appointment_id, old.appointment_id));
  end if;
  return null;
end $$;
revoke all on function place_may_be_withheld() from public, cosmos_app, cosmos_jobs;
create or replace function address_shelters() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_persons uuid[] := array[coalesce(new.person_id, old.person_id)];
begin
  perform hold_each('case', array(select c from unnest(array[case when tg_op <> 'INSERT' then old.case_id end,
    case when tg_op <> 'DELETE' then new.case_id end]) c where c is not null));
  if tg_op <> 'INSERT' and old.confidential then v_persons := v_persons || persons_sheltered_with(old.person_id, old.case_id); end if;
  if tg_op <> 'DELETE' and new.confidential then v_persons := v_persons || persons_sheltered_with(new.person_id, new.case_id); end if;
  perform hold_each('person', v_persons);
  if tg_op <> 'INSERT' and old.confidential then
    perform keep_sheltered(persons_sheltered_with(old.person_id, old.case_id), null);
  end if;
  if tg_op <> 'DELETE' and new.confidential then
    perform keep_sheltered(persons_sheltered_with(new.person_id, new.case_id), null);
  end if;
  return null;
end $$;
revoke all on function address_shelters() from public, cosmos_app, cosmos_jobs;
create or replace function case_shelters() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform hold_each('case', array[new.case_id]);
  if exists (select from person_address a where a.case_id = new.case_id) then
    perform hold_each('person', array[new.person_id]);
    perform keep_sheltered(array[new.person_id], now());
  end if;
  return null;
end $$;
revoke all on function case_shelters() from public, cosmos_app, cosmos_jobs;
create or replace function case_changes_addresses() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update person_address set district_id = new.district_id, assigned_worker_id = new.assigned_worker_id where case_id = new.id;
  update safe_address set district_id = new.district_id, assigned_worker_id = new.assigned_worker_id where case_id = new.id;
  -- A booking at the same time withholds its place for the former worker: the lock lets it end first.
  perform hold_each('person', array(select person from person_address a
    cross join lateral unnest(persons_sheltered_with(a.person_id, a.case_id)) person where a.case_id = new.id));
  perform keep_place_withheld(w.appointment_id) from (select distinct w.appointment_id from person_address a
    cross join lateral unnest(persons_sheltered_with(a.person_id, a.case_id)) person
    join appointment_person ap on ap.person_id = person join withheld_place w on w.appointment_id = ap.appointment_id
    where a.case_id = new.id) w;
  return null;
end $$;
revoke all on function case_changes_addresses() from public, cosmos_app, cosmos_jobs;
create or replace function address_for_letters() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' or (new.line, new.postal_code, new.city) is distinct from (old.line, old.postal_code, old.city)
      or follows_person(new.person_id) then
    new.for_letters := viewer_worker() is null or follows_person(new.person_id)
      or not exists (select from case_person cp where cp.person_id = new.person_id);
  end if;
  return new;
end $$;
revoke all on function address_for_letters() from public, cosmos_app, cosmos_jobs;
create or replace function notify_open_address() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'DELETE' and not new.confidential then
    perform tell_who_follows(new.person_id, 'OPEN_ADDRESS_WRITTEN', null, null);
    insert into notification (worker_id, kind, case_id)
    select c.assigned_worker_id, 'OPEN_ADDRESS_WRITTEN'::"NotificationKind", c.id
    from sheltering_cases(new.person_id) s join "case" c on c.id = s.case_id
    where c.assigned_worker_id is not null and c.assigned_worker_id is distinct from viewer_worker()
      and not exists (select from case_person cp where cp.case_id = c.id and cp.person_id = new.person_id);
  elsif tg_op <> 'INSERT' and not old.confidential and viewer_worker() is not null
      and not exists (select from person_address a where a.person_id = old.person_id and not a.confidential) then
    perform tell_who_follows(old.person_id, 'CONTACT_CHANGED', case when tg_op = 'UPDATE' then new.case_id end, null);
  end if;
  return null;
end $$;
revoke all on function notify_open_address() from public, cosmos_app, cosmos_jobs;
create or replace function say_agreed_word(p_person uuid, p_word_hash bytea) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not (viewer_has_scope('persons:write') and follows_person(p_person))
    and not coalesce(p_word_hash is null and viewer_person() = p_person and viewer_has_scope('persons:read'), false) then
    return false;
  end if;
  if p_word_hash is null then delete from agreed_word where person_id = p_person;
  else
    insert into agreed_word (person_id, word_hash) values (p_person, agreed_word_of(p_person, p_word_hash))
      on conflict (person_id) do update set word_hash = excluded.word_hash;
  end if;
  perform tell_who_follows(p_person, 'CONTACT_CHANGED', null, null);
  return true;
end $$;
revoke all on function say_agreed_word(uuid,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function be_called(p_visit uuid, p_reference text, p_secret_hash bytea, p_name text, p_word_hash bytea) returns uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_person uuid;
  v_visit visit%rowtype;
begin
  select * into v_visit from visit where id = p_visit and person_id is null and version = 1 and worker_id is not null
    and district_id = any (viewer_districts('receptionist'));
  if not found then return null; end if;
  select (array_agg(p.id))[1] into v_person from person p where p.confirm_nothing and p.id in (
    select q.id from person q where q.reference = p_reference
    -- Only an open request and a coming booking count: somebody else may have been told an old reference.
    union select r.person_id from appointment_request r where r.reference = p_reference and r.closed_at is null
    union select b.person_id from online_booking b join appointment a on a.id = b.appointment_id
      where b.secret_hash = p_secret_hash and a.status = 'BOOKED' and a.ends_at > now() - interval '1 day'
    union select q.id from person q join agreed_word w on w.person_id = q.id
      where (normalised_name(q.given_name || ' ' || q.family_name) = normalised_name(p_name)
          or normalised_name(q.family_name || ' ' || q.given_name) = normalised_name(p_name)
          or normalised_name(q.chosen_name) = normalised_name(p_name))
        and w.word_hash = agreed_word_of(q.id, p_word_hash))
    having count(*) = 1;
  if v_person is null then return null; end if;
  update visit set person_id = v_person where id = p_visit;
  perform keep_person_known(p_visit, v_person, v_visit.worker_id, v_visit.district_id, v_visit.arrived_at + interval '30 days',
    exists (select from person p where p.id = v_person and not p.sensitive_file) and v_visit.worker_id is distinct from viewer_worker());
  return v_person;
end $$;
revoke all on function be_called(uuid,text,bytea,text,bytea) from public, cosmos_app, cosmos_jobs;
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
revoke all on function suspend_contact(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function say_safe_contact(p_person uuid, p_version integer, p_contact "SafeContact", p_present_and_alone boolean,
  p_said jsonb default '{}') returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if may_say_safe_contact(p_person, p_present_and_alone) is not true then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  update person set safe_contact = p_contact, version = version + 1,
    phone = case when p_said ? 'phone' then p_said ->> 'phone' else phone end,
    email = case when p_said ? 'email' then p_said ->> 'email' else email end,
    contact_suspended_at = case when p_contact = 'NONE' then contact_suspended_at end
    where id = p_person and version = p_version;
  return found;
end $$;
revoke all on function say_safe_contact(uuid,int4,"SafeContact",bool,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function propose_safe_contact(p_person uuid, p_contact "SafeContact", p_phone text, p_email text) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not coalesce(viewer_person() = p_person and viewer_has_scope('persons:read'), false) then return false; end if;
  -- The lock waits for a suspension at the same time. Either this function then sees the suspension, or the suspension deletes this proposal.
  perform from person where id = p_person and contact_suspended_at is null for share;
  if not found then return false; end if;
  if p_contact is null then delete from contact_proposal where person_id = p_person;
  else
    -- Each proposal has its own id: the worker answers the proposal that they have read.
    insert into contact_proposal (person_id, safe_contact, phone, email) values (p_person, p_contact, p_phone, p_email)
      on conflict (person_id) do update set id = excluded.id, safe_contact = excluded.safe_contact, phone = excluded.phone,
        email = excluded.email, proposed_at = excluded.proposed_at;
    perform tell_who_follows(p_person, 'CONTACT_PROPOSED', null, null);
  end if;
  return true;
end $$;
revoke all on function propose_safe_contact(uuid,"SafeContact",text,text) from public, cosmos_app, cosmos_jobs;
create or replace function answer_contact_proposal(p_person uuid, p_proposal uuid, p_version integer, p_accept boolean) returns text
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
revoke all on function answer_contact_proposal(uuid,uuid,int4,bool) from public, cosmos_app, cosmos_jobs;
create or replace function contact_only_tightens() returns trigger language plpgsql as $$
begin
  if current_user <> 'cosmos_app' then return new; end if;
  if follows_person(new.id) then
    if new.safe_contact <> 'NONE' and not ends_suspension(new.id) then
      raise 'not theirs to say' using errcode = 'insufficient_privilege';
    end if;
    if new.safe_contact <> 'NONE' then new.contact_suspended_at := null; end if;
    return new;
  end if;
  if new.safe_contact not in ('NONE', old.safe_contact) then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  if (new.phone is distinct from old.phone and old.safe_contact in ('VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT'))
    or (new.email is distinct from old.email and old.safe_contact = 'NEUTRAL_TEXT') then
    new.safe_contact := 'NONE';
  end if;
  return new;
end $$;
revoke all on function contact_only_tightens() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function notify_contact_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if coalesce(viewer_worker(), viewer_self()) is not null then
    perform tell_who_follows(new.id, 'CONTACT_CHANGED', null, null);
  end if;
  return null;
end $$;
revoke all on function notify_contact_changed() from public, cosmos_app, cosmos_jobs;
create or replace function viewer_followings() returns text[]
  language plpgsql stable parallel safe
  as $$ begin return array(select viewer_worker() || ':' || d from unnest(viewer_districts('social_worker')) d) || viewer_relays(); end $$;
revoke all on function viewer_followings() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function case_confirms_nothing(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from case_person cp join person p on p.id = cp.person_id where cp.case_id = p_case and p.confirm_nothing);
revoke all on function case_confirms_nothing(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function set_confirm_nothing(p_person uuid, p_confirm_nothing boolean) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not (viewer_has_scope('persons:write') and follows_person(p_person))
    and not (p_confirm_nothing and coalesce(viewer_self() = p_person, false))
    and not (not p_confirm_nothing and viewer_has_scope('persons:write') and is_on_duty_for(p_person, null) and has_nobody(p_person)
      and exists (select from person p where p.id = p_person and p.confirm_nothing)) then return false; end if;
  if not p_confirm_nothing and not has_nobody(p_person) and exists (select from person p where p.id = p_person and p.confirm_nothing
    and not takes_back(p.id, p.confirm_nothing_case_id)) then return false; end if;
  update person set confirm_nothing = p_confirm_nothing, version = version + 1,
      confirm_nothing_case_id = case when p_confirm_nothing then case_that_speaks(p_person) end
    where id = p_person and confirm_nothing <> p_confirm_nothing;
  return true;
end $$;
revoke all on function set_confirm_nothing(uuid,bool) from public, cosmos_app, cosmos_jobs;
create or replace function set_communication(p_person uuid, p_version integer, p_language text, p_needs text[]) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if (knows_contact(p_person) and case when viewer_worker() is null then viewer_person() = p_person and viewer_has_scope('persons:read')
      else viewer_has_scope('persons:write') end) is not true then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  -- The same values again are no change, and raise no version: another viewer's version stays valid.
  update person set language = p_language, communication_needs = p_needs::"CommunicationNeed"[],
      version = version + ((language, communication_needs) is distinct from (p_language, p_needs::"CommunicationNeed"[]))::integer
    where id = p_person and version = p_version;
  return found;
end $$;
revoke all on function set_communication(uuid,int4,text,text[]) from public, cosmos_app, cosmos_jobs;
create or replace function notify_contact_opened(p_person uuid, p_workers uuid[]) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id)
  select cp.assigned_worker_id, 'CONTACT_OPENED'::"NotificationKind", cp.case_id from case_person cp
  where cp.person_id = p_person and cp.assigned_worker_id is distinct from viewer_worker() and exists (
    select from unnest(p_workers) w where not exists (
      select from case_person own where own.person_id = p_person and own.assigned_worker_id = w))
    and cp.assigned_worker_id is not null;
end $$;
revoke all on function notify_contact_opened(uuid,uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function contact_from(p_starts_at timestamptz) returns timestamptz
  language sql immutable parallel safe
  return p_starts_at - interval '168 hours';
revoke all on function contact_from(timestamptz) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function confirm_contact(p_appointment uuid) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_confirmed integer;
begin
  update appointment_person ap set contact_from = contact_from(a.starts_at), contact_until = known_until(a.status, a.ends_at),
    contact_said = true, contact_worker_ids = array(select w from unnest(a.worker_ids) w
      where w = any (ap.contact_worker_ids) or opens_contact(ap.person_id, ap.district_id, w) order by w)
    from appointment a where a.id = p_appointment and ap.appointment_id = a.id and a.status = 'BOOKED' and a.places is null
      and says_contact(ap.person_id, ap.district_id);
  get diagnostics v_confirmed = row_count;
  if v_confirmed > 0 then perform say_home_visit(p_appointment); end if;
  return v_confirmed;
end $$;
revoke all on function confirm_contact(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function keep_person_known(p_source uuid, p_person uuid, p_worker uuid, p_district uuid, p_until timestamptz, p_contact boolean)
  returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if p_person is null or p_worker is null then
    delete from person_known where source_id = p_source;
  else
    insert into person_known as k (source_id, person_id, worker_id, district_id, known_until, contact)
      values (p_source, p_person, p_worker, p_district, p_until, p_contact)
      on conflict (source_id) do update set worker_id = excluded.worker_id, known_until = excluded.known_until,
        -- The contact is opened when the source gets its worker. A later change of the source does not open or close it.
        contact = case when k.worker_id = excluded.worker_id then k.contact else excluded.contact end;
  end if;
end $$;
revoke all on function keep_person_known(uuid,uuid,uuid,uuid,timestamptz,bool) from public, cosmos_app, cosmos_jobs;
create or replace function contact_opened() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_before uuid[] := '{}';
begin
  if tg_op = 'UPDATE' then v_before := coalesce(old.contact_worker_ids, '{}'); end if;
  if exists (select from unnest(new.contact_worker_ids) w where w <> all (v_before)) and new.contact_until > now() then
    perform notify_contact_opened(new.person_id,
      array(select w from unnest(new.contact_worker_ids) w where w <> all (v_before)));
  end if;
  return null;
end $$;
revoke all on function contact_opened() from public, cosmos_app, cosmos_jobs;
create or replace function person_known_opened() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform notify_contact_opened(new.person_id, array[new.worker_id]);
  return null;
end $$;
revoke all on function person_known_opened() from public, cosmos_app, cosmos_jobs;
create or replace function take_look_up_turn() returns table (used integer, oldest timestamptz)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if viewer_worker() is not null then
    insert into look_up_turn as t (worker_id) values (viewer_worker())
      on conflict (worker_id) do update set worker_id = t.worker_id;
  end if;
  return query select h.used, h.oldest from look_ups_of_the_hour() h;
end $$;
revoke all on function take_look_up_turn() from public, cosmos_app, cosmos_jobs;
create or replace function notify_communication_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if viewer_person() = new.id then perform tell_who_follows(new.id, 'COMMUNICATION_CHANGED', null, null); end if;
  return null;
end $$;
revoke all on function notify_communication_changed() from public, cosmos_app, cosmos_jobs;
create or replace function reset_encounter_readers(p_case uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_assigned uuid := (select assigned_worker_id from "case" where id = p_case);
begin
  update encounter e set reader_id = r.reader from (
    select i.id, case when v_assigned in (i.held_by_id, i.passed_to_id) then v_assigned end as reader
    from encounter i where i.case_id = p_case) r
  where e.id = r.id and e.reader_id is distinct from r.reader;
end $$;
revoke all on function reset_encounter_readers(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function delete_old_encounters(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_deleted integer;
begin
  delete from encounter where id in (select id from encounter
    where case_id is null and held_at <= now() - interval '30 days' order by held_at limit p_limit for update skip locked);
  get diagnostics v_deleted = row_count;
  return v_deleted;
end $$;
revoke all on function delete_old_encounters(int4) from public, cosmos_app, cosmos_jobs;
create or replace function encounter_is_passed_on() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.reader_id := new.held_by_id;
  elsif new.case_id is distinct from old.case_id then
    if old.case_id is not null then raise 'what is passed on stays so'; end if;
    select assigned_worker_id, now() into new.passed_to_id, new.passed_on_at from "case"
      where id = new.case_id and district_id = new.district_id and status = 'OPEN' for share;
    -- The case was closed, or has lost its worker, meanwhile. The service reads it again.
    if new.passed_to_id is null then raise 'nobody to pass it on to' using errcode = 'serialization_failure'; end if;
  end if;
  return new;
end $$;
revoke all on function encounter_is_passed_on() from public, cosmos_app, cosmos_jobs;
create or replace function encounter_goes_to_its_reader() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- It changes this row alone: the time for the other encounters of the case would tell the writer their number.
  update encounter set reader_id = new.passed_to_id where id = new.id and reader_id <> new.passed_to_id;
  if new.passed_to_id <> new.held_by_id then
    insert into notification (worker_id, kind, case_id) values (new.passed_to_id, 'ENCOUNTER_PASSED_ON', new.case_id);
  end if;
  return null;
end $$;
revoke all on function encounter_goes_to_its_reader() from public, cosmos_app, cosmos_jobs;
create or replace function case_takes_its_encounters() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform reset_encounter_readers(new.id);
  return null;
end $$;
revoke all on function case_takes_its_encounters() from public, cosmos_app, cosmos_jobs;
create or replace function encounter_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    delete from person_known where source_id = old.id;
  else
    perform keep_person_known(e.id, e.person_id, e.reader_id, e.district_id,
      coalesce(e.passed_on_at, e.held_at) + interval '30 days', false) from encounter e where e.id = new.id;
  end if;
  return null;
end $$;
revoke all on function encounter_makes_known() from public, cosmos_app, cosmos_jobs;
create or replace function send_times_again(p_district uuid, p_name text, p_birth_year integer, p_reference text, p_phone text) returns uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_person uuid;
  v_time record;
begin
  if not p_district = any (viewer_districts('receptionist')) then return null; end if;
  select (array_agg(p.id))[1] into v_person from look_up_person(p_name, p_birth_year, p_reference, p_phone) l
    join person p on p.id = l.id and p.district_id = p_district and not p.sensitive_file and not p.confirm_nothing
    having count(*) = 1;
  for v_time in
    select ap.appointment_id, ap.district_id, a.starts_at from appointment_person ap
    join appointment a on a.id = ap.appointment_id and a.status = 'BOOKED' and a.starts_at > now()
    join person p on p.id = ap.person_id and p.safe_contact <> 'NONE'
    where ap.person_id = v_person and not exists (select from appointment_notice n
      where n.appointment_id = ap.appointment_id and n.person_id = ap.person_id
        and (n.done_at is null or n.done_at > now() - interval '1 hour'))
    order by a.starts_at limit 20
  loop
    begin
      insert into appointment_notice as n (appointment_id, person_id, district_id, kind, previous_starts_at, reminds_of)
        values (v_time.appointment_id, v_person, v_time.district_id, 'REMINDER',
          known_starts_at(v_time.appointment_id, v_person, v_time.starts_at), v_time.starts_at)
        on conflict (appointment_id, person_id, reminds_of) do update
          set kind = 'REMINDER', done_at = null, outcome = null, created_at = now(), version = n.version + 1;
    -- Another transaction has just written a notice of this appointment, which tells the person.
    exception when unique_violation then null;
    end;
  end loop;
  return v_person;
end $$;
revoke all on function send_times_again(uuid,text,int4,text,text) from public, cosmos_app, cosmos_jobs;
create or replace function send_blind_message(p_name text, p_birth_year integer, p_reference text, p_phone text, p_text text) returns setof uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_persons uuid[];
begin
  if may_send_blind_message() is not true then raise 'not theirs to send' using errcode = 'insufficient_privilege'; end if;
  v_persons := array(select p.id from person p
    where (normalised_name(p.given_name || ' ' || p.family_name) = normalised_name(p_name)
        or normalised_name(p.family_name || ' ' || p.given_name) = normalised_name(p_name)
        or normalised_name(p.chosen_name) = normalised_name(p_name))
      and (extract(year from p.birth_date) = p_birth_year or p.reference = p_reference
        or regexp_replace(p.phone, '\D', '', 'g') = regexp_replace(p_phone, '\D', '', 'g'))
      and not has_nobody(p.id)
    order by p.reference limit 5);
  with reached as (
    select distinct on (r.worker_id, cp.person_id) r.worker_id, cp.person_id, cp.district_id, cp.case_id from case_person cp
    cross join lateral (
      select cp.assigned_worker_id as worker_id
      union select rl.stand_in_id from relay rl where rl.absent_worker_id = cp.assigned_worker_id
        and rl.district_id = cp.district_id and rl.starts_at <= now() and rl.ends_at > now()) r
    join membership m on m.worker_id = r.worker_id and m.district_id = cp.district_id and m.role = 'SOCIAL_WORKER'
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
    where cp.person_id = any (v_persons) and cp.assigned_worker_id is not null
    order by r.worker_id, cp.person_id, cp.case_id),
  sent as (
    insert into message (district_id, worker_id, person_id, text, from_worker_id)
    select district_id, worker_id, person_id, p_text, viewer_worker() from reached)
  insert into notification (worker_id, kind, case_id) select worker_id, 'BLIND_MESSAGE'::"NotificationKind", case_id from reached;
  return query select unnest(v_persons);
end $$;
revoke all on function send_blind_message(text,int4,text,text,text) from public, cosmos_app, cosmos_jobs;
create or replace function visit_takes_its_number() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.day := (new.arrived_at at time zone 'Europe/Paris')::date;
  perform pg_advisory_xact_lock(hashtextextended('cosmos:ticket:' || new.district_id || new.day, 0));
  new.ticket := coalesce((select max(v.ticket) from visit v where v.district_id = new.district_id and v.day = new.day), 0) + 1;
  return new;
end $$;
revoke all on function visit_takes_its_number() from public, cosmos_app, cosmos_jobs;
create or replace function visit_only_goes_on() returns trigger language plpgsql as $$
begin
  if old.closed_at is not null then raise 'what is closed stays so'; end if;
  if old.taken_in_at is not null and new.taken_in_at is distinct from old.taken_in_at then raise 'who is taken in stays so'; end if;
  return new;
end $$;
revoke all on function visit_only_goes_on() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function visit_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(new.id, new.person_id, new.worker_id, new.district_id,
    least(coalesce(new.closed_at, new.arrived_at), new.arrived_at + interval '1 day') + interval '30 days',
    opens_contact(new.person_id, new.district_id, new.worker_id));
  return null;
end $$;
revoke all on function visit_makes_known() from public, cosmos_app, cosmos_jobs;
create or replace function message_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(new.id, new.person_id, new.worker_id, new.district_id,
    least(new.done_at, new.sent_at + interval '60 days') + interval '30 days',
    opens_contact(new.person_id, new.district_id, new.worker_id));
  return null;
end $$;
revoke all on function message_makes_known() from public, cosmos_app, cosmos_jobs;
create or replace function visit_tells_who_is_there() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_until timestamptz := case when new.closed_at is null then (new.day + 1)::timestamp at time zone 'Europe/Paris' end;
begin
  update appointment_request r set version = version + 1, present_until = v_until
    where r.person_id = new.person_id and r.district_id = new.district_id and r.status = 'WAITING'
      and r.present_until is distinct from v_until
      and not exists (select from person p where p.id = new.person_id and p.confirm_nothing);
  return null;
end $$;
revoke all on function visit_tells_who_is_there() from public, cosmos_app, cosmos_jobs;
create or replace function visit_is_told() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  -- A board shows the visits of today (Europe/Paris). If the visit goes to another worker, the former worker is named too, whose board it
  -- leaves.
  if new.day = (now() at time zone 'Europe/Paris')::date then
    perform pg_notify('visit_changed', concat_ws(' ', new.district_id, new.id,
      case when tg_op = 'UPDATE' and old.worker_id is distinct from new.worker_id then old.worker_id end));
  end if;
  return null;
end $$;
revoke all on function visit_is_told() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function is_in_release(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from release r
    where r.case_id = p_case and r.approved_at is null and r.refused_at is null and r.lapsed_at is null);
revoke all on function is_in_release(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function viewer_decides(r release) returns boolean
  language plpgsql stable set search_path = public, pg_temp as $$
begin
  return r.lapsed_at is null and r.approved_at is null and r.refused_at is null
    and viewer_has_role('TECHNICAL_ADVISER') and viewer_has_scope('cases:write')
    and (r.objected_at is null or coalesce(advises_elsewhere(viewer_worker(), r.district_id), false))
    and (r.ground <> 'DANGER' or r.assigned_by_id is distinct from viewer_worker());
end $$;
revoke all on function viewer_decides(release) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function has_acted_since(p_worker uuid, p_since timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from access_log l where l.actor_id = p_worker and l.actor_kind = 'WORKER'
    and l.occurred_at > p_since and l.action <> 'ANSWER_NOTE_RELEASE');
revoke all on function has_acted_since(uuid,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function close_contradicted_releases() returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_cases uuid[];
  v_closed integer;
begin
  with closed as (
    update release_note rn set closed_at = now() from release l, interview_note n
    where l.approved_at is not null and l.lapsed_at is null and l.ground <> 'DANGER'
      and rn.release_id = l.id and rn.closed_at is null and n.id = rn.note_id
      and exists (select from absence a where a.worker_id = n.author_id and a.district_id = n.district_id
        and a.starts_at <= l.approved_at and coalesce(a.ends_at, 'infinity') > l.approved_at)
      and not coalesce(has_left(n.author_id, n.district_id), false) and has_acted_since(n.author_id, l.approved_at)
    returning n.case_id)
  select array_agg(distinct case_id), count(*) into v_cases, v_closed from closed;
  perform reset_note_readers(one) from unnest(v_cases) one;
  return v_closed;
end $$;
revoke all on function close_contradicted_releases() from public, cosmos_app, cosmos_jobs;
create or replace function release_approved() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.approved_at is not null or new.approved_at is null then return null; end if;
  insert into release_note (release_id, note_id)
  select new.id, n.id from interview_note n join "case" c on c.id = n.case_id
  where n.case_id = new.case_id and n.status = 'FINAL' and n.author_id <> new.requested_by_id
    and c.assigned_worker_id = new.requested_by_id
    and (new.ground = 'DANGER' or has_left(n.author_id, n.district_id) or is_long_absent(n.author_id, n.district_id));
  perform reset_note_readers(new.case_id);
  insert into notification (worker_id, kind, case_id)
  select distinct n.author_id, 'RELEASE_APPROVED'::"NotificationKind", new.case_id
    from release_note rn join interview_note n on n.id = rn.note_id where rn.release_id = new.id
  union select new.requested_by_id, 'RELEASE_APPROVED', new.case_id;
  if new.ground = 'DANGER' then
    insert into notification (worker_id, kind, case_id)
    select holder, 'DANGER_NOTES_OPENED'::"NotificationKind", new.case_id from unnest(new.holder_ids) holder;
    insert into notification (worker_id, kind)
    select distinct m.worker_id, 'DANGER_NOTES_OPENED'::"NotificationKind" from membership m
    where m.role in ('TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER')
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now());
  end if;
  return null;
end $$;
revoke all on function release_approved() from public, cosmos_app, cosmos_jobs;
create or replace function notify_release_requested() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind)
  select distinct m.worker_id, 'RELEASE_REQUESTED'::"NotificationKind" from membership m
    where m.role in ('TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER')
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now());
  insert into notification (worker_id, kind, case_id)
  select n.author_id, 'RELEASE_REQUESTED'::"NotificationKind", new.case_id from interview_note n
    where n.case_id = new.case_id and n.status = 'FINAL' and n.author_id <> new.requested_by_id
  union select holder, 'RELEASE_REQUESTED', new.case_id from unnest(new.holder_ids) holder;
  return null;
end $$;
revoke all on function notify_release_requested() from public, cosmos_app, cosmos_jobs;
create or replace function release_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_since timestamptz;
begin
  select district_id into new.district_id from "case" where id = new.case_id;
  select id, assigned_by_id, starts_at into new.assignment_id, new.assigned_by_id, v_since from assignment
    where case_id = new.case_id and worker_id = new.requested_by_id and ends_at is null;
  new.holder_ids := array(select distinct a.worker_id from assignment a
    where a.case_id = new.case_id and a.worker_id <> new.requested_by_id);
  -- Rule 2: seven days, two days for an access request or an appeal, none after a departure, none in danger.
  new.waits_until := new.requested_at + case
    when new.ground::text = 'DANGER'
      or not exists (select from unnest(new.holder_ids) holder where not coalesce(has_left(holder, new.district_id), false)) then interval '0'
    when new.ground::text in ('ACCESS_REQUEST', 'APPEAL') then interval '2 days'
    else interval '7 days' end;
  if new.ground = 'DANGER' then
    if coalesce(v_since < now() - interval '15 days', true) then
      raise 'danger is for who was just assigned' using errcode = 'check_violation';
    end if;
    if danger_was_opened(new.case_id) then
      raise 'a danger opens once for an event' using errcode = 'check_violation';
    end if;
  else
    -- A NO to this worker about this case stands, however often they ask, and also after the case has come back to them.
    new.objected_at := (select min(r.objected_at) from release r
      where r.case_id = new.case_id and r.requested_by_id = new.requested_by_id);
  end if;
  return new;
end $$;
revoke all on function release_takes_its_case() from public, cosmos_app, cosmos_jobs;
create or replace function release_is_said_by() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.approved_at, new.approved_by_id, new.refused_at, new.refused_by_id)
      is distinct from (old.approved_at, old.approved_by_id, old.refused_at, old.refused_by_id) and not viewer_decides(old)
    or new.person_told_at is distinct from old.person_told_at
      and (old.requested_by_id is distinct from viewer_worker() or old.person_told_at is not null)
  then raise 'not theirs to say' using errcode = 'insufficient_privilege'; end if;
  -- A client could send a time in the future, which would be after any wait.
  if old.approved_at is null and new.approved_at is not null then new.approved_at := now(); end if;
  if old.refused_at is null and new.refused_at is not null then new.refused_at := now(); end if;
  if old.person_told_at is null and new.person_told_at is not null then new.person_told_at := now(); end if;
  return new;
end $$;
revoke all on function release_is_said_by() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function release_opens_for() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.ground = 'DANGER' then
    if not exists (select from danger_statement d where d.release_id = new.id) then
      raise 'the danger is not stated' using errcode = 'check_violation';
    end if;
    if danger_was_opened(new.case_id) then
      raise 'a danger opens once for an event' using errcode = 'check_violation';
    end if;
    new.open_until := new.approved_at + interval '72 hours';
  else
    -- The person's request for their file has one month at most (GDPR, article 12, 3).
    new.open_until := least(coalesce(new.asked_until, new.approved_at + interval '30 days'),
      new.approved_at + case new.ground when 'ACCESS_REQUEST' then interval '30 days' else interval '180 days' end);
    if new.open_until <= new.approved_at then raise 'its end has come' using errcode = 'check_violation'; end if;
  end if;
  return new;
end $$;
revoke all on function release_opens_for() from public, cosmos_app, cosmos_jobs;
create or replace function notify_release_refused() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id) values (new.requested_by_id, 'RELEASE_REFUSED', new.case_id);
  return null;
end $$;
revoke all on function notify_release_refused() from public, cosmos_app, cosmos_jobs;
create or replace function release_answered() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_release release%rowtype;
begin
  -- Locks the release, so that an approval at the same time reads this answer.
  select * into v_release from release where id = new.release_id for update;
  if v_release.approved_at is not null or v_release.refused_at is not null or v_release.lapsed_at is not null then
    raise 'the release waits no longer' using errcode = 'check_violation';
  end if;
  if new.answer = 'NO' then
    update release set objected_at = coalesce(objected_at, new.answered_at) where id = new.release_id;
    insert into notification (worker_id, kind, case_id) values (v_release.requested_by_id, 'RELEASE_ANSWERED_NO', v_release.case_id);
  else
    perform hand_over_unread(v_release.case_id, new.worker_id, v_release.requested_by_id, new.since);
  end if;
  return null;
end $$;
revoke all on function release_answered() from public, cosmos_app, cosmos_jobs;
create or replace function release_asks_who_held() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into release_answer (release_id, worker_id) select new.id, unnest(new.holder_ids);
  return null;
end $$;
revoke all on function release_asks_who_held() from public, cosmos_app, cosmos_jobs;
create or replace function answer_is_said_now() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.answered_at := now();
  return new;
end $$;
revoke all on function answer_is_said_now() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function danger_not_justified() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update release_note set closed_at = now() where release_id = new.release_id and closed_at is null;
  perform reset_note_readers((select case_id from release where id = new.release_id));
  return null;
end $$;
revoke all on function danger_not_justified() from public, cosmos_app, cosmos_jobs;
create or replace function sendable(p_person person, p_channels "DispatchChannel"[]) returns "DispatchChannel"
  language plpgsql stable as $$
begin
  return case
    when p_person.safe_contact <> 'NEUTRAL_TEXT' then null
    when p_person.phone is not null and 'TEXT' = any (p_channels) then 'TEXT'
    when p_person.email is not null and 'EMAIL' = any (p_channels) then 'EMAIL' end;
end $$;
revoke all on function sendable(person,"DispatchChannel"[]) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function by_day(p_at timestamptz) returns timestamptz
  language plpgsql stable as $$
declare v_at timestamp := p_at at time zone 'Europe/Paris';
begin
  return case
    when v_at::time < '08:00' then (v_at::date + time '08:00') at time zone 'Europe/Paris'
    when v_at::time >= '20:00' then (v_at::date + 1 + time '08:00') at time zone 'Europe/Paris'
    -- A rounded instant could be in the future.
    else date_trunc('milliseconds', p_at) end;
end $$;
revoke all on function by_day(timestamptz) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function prepare_dispatches(p_channels "DispatchChannel"[], p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_reminders integer := 0;
  v_notices integer;
  v_offers integer;
begin
  insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at, reminds_of)
  select a.id, ap.person_id, ap.district_id, 'REMINDER', known_starts_at(a.id, ap.person_id, a.starts_at), a.starts_at
  from district d
  -- The join begins with the district, for its index by day.
  join appointment a on a.district_id = d.id and a.status = 'BOOKED' and a.starts_at > now() + interval '3 hours'
    and a.starts_at <= now() + interval '9 days'
  join appointment_person ap on ap.appointment_id = a.id
  join person p on p.id = ap.person_id
  where a.booked_at < now() - interval '24 hours'
    and case p.safe_contact
      when 'NEUTRAL_TEXT' then a.starts_at <= now() + interval '48 hours' and sendable(p, p_channels) is not null
      when 'LETTER' then a.starts_at > now() + interval '4 days'
        and exists (select from letter_address(p.id))
      else false end
    and not exists (select from appointment_notice n where n.appointment_id = a.id and n.person_id = ap.person_id
      and (n.reminds_of = a.starts_at or n.done_at is null or n.done_at > now() - interval '24 hours'))
  order by a.starts_at limit p_limit
  on conflict do nothing;
  get diagnostics v_reminders = row_count;

  insert into dispatch (notice_id, notice_version, channel, due_at)
  select n.id, n.version, sendable(p, p_channels), by_day(now())
  from appointment_notice n
  join appointment a on a.id = n.appointment_id
  join person p on p.id = n.person_id
  where n.done_at is null and n.created_at > now() - interval '100 days'
    and (a.starts_at > now() or n.previous_starts_at > now()) and sendable(p, p_channels) is not null
    and not exists (select from dispatch d where d.notice_id = n.id and d.notice_version = n.version)
  order by n.created_at limit p_limit
  on conflict do nothing;
  get diagnostics v_notices = row_count;

  -- An offer that is due at night has its deadline at noon, so its message waits for the day like the others.
  insert into dispatch (offer_id, channel, due_at)
  select o.id, sendable(p, p_channels), by_day(now())
  from slot_offer o
  join appointment_request r on r.id = o.request_id
  join person p on p.id = r.person_id
  where o.status = 'HELD' and o.told_at is null and o.channel = 'NEUTRAL_TEXT' and sendable(p, p_channels) is not null
    and o.answer_by > by_day(now()) + interval '10 minutes'
    and not exists (select from dispatch d where d.offer_id = o.id)
  order by o.answer_by limit p_limit
  on conflict do nothing;
  get diagnostics v_offers = row_count;
  return v_reminders + v_notices + v_offers;
end $$;
revoke all on function prepare_dispatches("DispatchChannel"[],int4) from public, cosmos_app, cosmos_jobs;
create or replace function take_dispatches(p_limit integer)
  returns table (id uuid, attempt integer, channel "DispatchChannel", recipient text, kind text, public_label_fr text,
    previous_starts_at timestamptz, starts_at timestamptz, answer_by timestamptz, place text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  update dispatch d set status = case d.channel when 'TEXT' then 'RETRYING' else 'UNCERTAIN' end::"DispatchStatus"
    where d.status = 'SENDING' and d.due_at <= now();
  return query
  with due as (
    -- What became due while no job ran is not sent at night either.
    select d.* from dispatch d where d.status in ('DUE', 'RETRYING') and d.due_at <= now() and by_day(now()) <= now()
    order by d.due_at, d.id limit p_limit for update skip locked
  ), said as (
    select d.id, n.kind::text as kind, a.type_code, n.person_id, n.previous_starts_at, a.starts_at, null::timestamptz as answer_by,
      a.mode, a.place, a.district_id, a.case_id
    from due d
    join appointment_notice n on n.id = d.notice_id and n.version = d.notice_version and n.done_at is null
    join appointment a on a.id = n.appointment_id
    where (a.starts_at > now() or n.previous_starts_at > now())
      and (n.kind = 'CANCELLED' or (a.status = 'BOOKED' and a.starts_at > now()))
    union all
    select d.id, 'OFFER', r.type_code, r.person_id, null, o.starts_at, o.answer_by, o.mode, o.place, o.district_id, r.case_id
    from due d
    join slot_offer o on o.id = d.offer_id and o.status = 'HELD' and o.told_at is null and o.answer_by > now()
    join appointment_request r on r.id = o.request_id
  ), sent as (
    select s.*, case d.channel when 'TEXT' then p.phone else p.email end as recipient
    from said s join due d on d.id = s.id join person p on p.id = s.person_id
    where sendable(p, array[d.channel]) is not null
  ), taken as (
    update dispatch d set status = case when s.id is null then 'CANCELLED' else 'SENDING' end::"DispatchStatus",
      attempts = d.attempts + (s.id is not null)::integer, due_at = now() + interval '2 minutes'
    from due left join sent s on s.id = due.id where d.id = due.id
    returning d.id, d.attempts, d.channel, d.status
  ), logged as (
    -- Each message that is handed out has a line in the log (rule 9), with the person and without its content.
    insert into access_log (operation_id, actor_kind, action, outcome, case_id, person_id)
    select gen_random_uuid(), 'JOBS', 'SEND_NOTICE', 'DONE', s.case_id, s.person_id
    from taken t join sent s on s.id = t.id where t.status = 'SENDING'
  )
  select t.id, t.attempts, t.channel, s.recipient, s.kind, y.public_label_fr, s.previous_starts_at, s.starts_at, s.answer_by,
    case when s.mode = 'ON_SITE' and not is_sheltered(s.person_id) then coalesce(s.place, i.address_line || ', ' || i.postal_code || ' ' || c.name) end
  from taken t join sent s on s.id = t.id join appointment_type y on y.code = s.type_code
  join district i on i.id = s.district_id join commune c on c.insee_code = i.commune_code
  where t.status = 'SENDING';
end $$;
revoke all on function take_dispatches(int4) from public, cosmos_app, cosmos_jobs;
create or replace function settle_dispatch(p_id uuid, p_attempt integer, p_status "DispatchStatus") returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_dispatch dispatch%rowtype;
begin
  update dispatch set
      -- Eight attempts within two hours: if a gateway fails for longer, people must act.
      status = case when p_status = 'RETRYING' and attempts >= 8 then 'FAILED' else p_status end,
      due_at = by_day(now() + interval '30 seconds' * power(2, least(attempts, 8) - 1)),
      sent_at = case when p_status = 'SENT' then now() end
    where id = p_id and attempts = p_attempt and status = 'SENDING' and p_status in ('SENT', 'RETRYING', 'FAILED', 'UNCERTAIN')
    returning * into v_dispatch;
  if not found then return false; end if;
  if v_dispatch.status = 'SENT' then
    update appointment_notice set done_at = now(), outcome = 'TOLD', version = version + 1
      where id = v_dispatch.notice_id and version = v_dispatch.notice_version and done_at is null;
    update slot_offer set told_at = now() where id = v_dispatch.offer_id and status = 'HELD' and told_at is null;
  end if;
  return true;
end $$;
revoke all on function settle_dispatch(uuid,int4,"DispatchStatus") from public, cosmos_app, cosmos_jobs;
create or replace function dispatch_shows() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_shown "DispatchStatus" := nullif(new.status, 'CANCELLED');
begin
  update appointment_notice set sending = v_shown
    where id = new.notice_id and version = new.notice_version and sending is distinct from v_shown;
  update slot_offer set sending = v_shown where id = new.offer_id and sending is distinct from v_shown;
  return null;
end $$;
revoke all on function dispatch_shows() from public, cosmos_app, cosmos_jobs;
create or replace function notice_to_say_anew() returns trigger language plpgsql as $$
begin
  new.sending := null;
  return new;
end $$;
revoke all on function notice_to_say_anew() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function nothing_left_to_say() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'appointment' then
    delete from appointment_notice where appointment_id = new.id and kind = 'REMINDER' and done_at is null;
  elsif tg_op = 'DELETE' then
    delete from appointment_notice where appointment_id = old.appointment_id and person_id = old.person_id
      and kind = 'REMINDER' and done_at is null;
  else
    delete from appointment_notice where appointment_id = new.appointment_id and person_id = new.person_id
      and kind = 'CANCELLED' and done_at is null;
  end if;
  return null;
end $$;
revoke all on function nothing_left_to_say() from public, cosmos_app, cosmos_jobs;
create or replace function viewer_teams() returns uuid[]
  language plpgsql stable as $$ begin
    if not viewer_has_scope('statistics:write') or viewer_has_role('TECHNICAL_ADVISER') then return '{}'; end if;
    return array(select unnest(viewer_districts('social_worker')) except select unnest(viewer_districts('district_head')));
  end $$;
revoke all on function viewer_teams() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_reads_drafts() returns boolean
  language plpgsql stable as $$ begin return viewer_reads_statistics() and not viewer_is_reporting_client(); end $$;
revoke all on function viewer_reads_drafts() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function indicator_given_by(p_measure text) returns "IndicatorTerritory"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_end date := date_trunc('month', day_in_paris(now()))::date;
  v_from timestamptz := (v_end - interval '3 months')::timestamp at time zone 'Europe/Paris';
  v_until timestamptz := v_end::timestamp at time zone 'Europe/Paris';
  v_given "IndicatorTerritory";
begin
  if p_measure !~ '^[A-Z][A-Z0-9_]+$' or to_regprocedure('records_of_' || lower(p_measure) || '(timestamptz,timestamptz)') is null then raise 'nothing measures %', p_measure; end if;
  execute format($trial$
    with record as materialized (select distinct r.unit_id, r.district_id, r.worker_id from records_of_%s($1, $2) r),
    team as (select m.district_id, count(distinct m.worker_id) as workers from membership m
      where m.role in ('SOCIAL_WORKER', 'RECEPTIONIST') and m.starts_at < $2 and (m.ends_at is null or m.ends_at > $1)
      group by grouping sets ((m.district_id), ())),
    counted as (select r.district_id, count(distinct r.unit_id) as units,
        count(distinct r.unit_id) filter (where r.worker_id is null) as of_nobody
      from record r group by grouping sets ((r.district_id), ())),
    feeder as (select r.district_id, r.worker_id, count(distinct r.unit_id) as units from record r where r.worker_id is not null
      group by grouping sets ((r.district_id, r.worker_id), (r.worker_id))),
    fed as (select c.district_id, c.units, (f.workers >= 3 and f.most < c.units * 0.8)
        or (c.of_nobody >= greatest(5, c.units * 0.5)
          and 3 <= (select t.workers from team t where t.district_id is not distinct from c.district_id)) as enough
      from counted c cross join lateral (select count(*) as workers, coalesce(max(f.units), 0) as most from feeder f
        where f.district_id is not distinct from c.district_id) f)
    select case
      when county.units > 0 and county.enough is not true then null
      when exists (select from district d where d.switched_on_on <= day_in_paris($1))
        and not exists (select from district d where d.switched_on_on <= day_in_paris($1)
          and not exists (select from fed f where f.district_id = d.id and f.enough)) then 'DISTRICT'
      else 'COUNTY' end::"IndicatorTerritory"
    from fed county where county.district_id is null
  $trial$, lower(p_measure)) into v_given using v_from, v_until;
  return v_given;
end $$;
revoke all on function indicator_given_by(text) from public, cosmos_app, cosmos_jobs;
create or replace function indicator_steps() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.status = new.status or (old.status, new.status) not in (
    ('PROPOSED', 'CONSULTED'), ('PROPOSED', 'REFUSED'), ('CONSULTED', 'REFUSED'), ('CONSULTED', 'ADOPTED'), ('ADOPTED', 'RETIRED'))
  then raise 'an indicator does not go from % to %', old.status, new.status; end if;
  if new.status = 'ADOPTED' and indicator_obstacle(new.id) is not null then raise 'the teams have not agreed to it'; end if;
  return new;
end $$;
revoke all on function indicator_steps() from public, cosmos_app, cosmos_jobs;
create or replace function opinion_while_asked() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Locks the indicator, so that the consultation does not end meanwhile.
  perform from indicator i where i.id = new.indicator_id and i.status = 'CONSULTED'
    and (now() at time zone 'Europe/Paris')::date between i.consulted_from and i.consulted_until for share;
  if not found then raise 'the teams are not asked now'; end if;
  return new;
end $$;
revoke all on function opinion_while_asked() from public, cosmos_app, cosmos_jobs;
create or replace function in_ones_own_name() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.name := (select w.given_name || ' ' || w.family_name from worker w where w.id = new.worker_id);
  return new;
end $$;
revoke all on function in_ones_own_name() from public, cosmos_app, cosmos_jobs;
create or replace function next_word() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.version <> (select coalesce(max(v.version), 0) + 1 from indicator_voice v where v.speaker_id = new.speaker_id)
  then raise 'a version of a voice is left out'; end if;
  return new;
end $$;
revoke all on function next_word() from public, cosmos_app, cosmos_jobs;
create or replace function counts_what_is_recorded() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.measure is not null and (new.measure !~ '^[A-Z][A-Z0-9_]+$'
    or to_regprocedure('records_of_' || lower(new.measure) || '(timestamptz,timestamptz)') is null)
  then raise 'nothing measures %', new.measure; end if;
  if exists (select from indicator i where i.code = new.code and i.measure <> new.measure)
  then raise 'another version of it counts by another measure'; end if;
  return new;
end $$;
revoke all on function counts_what_is_recorded() from public, cosmos_app, cosmos_jobs;
create or replace function decided_by_the_trial() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.status = 'ADOPTED' and old.status <> 'ADOPTED' then
    new.given_by := indicator_given_by(new.measure);
    if new.given_by is null then return null; end if;
  elsif new.given_by is distinct from old.given_by then
    raise 'where an indicator is given is decided when it is adopted';
  end if;
  return new;
end $$;
revoke all on function decided_by_the_trial() from public, cosmos_app, cosmos_jobs;
create or replace function two_advisers_decide() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not indicator_is_decided(new.id, (case new.status when 'REFUSED' then 'REFUSE' else 'RETIRE' end)::"IndicatorDecisionKind")
      and not (new.status = 'RETIRED'
        and exists (select from indicator i where i.code = new.code and i.status = 'ADOPTED' and i.version > new.version)) then
    raise 'one adviser alone does not decide this';
  end if;
  return null;
end $$;
revoke all on function two_advisers_decide() from public, cosmos_app, cosmos_jobs;
create or replace function age_band(p_born date, p_on date) returns text
  language sql immutable
  return case when p_born is null then 'UNKNOWN'
    when p_born > p_on - interval '18 years' then 'UNDER_18' when p_born > p_on - interval '25 years' then '18_TO_24'
    when p_born > p_on - interval '40 years' then '25_TO_39' when p_born > p_on - interval '60 years' then '40_TO_59'
    when p_born > p_on - interval '75 years' then '60_TO_74' else '75_OR_OVER' end;
revoke all on function age_band(date,date) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function wait_band(p_days integer) returns text
  language sql immutable
  return case when p_days <= 2 then '0_TO_2_DAYS' when p_days <= 7 then '3_TO_7_DAYS' when p_days <= 14 then '8_TO_14_DAYS'
    when p_days <= 30 then '15_TO_30_DAYS' when p_days <= 60 then '31_TO_60_DAYS' else 'OVER_60_DAYS' end;
revoke all on function wait_band(int4) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function case_age_band(p_from timestamptz, p_until timestamptz) returns text
  language sql immutable
  return case when p_from > p_until - interval '3 months' then 'UNDER_3_MONTHS' when p_from > p_until - interval '6 months' then '3_TO_6_MONTHS'
    when p_from > p_until - interval '1 year' then '6_TO_12_MONTHS' when p_from > p_until - interval '2 years' then '1_TO_2_YEARS'
    else 'OVER_2_YEARS' end;
revoke all on function case_age_band(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function persons_band(p_persons bigint) returns text
  language sql immutable
  return case when p_persons <= 1 then 'ONE' when p_persons = 2 then 'TWO' when p_persons <= 4 then 'THREE_OR_FOUR' else 'FIVE_OR_MORE' end;
revoke all on function persons_band(int8) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function objects(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from person p where p.id = p_person and p.statistics_objection_on is not null);
revoke all on function objects(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function case_objects(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from case_person cp join person p on p.id = cp.person_id
    where cp.case_id = p_case and p.statistics_objection_on is not null);
revoke all on function case_objects(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function appointment_objects(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment_person ap join person p on p.id = ap.person_id
    where ap.appointment_id = p_appointment and p.statistics_objection_on is not null);
revoke all on function appointment_objects(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function erratum_lapses_on(p_proposed_on date) returns date language sql immutable return p_proposed_on + 60;
revoke all on function erratum_lapses_on(date) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function published_for_ever() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.published_on is not null then raise 'what was published stays'; end if;
  if tg_op = 'DELETE' then return old; end if;
  if new.published_on is not null and not narrative_is_signed(new.id, new.published_by_id)
  then raise 'the team has not signed it'; end if;
  return new;
end $$;
revoke all on function published_for_ever() from public, cosmos_app, cosmos_jobs;
create or replace function cited_for_ever() returns trigger language plpgsql as $$ begin raise 'what was published stays'; end $$;
revoke all on function cited_for_ever() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function drafted_first() returns trigger language plpgsql as $$
begin
  if new.published_on is not null then raise 'a report begins as a draft'; end if;
  return new;
end $$;
revoke all on function drafted_first() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function of_the_draft() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from activity_report r where r.id = new.report_id and r.published_on is null
    and r.version = (to_jsonb(new) ->> tg_argv[0])::integer for share;
  if not found then raise 'this is not what stands in the draft'; end if;
  return new;
end $$;
revoke all on function of_the_draft() from public, cosmos_app, cosmos_jobs;
create or replace function erratum_is_signed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.proposed_by := (select w.given_name || ' ' || w.family_name from worker w where w.id = new.proposed_by_id);
    -- An erratum is about a frozen figure or a published report.
    if not (case when new.indicator_code is null
        then exists (select from activity_report r where r.year = new.period::integer and r.district_id is not distinct from new.district_id
          and r.published_on is not null)
        else exists (select from snapshot s join snapshot_table t on t.snapshot_id = s.id join indicator i on i.id = t.indicator_id
          where s.period = new.period and i.code = new.indicator_code and t.district_id is not distinct from new.district_id) end) then
      raise 'nothing like this was told' using errcode = 'check_violation';
    end if;
  elsif old.published_on is not null or old.withdrawn_on is not null then raise 'what is published or taken back stays';
  elsif new.published_on is not null then
    new.signed_by := (select w.given_name || ' ' || w.family_name from worker w where w.id = new.signed_by_id);
  end if;
  return new;
end $$;
revoke all on function erratum_is_signed() from public, cosmos_app, cosmos_jobs;
create or replace function tell_of_erratum() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind)
    select told.worker_id, 'ERRATUM_PUBLISHED' from (
      select m.worker_id from membership m where m.district_id = new.district_id and m.role in ('SOCIAL_WORKER', 'DISTRICT_HEAD')
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
      union
      select s.worker_id from activity_report r join activity_report_signature s on s.report_id = r.id
      where r.district_id is not distinct from new.district_id and r.year = left(new.period, 4)::integer and s.worker_id is not null) told
    where told.worker_id not in (new.proposed_by_id, new.signed_by_id);
  return null;
end $$;
revoke all on function tell_of_erratum() from public, cosmos_app, cosmos_jobs;
create or replace function viewer_reads_statistics() returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return viewer_has_scope('statistics:read') and (
      cardinality(viewer_districts('social_worker')) > 0 or cardinality(viewer_districts('district_head')) > 0
      or viewer_has_role('TECHNICAL_ADVISER') or viewer_has_role('DATA_PROTECTION_OFFICER')
      or exists (select from client c where c.id = viewer_client() and c.kind = 'REPORTING'));
  end $$;
revoke all on function viewer_reads_statistics() from public, cosmos_app, cosmos_jobs;
create or replace function viewer_is_reporting_client() returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return exists (select from client c where c.id = viewer_client() and c.kind = 'REPORTING');
  end $$;
revoke all on function viewer_is_reporting_client() from public, cosmos_app, cosmos_jobs;
create or replace function freezes_with(p_mark bytea) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return not exists (select from snapshot s where s.secret_mark <> p_mark);
revoke all on function freezes_with(bytea) from public, cosmos_app, cosmos_jobs;
create or replace function write_snapshot_dimension(p_snapshot uuid, p_code text, p_label_fr text, p_label_en text, p_categories text[], p_fr text[], p_en text[])
  returns void language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform from snapshot s where s.id = p_snapshot and s.xmin = pg_current_xact_id()::xid;
  if not found then raise 'this snapshot is frozen'; end if;
  insert into snapshot_dimension (snapshot_id, code, label_fr, label_en, categories, categories_fr, categories_en)
    values (p_snapshot, p_code, p_label_fr, p_label_en, p_categories, p_fr, p_en);
end $$;
revoke all on function write_snapshot_dimension(uuid,text,text,text,text[],text[],text[]) from public, cosmos_app, cosmos_jobs;
create or replace function snapshot_due(p_starts_on date, p_ends_on date) returns date
  language sql immutable
  return (p_ends_on + interval '9 days' + case when p_ends_on > p_starts_on + 31 then interval '1 month' else interval '0' end)::date;
revoke all on function snapshot_due(date,date) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function next_snapshot() returns table (period text, starts_on date, ends_on date, from_at timestamptz, until_at timestamptz, districts uuid[])
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_today date := day_in_paris(now());
begin
  if not pg_try_advisory_xact_lock(hashtext('cosmos:snapshot')) then return; end if;
  return query
    select d.period, d.starts_on, d.ends_on, d.starts_on::timestamp at time zone 'Europe/Paris',
      d.ends_on::timestamp at time zone 'Europe/Paris', d.districts
    from (
      select to_char(m, 'YYYY-MM') as period, m::date as starts_on, (m + interval '1 month')::date as ends_on,
        array(select t.id from district t where t.switched_on_on <= m::date order by t.id) as districts
      from generate_series(date_trunc('month', v_today - interval '24 months'), v_today::timestamp, interval '1 month') m
      union all
      select to_char(y, 'YYYY'), y::date, (y + interval '1 year')::date,
        array(select t.id from district t where t.switched_on_on < (y + interval '1 year')::date order by t.id)
      from generate_series(date_trunc('year', v_today - interval '24 months'), v_today::timestamp, interval '1 year') y) d
    where cardinality(d.districts) > 0 and snapshot_due(d.starts_on, d.ends_on) <= v_today
      and not exists (select from snapshot s where s.period = d.period)
    order by d.ends_on, d.starts_on limit 1;
end $$;
revoke all on function next_snapshot() from public, cosmos_app, cosmos_jobs;
create or replace function indicators_of_snapshot(p_ends_on date)
  returns table (id uuid, code text, measure text, dimensions text[], given_by "IndicatorTerritory")
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select i.id, i.code, i.measure, i.dimensions, i.given_by from indicator i
  where i.adopted_on < p_ends_on and (i.retired_on is null or i.retired_on >= p_ends_on) order by i.code;
end;
revoke all on function indicators_of_snapshot(date) from public, cosmos_app, cosmos_jobs;
create or replace function write_snapshot_tables(p_snapshot uuid, p_tables jsonb) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform from snapshot s where s.id = p_snapshot and s.xmin = pg_current_xact_id()::xid;
  if not found then raise 'this snapshot is frozen'; end if;
  insert into snapshot_table (snapshot_id, indicator_id, district_id, dimensions, cells, bases)
    select p_snapshot, t.indicator_id, t.district_id, t.dimensions, t.cells, t.bases
    from jsonb_to_recordset(p_tables) t(indicator_id uuid, district_id uuid, dimensions text[], cells integer[], bases integer[]);
end $$;
revoke all on function write_snapshot_tables(uuid,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function statistics_records(p_measure text, p_from timestamptz, p_until timestamptz, p_districts uuid[])
  returns table (unit_id uuid, district_id uuid, part boolean, categories text[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if to_regprocedure('records_of_' || lower(p_measure) || '(timestamptz,timestamptz)') is null then raise 'nothing measures %', p_measure; end if;
  return query execute format(
    'select r.unit_id, r.district_id, r.part, r.categories from records_of_%s($1, $2) r where r.district_id = any ($3) order by r.unit_id',
    lower(p_measure)) using p_from, p_until, p_districts;
end $$;
revoke all on function statistics_records(text,timestamptz,timestamptz,uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function statistics_categories() returns table (dimension text, category text, label_fr text, label_en text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select 'APPOINTMENT_TYPE', t.code, t.label_fr, t.label_en from appointment_type t
  union all
  select 'NEED_CODE', k.code, k.label_fr, k.label_en from need_code k
  order by 1, 2;
end;
revoke all on function statistics_categories() from public, cosmos_app, cosmos_jobs;
create or replace function frozen_for_ever() returns trigger language plpgsql as $$ begin raise 'what was frozen stays'; end $$;
revoke all on function frozen_for_ever() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function withheld_for(p_workers bigint, p_persons bigint) returns "Withheld"
  language sql immutable
  return case when p_workers < 3 then 'TOO_FEW_WORKERS' when p_persons < 5 then 'TOO_FEW_PERSONS' end::"Withheld";
revoke all on function withheld_for(int8,int8) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function measure_waiting_day(p_district uuid, p_day date) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := (p_day + time '06:00') at time zone 'Europe/Paris';
  v_until timestamptz := v_from + interval '92 days';
  v_type appointment_type%rowtype;
  v_length interval;
  v_third timestamptz;
  v_workers bigint;
  v_withheld "Withheld";
  v_written integer := 0;
begin
  for v_type in select * from appointment_type t where 'BOOKING_CLIENT' = any (t.bookable_by) order by t.code loop
    v_length := make_interval(mins => v_type.duration_minutes);
    -- Each gap begins with a free time, so the third free time is no later than the start of the third gap.
    v_third := (
      select s.at from (
        select f.starts_at, f.ends_at from free_time f
        where f.district_id = p_district and f.type_code = v_type.code and f.starts_at >= v_from and f.starts_at < v_until
        order by f.starts_at limit 3) g
      cross join lateral (select at from generate_series(g.starts_at, g.ends_at - v_length, v_length) at limit 3) s
      order by s.at offset 2 limit 1);
    v_workers := (
      select count(distinct o.worker_id) from availability_occurrence o
      join worker w on w.id = o.worker_id and w.disabled_at is null
      where o.district_id = p_district and not o.closed and o.starts_at >= v_from
        and o.starts_at <= greatest(v_third, v_from + interval '7 days', case when v_third is null then v_until end)
        and exists (select from availability_type t where t.availability_id = o.availability_id and t.type_code = v_type.code)
        and exists (select from membership m where m.worker_id = o.worker_id and m.district_id = o.district_id
          and m.starts_at <= o.starts_at and (m.ends_at is null or m.ends_at >= o.ends_at))
        -- A worker who is away feeds no figure.
        and not exists (select from absence s where s.worker_id = o.worker_id
          and tstzrange(s.starts_at, s.ends_at) @> tstzrange(o.starts_at, o.ends_at))
        and not exists (select from unavailability u where u.worker_id = o.worker_id
          and tstzrange(u.starts_at, u.ends_at) @> tstzrange(o.starts_at, o.ends_at)));
    -- There are no persons to count: free times are nobody's wait.
    v_withheld := coalesce(withheld_for(v_workers, 5), case when v_third is null then 'NO_FREE_TIME'::"Withheld" end);
    insert into waiting_day (district_id, type_code, day, third_next_days, withheld)
      values (p_district, v_type.code, p_day, case when v_withheld is null then day_in_paris(v_third) - p_day end, v_withheld)
      on conflict do nothing;
    if found then v_written := v_written + 1; end if;
  end loop;
  return v_written;
end $$;
revoke all on function measure_waiting_day(uuid,date) from public, cosmos_app, cosmos_jobs;
create or replace function measure_waiting_days_at(p_now timestamptz) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_today date := day_in_paris(p_now);
  v_time time := (p_now at time zone 'Europe/Paris')::time;
begin
  if v_time < '06:00' or v_time >= '08:00' or exists (select from public_holiday h where h.day = v_today) then return 0; end if;
  return (select coalesce(sum(measure_waiting_day(d.id, v_today)), 0) from district d
    where d.switched_on_on <= v_today
      and exists (select from opening_hours h where h.district_id = d.id and h.weekday = extract(isodow from v_today)));
end $$;
revoke all on function measure_waiting_days_at(timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function measured_once() returns trigger language plpgsql as $$ begin raise 'what was measured stays'; end $$;
revoke all on function measured_once() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_answers(p_request appointment_request) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return viewer_has_scope('appointments:write') and coalesce(
      p_request.district_id = any (viewer_districts('receptionist'))
      or (p_request.district_id = any (viewer_districts('social_worker'))
        and viewer_worker() in (p_request.duty_worker_id, p_request.case_worker_id))
      or (p_request.case_worker_id || ':' || p_request.district_id) = any (viewer_relays())
      or (p_request.show_online and p_request.person_id = viewer_person()), false);
  end $$;
revoke all on function viewer_answers(appointment_request) from public, cosmos_app, cosmos_jobs;
create or replace function answer_offer(p_offer uuid, p_version integer, p_accept boolean) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_offer slot_offer%rowtype;
  v_request appointment_request%rowtype;
  v_before appointment%rowtype;
  v_appointment uuid;
begin
  select r.* into v_request from slot_offer o join appointment_request r on r.id = o.request_id where o.id = p_offer;
  if not found or not viewer_answers(v_request) then return '{"outcome": "UNKNOWN"}'; end if;
  -- The locks are taken in the order of `settle_requests`: first the request, then the offer.
  select * into v_request from appointment_request where id = v_request.id for update;
  select * into v_offer from slot_offer where id = p_offer for update;
  if v_offer.status = 'EXPIRED' or (v_offer.status = 'HELD' and v_offer.answer_by <= now()) then
    return '{"outcome": "OFFER_EXPIRED"}';
  elsif v_offer.version <> p_version then return '{"outcome": "VERSION_CHANGED"}';
  elsif v_offer.status <> 'HELD' then return '{"outcome": "STATE_CHANGED"}';
  end if;
  if not p_accept then
    update slot_offer set status = 'DECLINED', answered_at = now(), version = version + 1 where id = p_offer;
    return jsonb_build_object('outcome', 'DECLINED', 'caseId', v_request.case_id, 'personId', v_request.person_id);
  end if;
  if only_worker(v_request) <> v_offer.worker_id or not still_stands(v_offer)
    or busy_then(v_request, v_offer.starts_at, v_offer.ends_at) then
    return '{"outcome": "STATE_CHANGED"}';
  end if;
  select * into v_before from appointment where id = v_request.appointment_id for update;
  if v_before.id is null or v_before.status = 'CANCELLED_BY_SERVICE' then
    v_appointment := gen_random_uuid();
    insert into appointment (id, district_id, case_id, type_code, mode, place, asked_by, starts_at, ends_at)
      values (v_appointment, v_offer.district_id, v_request.case_id, v_request.type_code, v_offer.mode, v_offer.place,
        v_request.asked_by, v_offer.starts_at, v_offer.ends_at);
    insert into appointment_worker (appointment_id, worker_id) values (v_appointment, v_offer.worker_id);
    -- A person who gave no name has an appointment too: the reference is on their paper.
    insert into appointment_person (appointment_id, person_id, show_online)
      select v_appointment, v_request.person_id, v_request.show_online where v_request.person_id is not null;
    update occupancy set appointment_id = v_appointment, offer_id = null, expires_at = null where offer_id = p_offer;
    -- A person who accepts online can cancel or move the appointment online.
    if v_request.person_id = viewer_person() then
      insert into online_booking (appointment_id, person_id) values (v_appointment, v_request.person_id);
    end if;
  else
    v_appointment := v_before.id;
    if v_before.status <> 'BOOKED' or v_before.starts_at <= v_offer.starts_at or cardinality(v_before.worker_ids) <> 1
      or v_before.expected_back_at is not null
      or v_before.ends_at - v_before.starts_at <> v_offer.ends_at - v_offer.starts_at
      or not exists (select from appointment_person ap where ap.appointment_id = v_before.id and ap.person_id = v_request.person_id) then
      return '{"outcome": "STATE_CHANGED"}';
    end if;
    -- The old time of the appointment becomes free.
    delete from occupancy where appointment_id = v_appointment;
    update occupancy set appointment_id = v_appointment, offer_id = null, expires_at = null where offer_id = p_offer;
    update appointment set starts_at = v_offer.starts_at, ends_at = v_offer.ends_at, mode = v_offer.mode, place = v_offer.place,
      version = version + 1 where id = v_appointment;
    update appointment_participant set starts_at = starts_at + (v_offer.starts_at - v_before.starts_at),
      ends_at = ends_at + (v_offer.starts_at - v_before.starts_at) where appointment_id = v_appointment;
    if v_before.worker_ids[1] <> v_offer.worker_id then
      delete from appointment_worker where appointment_id = v_appointment;
      insert into appointment_worker (appointment_id, worker_id) values (v_appointment, v_offer.worker_id);
    end if;
    -- The other persons of the appointment must be told.
    insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at)
      select ap.appointment_id, ap.person_id, ap.district_id, 'MOVED',
        known_starts_at(ap.appointment_id, ap.person_id, v_before.starts_at)
      from appointment_person ap where ap.appointment_id = v_appointment and ap.person_id <> v_request.person_id
      on conflict (appointment_id, person_id) where done_at is null
        do update set kind = excluded.kind, version = appointment_notice.version + 1;
  end if;
  update slot_offer set status = 'ACCEPTED', answered_at = now(), version = version + 1 where id = p_offer;
  update appointment_request set status = 'BOOKED', closed_at = now(), appointment_id = v_appointment, version = version + 1
    where id = v_request.id;
  return jsonb_build_object('outcome', 'ACCEPTED', 'id', v_appointment, 'moved', v_before.id is not distinct from v_appointment,
    'caseId', v_request.case_id, 'personId', v_request.person_id);
end $$;
revoke all on function answer_offer(uuid,int4,bool) from public, cosmos_app, cosmos_jobs;
create or replace function forget_who_waited(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_forgotten integer;
begin
  update appointment_request set called_name = null, contact = 'NONE', phone = null where id in (
    select r.id from appointment_request r left join appointment a on a.id = r.appointment_id
    where (r.called_name is not null or r.phone is not null) and r.closed_at <= now() - interval '30 days'
      and (a.ends_at > now() - interval '30 days') is not true
    order by r.closed_at, r.id limit p_limit for update of r skip locked);
  get diagnostics v_forgotten = row_count;
  return v_forgotten;
end $$;
revoke all on function forget_who_waited(int4) from public, cosmos_app, cosmos_jobs;
create or replace function offer_channel(p_request appointment_request) returns "OfferChannel"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_person person%rowtype;
begin
  if p_request.present_until > now() then return 'AT_DESK'; end if;
  if p_request.person_id is null then
    return case when p_request.contact <> 'NONE' then p_request.contact::text::"OfferChannel" end;
  end if;
  select * into v_person from person where id = p_request.person_id;
  if v_person.contact_suspended_at is not null then return null; end if;
  if p_request.show_online and exists (select from person_account a where a.person_id = p_request.person_id) then
    return 'ONLINE';
  end if;
  return case
    when v_person.safe_contact = 'VOICE_TO_ME_ONLY' and v_person.phone is not null then 'VOICE_TO_ME_ONLY'
    when v_person.safe_contact = 'NEUTRAL_TEXT' and num_nonnulls(v_person.phone, v_person.email) > 0 then 'NEUTRAL_TEXT'
    when v_person.safe_contact = 'LETTER' and exists (select from letter_address(v_person.id)) then 'LETTER'
    when v_person.safe_contact = 'THROUGH_SOMEONE' then 'THROUGH_SOMEONE' end;
end $$;
revoke all on function offer_channel(appointment_request) from public, cosmos_app, cosmos_jobs;
create or replace function answer_by(p_from timestamptz, p_channel "OfferChannel", p_starts_at timestamptz) returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_at timestamp;
  v_at_latest timestamptz := p_starts_at - interval '2 hours';
begin
  if p_channel = 'AT_DESK' then return least(p_from + interval '20 minutes', p_starts_at); end if;
  if p_channel <> 'LETTER' and p_starts_at < p_from + interval '7 days' then
    return least(v_at_latest, in_working_time(p_from,
      case when p_starts_at < p_from + interval '3 days' then interval '1 hour' else interval '2 hours' end));
  end if;
  v_at := (p_from + case when p_channel = 'LETTER' then interval '7 days' else interval '24 hours' end) at time zone 'Europe/Paris';
  if v_at::time >= '18:00' then v_at := v_at::date + 1 + time '12:00';
  elsif v_at::time < '09:00' then v_at := v_at::date + time '12:00'; end if;
  while extract(isodow from v_at) > 5 or exists (select from public_holiday h where h.day = v_at::date) loop
    v_at := v_at::date + 1 + time '12:00';
  end loop;
  return least(v_at at time zone 'Europe/Paris', v_at_latest);
end $$;
revoke all on function answer_by(timestamptz,"OfferChannel",timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function only_worker(p_request appointment_request) returns uuid
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_worker uuid;
begin
  select a.worker_ids[1] into v_worker from appointment a
    where a.id = p_request.appointment_id and a.status = 'BOOKED' and (a.case_id is not null or a.subject is not null
      or exists (select from appointment_person ap join person p on p.id = ap.person_id
        where ap.appointment_id = a.id and p.sensitive_file));
  if found then return v_worker; end if;
  -- No worker has this id: a request for a case's worker waits while the case has none.
  if p_request.case_worker_only then
    return coalesce(p_request.case_worker_id, '00000000-0000-0000-0000-000000000000');
  end if;
  if p_request.duty_worker_only or exists (select from person p where p.id = p_request.person_id and p.sensitive_file) then
    return coalesce(p_request.case_worker_id, p_request.duty_worker_id);
  end if;
  return null;
end $$;
revoke all on function only_worker(appointment_request) from public, cosmos_app, cosmos_jobs;
create or replace function busy_then(p_request appointment_request, p_starts_at timestamptz, p_ends_at timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
      where ap.person_id = p_request.person_id and a.district_id = p_request.district_id and a.status = 'BOOKED'
        and a.id is distinct from p_request.appointment_id and a.starts_at < p_ends_at and a.ends_at > p_starts_at
        and case when p_request.show_online then ap.show_online
          when p_request.duty_worker_only or p_request.case_worker_only
            then a.worker_ids && array[p_request.duty_worker_id, p_request.case_worker_id] else true end)
    or exists (select from appointment_request r join slot_offer o on o.request_id = r.id and o.status = 'HELD'
      where r.person_id = p_request.person_id and r.district_id = p_request.district_id and r.id <> p_request.id
        and r.show_online = p_request.show_online and r.duty_worker_only = p_request.duty_worker_only
        and o.starts_at < p_ends_at and o.ends_at > p_starts_at);
revoke all on function busy_then(appointment_request,timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function wanted_range(p_request appointment_request, p_channel "OfferChannel") returns tstzrange
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := greatest(first_start(p_request, p_channel), p_request.wanted_from::timestamp at time zone 'Europe/Paris');
  v_until timestamptz := least(now() + interval '56 days', p_request.wanted_until::timestamp at time zone 'Europe/Paris',
    sooner_until(p_request));
begin
  return case when v_from < v_until then tstzrange(v_from, v_until) else 'empty' end;
end $$;
revoke all on function wanted_range(appointment_request,"OfferChannel") from public, cosmos_app, cosmos_jobs;
create or replace function may_be_served(p_request appointment_request) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_mode "AppointmentMode" := mode_to_offer(p_request);
  v_from timestamptz := first_start(p_request, case when p_request.present_until > now() then 'AT_DESK' end::"OfferChannel");
  v_until timestamptz := least(now() + interval '56 days', sooner_until(p_request));
  v_only uuid := case when p_request.case_worker_only then p_request.case_worker_id
    when p_request.duty_worker_only then p_request.duty_worker_id end;
begin
  if v_from >= v_until then return false; end if;
  perform from free_time f where f.district_id = p_request.district_id and f.type_code = p_request.type_code
    and f.starts_at > v_from - interval '12 hours' and f.starts_at < v_until and f.ends_at > v_from
    and (v_only is null or f.worker_id = v_only) and offered_mode(v_mode, f.modes) is not null limit 1;
  if not found then return false; end if;
  -- If a person has several such requests, one time is held for them at a time.
  perform from appointment_request r join slot_offer o on o.request_id = r.id and o.status = 'HELD'
    where r.person_id = p_request.person_id and r.district_id = p_request.district_id and r.type_code = p_request.type_code
      and r.show_online = p_request.show_online and r.duty_worker_only = p_request.duty_worker_only limit 1;
  return not found and offer_channel(p_request) is not null;
end $$;
revoke all on function may_be_served(appointment_request) from public, cosmos_app, cosmos_jobs;
create or replace function slot_for(p_request appointment_request, p_channel "OfferChannel")
  returns table (worker_id uuid, starts_at timestamptz, ends_at timestamptz, mode "AppointmentMode", place text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_mode "AppointmentMode" := mode_to_offer(p_request);
  v_length interval := (select make_interval(mins => t.duration_minutes) from appointment_type t where t.code = p_request.type_code);
  v_range tstzrange := wanted_range(p_request, p_channel);
  v_from timestamptz := lower(v_range);
  v_after timestamptz := lower(v_range) - interval '12 hours';
  v_last timestamptz;
  v_only uuid := only_worker(p_request);
  -- It is computed once and not for each time, since a person who has let many times go is looked at in each run.
  v_let_go tstzmultirange := let_go(p_request.id, p_channel);
begin
  if isempty(v_range) then return; end if;
  -- It reads up to 200 gaps at a time, by their start: the first ones suit most persons.
  loop
    v_last := (select max(g.starts_at) from (select f.starts_at from free_time f
      where f.district_id = p_request.district_id and f.type_code = p_request.type_code and f.starts_at > v_after
        and f.starts_at < upper(v_range) order by f.starts_at limit 200) g);
    if v_last is null then return; end if;
    -- The times are sorted first (`offset 0` keeps the planner from merging the queries). Then the slow condition is tested for one time
    -- after the other, until one suits.
    return query select c.* from (
      select f.worker_id, s.at, s.at + v_length as ends_at, offered_mode(v_mode, f.modes), f.place
      from free_time f
      cross join lateral (
        select at from generate_series(
          f.starts_at + ceil(greatest(extract(epoch from v_from - f.starts_at), 0) / extract(epoch from v_length)) * v_length,
          f.ends_at - v_length, v_length) at where at < upper(v_range) and not at <@ v_let_go) s
      where f.district_id = p_request.district_id and f.type_code = p_request.type_code and f.starts_at > v_after
        and f.starts_at <= v_last and f.ends_at > v_from and (v_only is null or f.worker_id = v_only)
        and offered_mode(v_mode, f.modes) is not null
      order by s.at, random() offset 0) c
      where not busy_then(p_request, c.at, c.ends_at) limit 1;
    if found then return; end if;
    v_after := v_last;
  end loop;
end $$;
revoke all on function slot_for(appointment_request,"OfferChannel") from public, cosmos_app, cosmos_jobs;
create or replace function why_not(p_request appointment_request, p_channel "OfferChannel", p_worker uuid,
  p_modes "AppointmentMode"[], p_starts_at timestamptz, p_ends_at timestamptz) returns "SkipReason"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return case
    when p_channel is null then 'NOT_REACHABLE'
    when only_worker(p_request) <> p_worker then 'OTHER_WORKER'
    when offered_mode(mode_to_offer(p_request), p_modes) is null then 'OTHER_MODE'
    when not p_starts_at <@ wanted_range(p_request, p_channel) then
      case when p_starts_at < first_start(p_request, p_channel) then 'TOO_SHORT_NOTICE'
        when p_starts_at >= sooner_until(p_request)
          and p_starts_at < (select a.starts_at from appointment a where a.id = p_request.appointment_id) then 'HARDLY_SOONER'
        else 'NOT_WANTED_THEN' end
    when p_starts_at <@ let_go(p_request.id, p_channel) then 'OFFERED_BEFORE'
    when busy_then(p_request, p_starts_at, p_ends_at) then 'BUSY_THEN' end;
end $$;
revoke all on function why_not(appointment_request,"OfferChannel",uuid,"AppointmentMode"[],timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function settle_requests(p_district uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  -- The locks are taken in the order of `answer_offer`: first the request, then the offer.
  perform from appointment_request r where r.district_id = p_district and r.status = 'WAITING'
    and exists (select from slot_offer o where o.request_id = r.id and o.status = 'HELD') order by r.id for update;
  update slot_offer o set status = 'EXPIRED', version = o.version + 1
    where o.district_id = p_district and o.status = 'HELD' and o.answer_by <= now();
  -- If the service cancels the appointment, the request goes on, with the rank of the time when the person asked.
  update appointment_request r set appointment_id = null, version = r.version + 1 from appointment a
    where r.district_id = p_district and r.status = 'WAITING' and a.id = r.appointment_id
      and a.status = 'CANCELLED_BY_SERVICE';
  update appointment_request r set status = 'LAPSED', closed_at = now(), version = r.version + 1
    where r.district_id = p_district and r.status = 'WAITING' and (
      r.wanted_until::timestamp at time zone 'Europe/Paris' <= now()
      or exists (select from appointment a where a.id = r.appointment_id and (a.status <> 'BOOKED' or a.starts_at <= now())));
  -- Withdraws offers that cannot be held, and those that nobody has told yet and whose channel has changed.
  update slot_offer o set status = 'WITHDRAWN', version = o.version + 1 from appointment_request r
    where o.district_id = p_district and o.status = 'HELD' and r.id = o.request_id and (
      only_worker(r) <> o.worker_id or not still_stands(o)
      or (o.told_at is null and offer_channel(r) is distinct from o.channel)
      or exists (select from appointment a where a.id = r.appointment_id and a.starts_at <= o.starts_at));
end $$;
revoke all on function settle_requests(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function offer_slots(p_district uuid, p_limit integer, p_in_any_case boolean) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_request appointment_request%rowtype;
  v_read appointment_request%rowtype;
  v_channel "OfferChannel";
  v_slot record;
  v_offer uuid;
  v_answer_by timestamptz;
  v_offered integer := 0;
begin
  -- One run of a district at a time: a second run sees what the first one has done.
  perform pg_advisory_xact_lock(hashtextextended('cosmos:offers:' || p_district, 0));
  -- These rows tell of changes that are committed, which the statements below see. A later change writes a new row.
  delete from offer_wake where district_id = p_district and due_at <= now();
  if not found and not p_in_any_case then return 0; end if;
  perform settle_requests(p_district);
  for v_request in
    select r.* from appointment_request r
    where r.district_id = p_district and r.status = 'WAITING' and may_be_served(r)
    order by r.rank_at, r.id limit 1000
  loop
    for v_try in 1 .. 3 loop
      v_channel := offer_channel(v_request);
      exit when v_channel is null;
      select * into v_slot from slot_for(v_request, v_channel);
      exit when not found;
      -- The request is locked and read again: it may have been withdrawn or changed since.
      v_read := v_request;
      select r.* into v_request from appointment_request r where r.id = v_read.id for update;
      exit when v_request.status <> 'WAITING' or not may_be_served(v_request);
      continue when v_request is distinct from v_read;
      v_answer_by := answer_by(now(), v_channel, v_slot.starts_at);
      v_offer := gen_random_uuid();
      insert into slot_offer (id, request_id, district_id, worker_id, mode, place, starts_at, ends_at, channel, offered_at, answer_by)
        values (v_offer, v_request.id, p_district, v_slot.worker_id, v_slot.mode,
          case when v_slot.mode = 'ON_SITE' then v_slot.place end, v_slot.starts_at, v_slot.ends_at, v_channel, now(), v_answer_by);
      insert into occupancy (worker_id, district_id, offer_id, expires_at, starts_at, ends_at)
        values (v_slot.worker_id, p_district, v_offer, v_answer_by, v_slot.starts_at, v_slot.ends_at) on conflict do nothing;
      if found then
        perform log_skips(v_offer);
        v_offered := v_offered + 1;
        exit;
      end if;
      -- Another transaction has taken the time.
      delete from slot_offer where id = v_offer;
    end loop;
    exit when v_offered >= p_limit;
  end loop;
  -- There may be more free times for the next run.
  if v_offered >= p_limit then perform wake_offers(p_district, now()); end if;
  return v_offered;
end $$;
revoke all on function offer_slots(uuid,int4,bool) from public, cosmos_app, cosmos_jobs;
create or replace function log_skips(p_offer uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into offer_skip (offer_id, request_id, reason, skipped_at)
  select s.offer_id, s.request_id, s.reason, now() from (
    select o.id as offer_id, a.id as request_id, case
      when h.starts_at <= o.starts_at then null
      when h.starts_at > o.starts_at then 'HAS_OFFER'
      else why_not(a, offer_channel(a), o.worker_id, array[o.mode], o.starts_at, o.ends_at) end as reason
    from slot_offer o join appointment_request r on r.id = o.request_id
    join appointment_request a on a.district_id = r.district_id and a.type_code = r.type_code and a.status = 'WAITING'
      and (a.rank_at, a.id) < (r.rank_at, r.id)
    left join slot_offer h on h.request_id = a.id and h.status = 'HELD'
    where o.id = p_offer) s
  where s.reason is not null;
end $$;
revoke all on function log_skips(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function in_working_time(p_from timestamptz, p_time interval) returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_at timestamp := p_from at time zone 'Europe/Paris';
  v_left interval := p_time;
begin
  loop
    v_at := greatest(v_at, v_at::date + time '09:00');
    if v_at::time < '18:00' and extract(isodow from v_at) < 6
      and not exists (select from public_holiday h where h.day = v_at::date) then
      if v_at + v_left < v_at::date + time '18:00' then return (v_at + v_left) at time zone 'Europe/Paris'; end if;
      v_left := v_left - (v_at::date + time '18:00' - v_at);
    end if;
    v_at := v_at::date + 1;
  end loop;
end $$;
revoke all on function in_working_time(timestamptz,interval) from public, cosmos_app, cosmos_jobs;
create or replace function first_start(p_request appointment_request, p_channel "OfferChannel") returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return now() + case when p_channel = 'AT_DESK' then interval '5 minutes' when p_channel = 'LETTER' then interval '10 days'
      when p_request.appointment_id is null or p_request.urgency <> 'ORDINARY' then interval '24 hours'
      else interval '3 days' end;
  end $$;
revoke all on function first_start(appointment_request,"OfferChannel") from public, cosmos_app, cosmos_jobs;
create or replace function sooner_until(p_request appointment_request) returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return (select case when p_request.urgency <> 'ORDINARY' or p_request.present_until > now()
        then a.starts_at - interval '1 day' else now() + (a.starts_at - now()) / 2 end
      from appointment a where a.id = p_request.appointment_id);
  end $$;
revoke all on function sooner_until(appointment_request) from public, cosmos_app, cosmos_jobs;
create or replace function mode_to_offer(p_request appointment_request) returns "AppointmentMode"
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return (select p_request.mode from appointment_type t where t.code = p_request.type_code and p_request.mode = any (t.modes));
  end $$;
revoke all on function mode_to_offer(appointment_request) from public, cosmos_app, cosmos_jobs;
create or replace function request_takes_its_place() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.rank_at := new.asked_at - case new.urgency when 'TODAY' then interval '7300 days'
    when 'THIS_WEEK' then interval '3650 days' else interval '0' end;
  if tg_op = 'INSERT' then
    new.case_worker_id := (select assigned_worker_id from "case" where id = new.case_id for share);
  end if;
  return new;
end $$;
revoke all on function request_takes_its_place() from public, cosmos_app, cosmos_jobs;
create or replace function request_shows_its_version() returns trigger language plpgsql as $$
begin
  if (new.status, new.mode, new.wanted_from, new.wanted_until, new.appointment_id)
    is distinct from (old.status, old.mode, old.wanted_from, old.wanted_until, old.appointment_id) then
    new.shown_version := old.shown_version + 1;
  end if;
  return new;
end $$;
revoke all on function request_shows_its_version() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function request_is_judged() returns trigger language plpgsql as $$
declare
  v_judges boolean := (new.duty_worker_id = viewer_worker() and new.district_id = any (viewer_districts('social_worker')))
    or (new.case_worker_id = viewer_worker() and new.district_id = any (viewer_districts('social_worker')))
    or (new.case_worker_id || ':' || new.district_id) = any (viewer_relays());
begin
  if tg_op = 'INSERT' then
    if new.urgency <> 'ORDINARY' and v_judges is not true then raise 'urgency is for a social worker to judge'; end if;
    if new.duty_worker_id is not null and not may_be_assigned(new.duty_worker_id, new.district_id) then
      raise 'on duty is a social worker of the district';
    end if;
    return new;
  end if;
  if new.urgency <> old.urgency and v_judges is not true then raise 'urgency is for a social worker to judge'; end if;
  if new.present_until is distinct from old.present_until and (new.present_until > now() + interval '25 hours'
      or not new.district_id = any (viewer_districts('receptionist'))) then
    raise 'who is there today, the desk says';
  end if;
  if new.duty_worker_id is distinct from old.duty_worker_id and (new.duty_worker_only
      or not new.district_id = any (viewer_districts('receptionist'))
      or (new.duty_worker_id is not null and not may_be_assigned(new.duty_worker_id, new.district_id))) then
    raise 'who is on duty, the desk says';
  end if;
  if new.version <> old.version + 1 then raise 'a version follows the one before'; end if;
  if new.person_id is distinct from old.person_id then
    -- A person who gave no name may be named later, also when the appointment is booked already.
    if old.person_id is not null or viewer_worker() is null or may_book_person(new.person_id) is not true
      or new.status <> old.status or old.status not in ('WAITING', 'BOOKED') then
      raise 'a person is named once, by who may book for them';
    end if;
  elsif old.status <> 'WAITING' or new.status not in ('WAITING', 'WITHDRAWN') then raise 'a request is withdrawn, once';
  elsif (new.contact, new.phone) is distinct from (old.contact, old.phone) and new.contact <> 'NONE'
    and (old.present_until > now()) is not true then
    raise 'how they are reached is said by who is there';
  end if;
  if viewer_worker() is null and new.show_online <> old.show_online then raise 'that is for the service to say'; end if;
  return new;
end $$;
revoke all on function request_is_judged() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function request_closed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer set status = 'WITHDRAWN', version = version + 1 where request_id = new.id and status = 'HELD';
  return null;
end $$;
revoke all on function request_closed() from public, cosmos_app, cosmos_jobs;
create or replace function urgency_rises() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer set status = 'WITHDRAWN', version = version + 1
    where request_id = new.id and status = 'HELD' and told_at is null and channel <> 'ONLINE';
  return null;
end $$;
revoke all on function urgency_rises() from public, cosmos_app, cosmos_jobs;
create or replace function offer_ended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from occupancy where offer_id = new.id;
  return null;
end $$;
revoke all on function offer_ended() from public, cosmos_app, cosmos_jobs;
create or replace function offer_is_over() returns trigger language plpgsql as $$
begin
  if old.status <> 'HELD' and new.status <> old.status then raise 'an offer ends once'; end if;
  return new;
end $$;
revoke all on function offer_is_over() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function request_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(new.id, new.person_id, new.duty_worker_id, new.district_id,
    coalesce(new.closed_at + interval '30 days', 'infinity'),
    opens_contact(new.person_id, new.district_id, new.duty_worker_id));
  return null;
end $$;
revoke all on function request_makes_known() from public, cosmos_app, cosmos_jobs;
create or replace function wake_jobs(p_district uuid, p_at timestamptz) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if to_regtype('graphile_worker.job_spec') is not null then
    perform graphile_worker.add_job('offer-slots', json_build_object('districtId', p_district), run_at => p_at);
  end if;
end $$;
revoke all on function wake_jobs(uuid,timestamptz) from public, cosmos_app, cosmos_keeper;
create or replace function wake_offers(p_district uuid, p_at timestamptz) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into offer_wake (district_id, due_at) values (p_district, p_at);
  perform wake_jobs(p_district, p_at);
end $$;
revoke all on function wake_offers(uuid,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function has_waiting(p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment_request r where r.district_id = p_district and r.status = 'WAITING');
revoke all on function has_waiting(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function worker_goes_away() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer o set status = 'WITHDRAWN', version = o.version + 1
  from changed c
  where o.worker_id = c.worker_id and o.status = 'HELD'
    and o.starts_at < coalesce(c.ends_at, 'infinity') and o.ends_at > c.starts_at;
  return null;
end $$;
revoke all on function worker_goes_away() from public, cosmos_app, cosmos_jobs;
create or replace function request_wakes() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.status = 'WAITING' then perform wake_offers(new.district_id, now()); end if;
  return null;
end $$;
revoke all on function request_wakes() from public, cosmos_app, cosmos_jobs;
create or replace function contact_wakes() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform wake_offers(r.district_id, now()) from (select distinct district_id from appointment_request
    where person_id = new.id and status = 'WAITING') r;
  return null;
end $$;
revoke all on function contact_wakes() from public, cosmos_app, cosmos_jobs;
create or replace function offer_wakes() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.status = 'HELD' then perform wake_offers(new.district_id, new.answer_by);
  elsif new.status <> 'ACCEPTED' then perform wake_offers(new.district_id, now()); end if;
  return null;
end $$;
revoke all on function offer_wakes() from public, cosmos_app, cosmos_jobs;
create or replace function time_freed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform wake_offers(d.district_id, now()) from (
    select distinct o.district_id from changed c join availability_occurrence o on o.worker_id = c.worker_id
      and o.starts_at < c.ends_at and o.ends_at > c.starts_at and o.starts_at > c.starts_at - interval '12 hours'
      and not o.closed
    where c.ends_at > now()) d
  where has_waiting(d.district_id);
  return null;
end $$;
revoke all on function time_freed() from public, cosmos_app, cosmos_jobs;
create or replace function absent_worker_goes_away() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer o set status = 'WITHDRAWN', version = o.version + 1
  where o.worker_id = new.worker_id and o.status = 'HELD'
    and o.starts_at < coalesce(new.ends_at, 'infinity') and o.ends_at > new.starts_at;
  return null;
end $$;
revoke all on function absent_worker_goes_away() from public, cosmos_app, cosmos_jobs;
create or replace function worker_is_free_no_more() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_worker uuid := case tg_table_name when 'worker' then to_jsonb(new) ->> 'id' else to_jsonb(new) ->> 'worker_id' end;
begin
  perform keep_free_time(array(select o.id from availability_occurrence o
    where o.worker_id = v_worker and o.ends_at > now()));
  return null;
end $$;
revoke all on function worker_is_free_no_more() from public, cosmos_app, cosmos_jobs;
create or replace function busy_ranges(p_worker uuid, p_from timestamptz, p_until timestamptz) returns tstzmultirange
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select coalesce(range_agg(b.busy), '{}') from (
    -- An occupancy lasts 12 hours at most (occupancy_within_a_day): what began earlier is over.
    select tstzrange(o.starts_at, o.ends_at) as busy from occupancy o
      where o.worker_id = p_worker and o.starts_at < p_until and o.ends_at > p_from
        and o.starts_at > p_from - interval '12 hours'
    union all
    select tstzrange(u.starts_at, u.ends_at) from unavailability u
      where u.worker_id = p_worker and tstzrange(u.starts_at, u.ends_at) && tstzrange(p_from, p_until)
    union all
    select tstzrange(a.starts_at, a.ends_at) from absence a
      where a.worker_id = p_worker and tstzrange(a.starts_at, a.ends_at) && tstzrange(p_from, p_until)) b;
end;
revoke all on function busy_ranges(uuid,timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function busy_times(p_worker uuid, p_district uuid, p_from timestamptz, p_until timestamptz)
  returns table (starts_at timestamptz, ends_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select greatest(lower(busy), p_from), least(upper(busy), p_until)
  from unnest(busy_ranges(p_worker, p_from, p_until)) busy
  where p_district = any (viewer_districts('any'))
    and exists (select from membership m where m.worker_id = p_worker and m.district_id = p_district
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))
  order by 1;
end;
revoke all on function busy_times(uuid,uuid,timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function online_types(p_district uuid, p_from timestamptz, p_until timestamptz)
  returns table (type_code text, modes "AppointmentMode"[], next_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  -- The district's hours that are not over come first: a search by type alone would read those of the whole county.
  with open as materialized (
    select v.id, v.modes from availability v
    where v.district_id = p_district and v.ends_on >= p_from::date and v.starts_on <= p_until::date),
  held as materialized (
    select vt.type_code, m.mode from open o join availability_type vt on vt.availability_id = o.id
    cross join lateral unnest(o.modes) m (mode) group by 1, 2)
  select t.code, array(select m.mode from unnest(t.modes) with ordinality m (mode, nth)
      where exists (select from held h where h.type_code = t.code and h.mode = m.mode) order by nth), s.starts_at
  from appointment_type t
  left join lateral (select p.starts_at
    from public_slots(array[p_district], t.code, null, p_from, p_until, t.duration_minutes, 1) p) s on true
  where 'BOOKING_CLIENT' = any (t.bookable_by)
    and exists (select from held h where h.type_code = t.code and h.mode = any (t.modes))
  order by t.code limit 20;
end;
revoke all on function online_types(uuid,timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function follows_person(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from case_person cp where cp.person_id = p_person and (
    (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays())));
revoke all on function follows_person(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function persons_within_look_up(p_ids uuid[]) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id from person p where p.id = any (p_ids)
    and ((p.district_id = any (viewer_districts('receptionist')) and not p.sensitive_file)
      or p.district_id = any (viewer_districts('social_worker'))
      or p.district_id = any (viewer_districts('district_head')))
    and (not p.confirm_nothing or follows_person(p.id));
end;
revoke all on function persons_within_look_up(uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function may_book_person(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from persons_within_look_up(array[p_person]))
    or exists (select from case_person cp where cp.person_id = p_person and (
      (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays())))
    or exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
      join person p on p.id = ap.person_id where ap.person_id = p_person and (
        (a.district_id = any (viewer_districts('receptionist')) and not p.sensitive_file and not p.confirm_nothing)
        or (viewer_worker() = any (a.worker_ids) and a.district_id = any (viewer_districts('any'))
          and a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE') and a.ends_at > now() - interval '30 days')));
revoke all on function may_book_person(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function appointment_warnings(p_appointments uuid[]) returns table (appointment_id uuid, warning text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, w.warning
  from appointment a
  cross join lateral (
    select 'WORKER_AWAY' as warning where a.status = 'BOOKED' and exists (
      select from unnest(a.worker_ids) worker
      where exists (select from absence s where s.worker_id = worker
          and tstzrange(s.starts_at, s.ends_at) && tstzrange(a.starts_at, a.ends_at))
        or exists (select from unavailability u where u.worker_id = worker
          and tstzrange(u.starts_at, u.ends_at) && tstzrange(a.starts_at, a.ends_at)))
    union all
    select 'HOURS_CLOSED' where a.status = 'BOOKED' and exists (
      select from availability_occurrence o where o.worker_id = any (a.worker_ids) and o.closed
        and o.starts_at < a.ends_at and o.ends_at > a.starts_at and o.starts_at > a.starts_at - interval '12 hours'
        and not exists (select from availability_occurrence n where n.worker_id = o.worker_id and not n.closed
          and n.starts_at <= a.starts_at and n.ends_at >= a.ends_at and n.starts_at > a.starts_at - interval '12 hours'))
    union all
    select 'RETURN_OVERDUE' where (a.status_at >= a.starts_at
        or a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE')) and a.expected_back_at between now() - interval '7 days' and now() and a.back_at is null) w
  where a.id = any (p_appointments) and (
    a.district_id = any (viewer_districts('receptionist'))
    or (viewer_worker() = any (a.worker_ids) and a.district_id = any (viewer_districts('any')))
    or (a.case_worker_id = viewer_worker() and a.district_id = any (viewer_districts('social_worker')))
    or (a.case_worker_id || ':' || a.district_id) = any (viewer_relays()));
end;
revoke all on function appointment_warnings(uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function may_pass_on(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment a where a.id = p_appointment
    and (a.booked_at_desk or exists (select from online_booking b where b.appointment_id = a.id and b.client_id is not null))
    and a.case_id is null and a.subject is null
    and a.district_id = any (viewer_districts('receptionist'))
    and not exists (select from appointment_person ap join person p on p.id = ap.person_id
      where ap.appointment_id = a.id and p.sensitive_file));
revoke all on function may_pass_on(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function desk_reaches_back_to() returns timestamptz
  language sql stable
  return ((now() at time zone 'Europe/Paris')::date - 7)::timestamp at time zone 'Europe/Paris';
revoke all on function desk_reaches_back_to() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function desk_knows_contact(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from person p where p.id = p_person and not p.sensitive_file and not p.confirm_nothing
    and (p.district_id = any (viewer_districts('receptionist'))
      or exists (select from appointment_person ap where ap.person_id = p.id and ap.contact_said
        and ap.district_id = any (viewer_districts('receptionist')))));
revoke all on function desk_knows_contact(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function knows_contact(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from person p where p.id = p_person and (
    p.id = viewer_person()
    or desk_knows_contact(p.id)
    or follows_person(p.id)
    or exists (select from appointment_person ap where ap.person_id = p.id and viewer_worker() = any (ap.contact_worker_ids)
      and ap.contact_from <= now() and ap.contact_until > now() and ap.district_id = any (viewer_districts('any')))
    or exists (select from person_known k where k.person_id = p.id and k.worker_id = viewer_worker() and k.contact
      and k.known_until > now() and k.district_id = any (viewer_districts('any')))));
revoke all on function knows_contact(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function invite_interpreters(p_appointment uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  insert into appointment_participant (appointment_id, kind, language, mode, starts_at, ends_at)
  select distinct a.id, 'INTERPRETER'::"ParticipantKind", n.language, a.mode, a.starts_at, a.ends_at
  from appointment a
  join appointment_person ap on ap.appointment_id = a.id
  join person p on p.id = ap.person_id
  cross join lateral (
    select p.language where 'INTERPRETER' = any (p.communication_needs)
    union select 'fsl' where 'FRENCH_SIGN_LANGUAGE' = any (p.communication_needs)) n
  where a.id = p_appointment and a.booked_at = now()::timestamptz(3) and knows_contact(p.id)
    and not exists (select from appointment_participant x where x.appointment_id = a.id)
  limit 10;
end;
revoke all on function invite_interpreters(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function place_is_typed(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from withheld_place w where w.appointment_id = p_appointment)
    or exists (select from appointment a where a.id = p_appointment and a.place is not null and not place_is_of_hours(a.id));
revoke all on function place_is_typed(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function home_day(p_mode "AppointmentMode", p_status "AppointmentStatus", p_starts_at timestamptz) returns date
  language sql stable parallel safe
  return case when p_mode = 'HOME' and p_status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE')
    then (p_starts_at at time zone 'Europe/Paris')::date end;
revoke all on function home_day("AppointmentMode","AppointmentStatus",timestamptz) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function sheltering_cases(p_person uuid) returns table (case_id uuid, since timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select of.case_id, min(of.recorded_at) from (
    select a.case_id, a.recorded_at from person_address a where a.person_id = p_person and a.confidential
    union all
    select a.case_id, a.recorded_at from case_person cp join person_address a on a.case_id = cp.case_id
      where cp.person_id = p_person and a.confidential) of
  group by of.case_id;
end;
revoke all on function sheltering_cases(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function home_case(p_appointment uuid, p_said boolean) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select c.id from appointment a join appointment_person ap on ap.appointment_id = a.id
    cross join lateral sheltering_cases(ap.person_id) s join "case" c on c.id = s.case_id
    where a.id = p_appointment and a.mode = 'HOME' and case when p_said
      then exists (select from home_word h where h.appointment_id = a.id and h.case_id = c.id and (h.worker_id = c.assigned_worker_id
          or exists (select from relay r where r.stand_in_id = h.worker_id and r.absent_worker_id = c.assigned_worker_id
            and r.district_id = c.district_id and r.starts_at <= now() and r.ends_at > now())))
        or (a.worker_ids = array[c.assigned_worker_id]
          and not exists (select from home_word h where h.appointment_id = a.id and h.case_id is null))
      else (c.assigned_worker_id || ':' || c.district_id) = any (viewer_followings()) end
    order by c.id is distinct from a.case_id, c.opened_at, c.id limit 1);
revoke all on function home_case(uuid,bool) from public, cosmos_app, cosmos_jobs;
create or replace function say_home_visit(p_appointment uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  insert into home_word (appointment_id, case_id, worker_id)
  select distinct a.id, cp.case_id, viewer_worker() from appointment a join appointment_person ap on ap.appointment_id = a.id
  join case_person cp on cp.person_id = ap.person_id
  where a.id = p_appointment and a.mode = 'HOME' and (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_followings())
  on conflict do nothing;
end;
revoke all on function say_home_visit(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function is_sheltered(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from sheltering_cases(p_person));
revoke all on function is_sheltered(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function home_address(p_appointment uuid, p_case uuid) returns table (place text, confidential boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select concat_ws(', ', h.line, nullif(concat_ws(' ', h.postal_code, h.city), '')), h.confidential from (
    select pa.line, pa.postal_code, pa.city, pa.confidential, not exists (select from appointment_person ap
      where ap.appointment_id = p_appointment and ap.person_id = pa.person_id) as nth, pa.recorded_at, pa.id
    from person_address pa where pa.case_id = p_case and pa.confidential
      and exists (select from appointment_person ap cross join lateral sheltering_cases(ap.person_id) s
        where ap.appointment_id = p_appointment and s.case_id = p_case)
    union all
    select pa.line, pa.postal_code, pa.city, pa.confidential, true, pa.recorded_at, pa.id
    from appointment_person ap join person_address pa on pa.person_id = ap.person_id and not pa.confidential
    where ap.appointment_id = p_appointment and not exists (select from appointment_person other
      where other.appointment_id = p_appointment and is_sheltered(other.person_id))) h
  order by h.nth, h.recorded_at, h.id limit 1;
end;
revoke all on function home_address(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function home_addresses(p_ids uuid[]) returns table (appointment_id uuid, place text, confidential boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, h.place, h.confidential from appointment a
  cross join lateral (select home_case(a.id, false) as id) followed
  cross join lateral home_address(a.id, coalesce(followed.id, home_case(a.id, true))) h
  where a.id = any (p_ids) and viewer_has_scope('appointments:read') and viewer_worker() = any (a.worker_ids)
    and a.district_id = any (viewer_districts('any'))
    and home_day(a.mode, a.status, a.starts_at) = (now() at time zone 'Europe/Paris')::date
    and (followed.id is not null or exists (select from appointment_person ap where ap.appointment_id = a.id
      and ((viewer_worker() = any (ap.contact_worker_ids) and ap.contact_from <= now() and ap.contact_until > now())
        or (not h.confidential and follows_person(ap.person_id)))));
end;
revoke all on function home_addresses(uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function is_on_duty_in(p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return p_district = any (viewer_districts('social_worker')) and exists (
    select from visit v join person_known k on k.source_id = v.id
    where v.worker_id = viewer_worker() and v.district_id = p_district and k.worker_id = viewer_worker() and k.contact
      and v.day = (now() at time zone 'Europe/Paris')::date);
revoke all on function is_on_duty_in(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function home_visits_not_back(p_district uuid)
  returns table (id uuid, district_id uuid, case_id uuid, worker_ids uuid[], starts_at timestamptz, ends_at timestamptz,
    expected_back_at timestamptz, place text, on_duty boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.case_id, a.worker_ids, a.starts_at, a.ends_at, a.expected_back_at,
    coalesce(w.place, a.place, case when h.confidential or exists (select from appointment_person ap where ap.appointment_id = a.id
      and (ap.contact_said or exists (select from case_person cp where cp.person_id = ap.person_id
        and cp.assigned_worker_id = any (a.worker_ids)))) then h.place end), d.on_duty
  from (select is_on_duty_in(p_district) as on_duty) d
  join appointment a on a.district_id = p_district and a.mode = 'HOME' and a.back_at is null
    and a.ends_at < now() - interval '30 minutes'
    and a.starts_at >= ((now() at time zone 'Europe/Paris')::date - 1)::timestamp at time zone 'Europe/Paris' and a.starts_at < now()
    and (a.status_at >= a.starts_at or a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE'))
  left join withheld_place w on w.appointment_id = a.id
  left join lateral home_address(a.id, home_case(a.id, true)) h on true
  where viewer_has_scope('appointments:read') and (d.on_duty or p_district = any (viewer_districts('district_head')))
  order by a.ends_at, a.id limit 100;
end;
revoke all on function home_visits_not_back(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function case_slots(p_case uuid, p_type text, p_mode "AppointmentMode", p_from timestamptz, p_until timestamptz,
  p_minutes integer, p_count integer)
  returns table (starts_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct s.at, f.district_id, f.place, f.modes
  from "case" c
  join free_time f on f.worker_id = c.assigned_worker_id and f.district_id = c.district_id
  join appointment_type t on t.code = f.type_code and 'BOOKING_CLIENT' = any (t.bookable_by)
  cross join lateral (
    select at from generate_series(f.starts_at, f.ends_at - make_interval(mins => p_minutes), make_interval(mins => p_minutes)) at
    where at >= p_from and at < p_until limit p_count) s
  where c.id = p_case and c.status = 'OPEN' and viewer_person() = any (c.online_person_ids) and f.type_code = p_type
    and (p_mode is null or array_position(f.modes, p_mode) is not null)
    and f.starts_at > p_from - interval '12 hours' and f.starts_at < p_until and f.ends_at > p_from
  order by s.at, f.district_id, f.place, f.modes limit p_count;
end;
revoke all on function case_slots(uuid,text,"AppointmentMode",timestamptz,timestamptz,int4,int4) from public, cosmos_app, cosmos_jobs;
create or replace function free_for_public_slot(p_district uuid, p_type text, p_mode "AppointmentMode", p_starts_at timestamptz,
  p_ends_at timestamptz, p_only uuid)
  returns table (worker_id uuid, place text)
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  select f.worker_id, f.place
  from free_time f join appointment_type t on t.code = f.type_code
  where f.district_id = p_district and f.type_code = p_type and array_position(f.modes, p_mode) is not null
    and f.starts_at <= p_starts_at and f.starts_at > p_starts_at - interval '12 hours' and f.ends_at >= p_ends_at
    and mod(extract(epoch from p_starts_at - f.starts_at), 60 * t.duration_minutes) = 0
    and (p_only is null or f.worker_id = p_only)
  order by random() limit 20;
end;
revoke all on function free_for_public_slot(uuid,text,"AppointmentMode",timestamptz,timestamptz,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function read_online(p_appointment uuid, p_secret_hash bytea)
  returns table (id uuid, district_id uuid, type_code text, mode text, status text, place text, starts_at timestamptz,
    ends_at timestamptz, version integer, online_person_ids uuid[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.type_code, a.mode::text, a.status::text, a.place, a.starts_at, a.ends_at, a.shown_version,
    a.online_person_ids
  from managed_online(p_appointment, p_secret_hash) a;
end;
revoke all on function read_online(uuid,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function tell_others(p_appointment uuid, p_kind "AppointmentNoticeKind", p_previous_starts_at timestamptz) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at)
  select ap.appointment_id, ap.person_id, ap.district_id, p_kind,
    known_starts_at(ap.appointment_id, ap.person_id, p_previous_starts_at)
  from appointment_person ap join online_booking b on b.appointment_id = ap.appointment_id
  where ap.appointment_id = p_appointment and ap.person_id <> b.person_id
  on conflict (appointment_id, person_id) where done_at is null
    do update set kind = excluded.kind, version = appointment_notice.version + 1;
end;
revoke all on function tell_others(uuid,"AppointmentNoticeKind",timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function booked_online_by_viewer(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from online_booking b join appointment a on a.id = b.appointment_id
    where b.appointment_id = p_appointment and b.client_id is null and b.person_id = viewer_person()
      and viewer_person() = any (a.online_person_ids));
revoke all on function booked_online_by_viewer(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function may_list_absent(p_worker uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return not exists (select from absence a where a.worker_id = p_worker and a.district_id = any (viewer_districts('district_head'))
      and a.declared_at > now() - interval '1 day')
    or 2 > (select count(distinct a.worker_id) from absence a
      where a.district_id = any (viewer_districts('district_head')) and a.declared_at > now() - interval '1 day' and a.worker_id <> p_worker
        and exists (select from access_log l where l.target_worker_id = a.worker_id and not l.blanked
          and l.action in ('LIST_CASES_FOR_REASSIGNMENT', 'LIST_CASES_FOR_RELAY', 'LIST_CASES_FOR_URGENCY')
          and l.actor_id = viewer_worker() and l.actor_kind = 'WORKER' and l.occurred_at > now() - interval '1 day'
          and l.occurred_at < coalesce((select min(m.occurred_at) from access_log m where m.target_worker_id = p_worker and not m.blanked
            and m.action in ('LIST_CASES_FOR_REASSIGNMENT', 'LIST_CASES_FOR_RELAY', 'LIST_CASES_FOR_URGENCY')
            and m.actor_id = viewer_worker() and m.actor_kind = 'WORKER' and m.occurred_at > now() - interval '1 day'), 'infinity')));
revoke all on function may_list_absent(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function may_be_assigned(p_worker uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from membership m join worker w on w.id = m.worker_id
      where m.worker_id = p_worker and m.district_id = p_district and m.role = 'SOCIAL_WORKER' and w.disabled_at is null
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))
    and not exists (select from membership m
      where m.worker_id = p_worker and m.district_id = p_district and m.role = 'DISTRICT_HEAD'
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
revoke all on function may_be_assigned(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function cases_within_look_up(p_person uuid) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select cp.case_id from case_person cp where cp.person_id = p_person
    and ((cp.district_id = any (viewer_districts('any')) and exists (select from persons_within_look_up(array[p_person])))
      or (cp.district_id = any (viewer_districts('receptionist')) and may_book_person(p_person)));
end;
revoke all on function cases_within_look_up(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function reads_access_log() returns boolean
  language sql stable parallel safe
  return viewer_has_role('DATA_PROTECTION_OFFICER') and viewer_has_scope('log:read');
revoke all on function reads_access_log() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function case_of_log(p_reference text) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select c.id from "case" c where c.reference = p_reference and reads_access_log());
revoke all on function case_of_log(text) from public, cosmos_app, cosmos_jobs;
create or replace function person_of_log(p_reference text) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select p.id from person p where p.reference = p_reference and reads_access_log());
revoke all on function person_of_log(text) from public, cosmos_app, cosmos_jobs;
create or replace function who_reads_what_since(p_fr text, p_en text) returns timestamptz
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  insert into who_reads_what (said) values (encode(sha256(convert_to(p_fr || p_en, 'UTF8')), 'hex'))
    on conflict (said) do update set since = now() where who_reads_what.since < (select max(last.since) from who_reads_what last);
  select coalesce((select w.since from who_reads_what w where w.said = encode(sha256(convert_to(p_fr || p_en, 'UTF8')), 'hex')), now());
end;
revoke all on function who_reads_what_since(text,text) from public, cosmos_app, cosmos_jobs;
create or replace function may_staff(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment a where a.id = p_appointment and (
    a.district_id = any (viewer_districts('receptionist'))
    or (a.district_id = any (viewer_districts('social_worker'))
      and (a.worker_ids = '{}' or viewer_worker() = any (a.worker_ids) or a.case_worker_id = viewer_worker()
        or (a.case_worker_id || ':' || a.district_id) = any (viewer_relays())))));
revoke all on function may_staff(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function viewer_hands_on(p_note uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return hands_on(p_note, viewer_worker());
revoke all on function viewer_hands_on(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function day_in_paris(p_at timestamptz) returns date
  language sql immutable
  return (p_at at time zone 'Europe/Paris')::date;
revoke all on function day_in_paris(timestamptz) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function may_describe(p_request uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from incoming_request r where r.id = p_request and r.version = 1 and r.recorded_at = now()::timestamptz(3)
    and r.district_id = any (viewer_districts('any')));
revoke all on function may_describe(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function name_to_allocate(p_requests uuid[])
  returns table (request_id uuid, given_name text, family_name text, chosen_name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, p.given_name, p.family_name, p.chosen_name from incoming_request r join person p on p.id = r.person_id
  where r.id = any (p_requests) and r.district_id = any (viewer_districts('district_head'))
    and r.worker_id is null and r.closed_at is null and viewer_has_scope('cases:read');
end;
revoke all on function name_to_allocate(uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function names_to_allocate(p_referrals uuid[])
  returns table (referral_id uuid, given_name text, family_name text, chosen_name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, p.given_name, p.family_name, p.chosen_name from referral r
    join referral_person rp on rp.referral_id = r.id join person p on p.id = rp.person_id
  where r.id = any (p_referrals) and r.to_district_id = any (viewer_districts('district_head'))
    and r.to_worker_id is null and (r.closed_at is null or r.status = 'ACCEPTED') and viewer_has_scope('cases:read')
  order by p.id;
end;
revoke all on function names_to_allocate(uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function accepted_persons(p_district uuid, p_ids uuid[]) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select rp.person_id from referral_person rp join referral r on r.id = rp.referral_id
  where rp.person_id = any (p_ids) and rp.opened_case_id is null and r.status = 'ACCEPTED'
    and r.closed_at > now() - interval '30 days' and r.to_worker_id = viewer_worker() and r.to_district_id = p_district
    and p_district = any (viewer_districts('social_worker'));
end;
revoke all on function accepted_persons(uuid,uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function letter_address(p_person uuid) returns table (line text, postal_code text, city text, safe boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select l.line, l.postal_code, l.city, l.safe from (
    select s.line, s.postal_code, s.city, true as safe, 0 as nth, s.recorded_at from safe_address s
    where s.person_id = p_person and (not is_sheltered(p_person)
      or s.case_id = (select f.case_id from sheltering_cases(p_person) f order by f.since, f.case_id limit 1))
    union all
    select a.line, a.postal_code, a.city, false, 1, a.recorded_at from person_address a
    where a.person_id = p_person and not a.confidential and a.for_letters and not is_sheltered(p_person)) l
  order by l.nth, l.recorded_at desc limit 1;
end;
revoke all on function letter_address(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function letter_address_for_viewer(p_person uuid) returns table (line text, postal_code text, city text, safe boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select l.line, l.postal_code, l.city, l.safe from letter_address(p_person) l
  where desk_knows_contact(p_person) or follows_person(p_person);
end;
revoke all on function letter_address_for_viewer(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function sent_to_viewer(p_person uuid, p_district uuid, p_by_call boolean) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from visit v join person_known k on k.source_id = v.id where v.person_id = p_person
    and (v.kind = 'WALK_IN' or p_by_call)
    and v.worker_id = viewer_worker() and v.district_id = coalesce(p_district, v.district_id)
    and v.district_id = any (viewer_districts('social_worker')) and k.worker_id = viewer_worker() and k.contact
    and v.closed_at is null and v.day = (now() at time zone 'Europe/Paris')::date);
revoke all on function sent_to_viewer(uuid,uuid,bool) from public, cosmos_app, cosmos_jobs;
create or replace function address_on_duty(p_person uuid, p_ground text)
  returns table (person_id uuid, case_id uuid, district_id uuid, line text, postal_code text, city text, version integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.person_id, a.case_id, a.district_id, a.line, a.postal_code, a.city, a.version from person_address a
  where a.person_id = p_person and a.confidential and a.case_id is not null and a.assigned_worker_id is null
    and viewer_has_scope('persons:read') and sent_to_viewer(a.person_id, a.district_id, p_ground = 'DANGER')
  order by a.recorded_at desc limit 1;
end;
revoke all on function address_on_duty(uuid,text) from public, cosmos_app, cosmos_jobs;
create or replace function agreed_word_of(p_person uuid, p_word_hash bytea) returns bytea
  language sql immutable parallel safe
  return sha256(uuid_send(p_person) || p_word_hash);
revoke all on function agreed_word_of(uuid,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function takes_back(p_person uuid, p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return follows_person(p_person) and (
    not exists (select from "case" c where c.id = p_case and c.assigned_worker_id is not null)
    or exists (select from case_person cp where cp.person_id = p_person and cp.case_id in (p_case, oldest_case_of(p_person)) and (
      (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays()))));
revoke all on function takes_back(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function ends_suspension(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return not exists (select from person p where p.id = p_person and p.contact_suspended_at is not null
    and not takes_back(p.id, p.contact_suspended_case_id));
revoke all on function ends_suspension(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function is_on_duty_for(p_person uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return sent_to_viewer(p_person, p_district, false);
revoke all on function is_on_duty_for(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function may_say_safe_contact(p_person uuid, p_present_and_alone boolean) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_has_scope('persons:write')
    and ((follows_person(p_person) and ends_suspension(p_person)) or (p_present_and_alone and is_on_duty_for(p_person, null)));
revoke all on function may_say_safe_contact(uuid,bool) from public, cosmos_app, cosmos_jobs;
create or replace function receives_today(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from visit v where v.person_id = p_person and v.worker_id = viewer_worker() and v.kind = 'WALK_IN'
    and v.district_id = any (viewer_districts('social_worker'))
    and v.closed_at is null and v.day = (now() at time zone 'Europe/Paris')::date);
revoke all on function receives_today(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function serves_now(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return receives_today(p_person) or exists (
    select from appointment_person ap join appointment a on a.id = ap.appointment_id
    where ap.person_id = p_person and viewer_worker() = any (ap.worker_ids) and ap.district_id = any (viewer_districts('any'))
      and a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE') and a.starts_at <= now()
      and a.starts_at > ((now() at time zone 'Europe/Paris')::date)::timestamp at time zone 'Europe/Paris');
revoke all on function serves_now(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function case_that_speaks(p_person uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return coalesce(
    (select c.id from case_person cp join "case" c on c.id = cp.case_id where cp.person_id = p_person and (
      (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays()))
      order by c.opened_at, c.id limit 1),
    oldest_case_of(p_person));
revoke all on function case_that_speaks(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function normalised_name(name text) returns text
  language sql immutable parallel safe strict
  return lower(regexp_replace(public.unaccent('public.unaccent'::regdictionary, name), '[^[:alnum:]]+', ' ', 'g'));
revoke all on function normalised_name(text) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function registered_person(p_id uuid)
  returns table (id uuid, given_name text, family_name text, chosen_name text, birth_date date, reference text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, p.given_name, p.family_name, p.chosen_name, p.birth_date, p.reference from person p
  where p.id = p_id and ((p.district_id = any (viewer_districts('receptionist')) and not p.sensitive_file)
    or p.district_id = any (viewer_districts('social_worker')))
    and (not p.confirm_nothing or follows_person(p.id));
end;
revoke all on function registered_person(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function says_contact(p_person uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_worker() is null
    or exists (select from person p where p.id = p_person and not p.sensitive_file and not p.confirm_nothing
      and (p.district_id = any (viewer_districts('receptionist'))
        or (p_district = any (viewer_districts('receptionist')) and exists (select from appointment_person ap
          where ap.person_id = p.id and ap.contact_said and ap.district_id = any (viewer_districts('receptionist'))))))
    or follows_person(p_person);
revoke all on function says_contact(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function opens_contact(p_person uuid, p_district uuid, p_worker uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_worker() is distinct from p_worker and says_contact(p_person, p_district);
revoke all on function opens_contact(uuid,uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function names_of_met(p_ids uuid[])
  returns table (id uuid, given_name text, family_name text, chosen_name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, p.given_name, p.family_name, p.chosen_name from person p where p.id = any (p_ids) and (p.id = viewer_self()
    or exists (select from person_known k where k.person_id = p.id and k.worker_id = viewer_worker() and k.known_until > now()
      and k.district_id = any (viewer_districts('any')))
    or exists (select from case_person cp where cp.person_id = p.id and cp.opener_id = viewer_worker()
      and cp.district_id = any (viewer_districts('social_worker')))
    or exists (select from appointment_person ap where ap.person_id = p.id and ap.known_until > now() and (
      (viewer_worker() = any (ap.worker_ids) and ap.district_id = any (viewer_districts('any')))
      or (not p.sensitive_file and not p.confirm_nothing and not ap.contact_said
        and ap.district_id = any (viewer_districts('receptionist'))))));
end;
revoke all on function names_of_met(uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function names_at_appointments(p_ids uuid[])
  returns table (appointment_id uuid, id uuid, given_name text, family_name text, chosen_name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select ap.appointment_id, p.id, p.given_name, p.family_name, p.chosen_name
  from appointment_person ap join person p on p.id = ap.person_id
  where ap.appointment_id = any (p_ids) and ap.known_until > now() and (
    (viewer_worker() = any (ap.worker_ids) and ap.district_id = any (viewer_districts('any')))
    or (not p.sensitive_file and not p.confirm_nothing and not ap.contact_said
      and ap.district_id = any (viewer_districts('receptionist'))));
end;
revoke all on function names_at_appointments(uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function look_up_person(p_name text, p_birth_year integer, p_reference text, p_phone text)
  returns table (id uuid, given_name text, family_name text, chosen_name text, birth_year integer, reference text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, p.given_name, p.family_name, p.chosen_name, extract(year from p.birth_date)::integer, p.reference
  from person p
  where (normalised_name(p.given_name || ' ' || p.family_name) = normalised_name(p_name)
      or normalised_name(p.family_name || ' ' || p.given_name) = normalised_name(p_name)
      or normalised_name(p.chosen_name) = normalised_name(p_name))
    and (extract(year from p.birth_date) = p_birth_year or p.reference = p_reference
      or regexp_replace(p.phone, '\D', '', 'g') = regexp_replace(p_phone, '\D', '', 'g'))
    and ((p.district_id = any (viewer_districts('receptionist')) and not p.sensitive_file)
      or p.district_id = any (viewer_districts('social_worker')))
    and (not p.confirm_nothing or follows_person(p.id))
  order by p.reference limit 5;
end;
revoke all on function look_up_person(text,int4,text,text) from public, cosmos_app, cosmos_jobs;
create or replace function look_ups_of_the_hour() returns table (used integer, oldest timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select count(distinct l.operation_id)::integer, min(l.occurred_at) from access_log l
    where l.actor_id = viewer_worker() and l.actor_kind = 'WORKER' and l.occurred_at > now() - interval '1 hour'
      and l.action in ('LOOK_UP_PERSON', 'LOOK_UP_CASE', 'LIST_CASES_FOR_REASSIGNMENT', 'LIST_CASES_FOR_RELAY', 'LIST_CASES_FOR_URGENCY');
end;
revoke all on function look_ups_of_the_hour() from public, cosmos_app, cosmos_jobs;
create or replace function has_nobody(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return not exists (select from case_person cp
    join membership m on m.worker_id = cp.assigned_worker_id and m.district_id = cp.district_id and m.role = 'SOCIAL_WORKER'
    where cp.person_id = p_person and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
revoke all on function has_nobody(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function times_of_present(p_visit uuid, p_past boolean)
  returns table (starts_at timestamptz, ends_at timestamptz, mode "AppointmentMode", place text, public_label_fr text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.starts_at, a.ends_at, a.mode, case when not p_past and not place_is_typed(a.id) then a.place end, t.public_label_fr
  from visit v
  join person p on p.id = v.person_id and not p.sensitive_file and not p.confirm_nothing
  join appointment_person ap on ap.person_id = p.id and ap.district_id = v.district_id
  join appointment a on a.id = ap.appointment_id
  join appointment_type t on t.code = a.type_code
  where v.id = p_visit and v.kind = 'WALK_IN' and v.closed_at is null and v.day = (now() at time zone 'Europe/Paris')::date
    and v.district_id = any (viewer_districts('receptionist'))
    and case when p_past then a.ends_at <= now() and a.starts_at > now() - interval '12 months'
      else a.ends_at > now() and a.status = 'BOOKED' end
  order by case when p_past then a.starts_at end desc, a.starts_at, a.id limit 100;
end;
revoke all on function times_of_present(uuid,bool) from public, cosmos_app, cosmos_jobs;
create or replace function may_send_blind_message() returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_has_scope('appointments:write') and (viewer_has_role('TECHNICAL_ADVISER')
    or exists (select from visit v where v.worker_id = viewer_worker() and v.district_id = any (viewer_districts('social_worker'))
      and v.day = (now() at time zone 'Europe/Paris')::date));
revoke all on function may_send_blind_message() from public, cosmos_app, cosmos_jobs;
create or replace function lapse_releases(p_case uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  update release r set lapsed_at = now()
  where r.case_id = p_case and r.lapsed_at is null and not exists (
    select from assignment a where a.case_id = p_case and a.ends_at is null
      and a.worker_id = r.requested_by_id and a.starts_at <= r.requested_at);
end;
revoke all on function lapse_releases(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function has_left(p_worker uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (select bool_and(m.ends_at <= now() and m.end_confirmed_at is not null) from membership m
    where m.worker_id = p_worker and m.district_id = p_district and m.role = 'SOCIAL_WORKER');
revoke all on function has_left(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function is_long_absent(p_worker uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from worker w join membership m on m.worker_id = w.id
      where w.id = p_worker and w.disabled_at is null and m.district_id = p_district and m.role = 'SOCIAL_WORKER'
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))
    and exists (select from absence a where a.worker_id = p_worker and a.district_id = p_district
      and greatest(a.starts_at, a.declared_at) < now() - interval '15 days'
      and (a.ends_at is null or a.ends_at > now()) and a.contradicted_at is null)
    and not has_acted_since(p_worker, now() - interval '15 days');
revoke all on function is_long_absent(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function advises_elsewhere(p_worker uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (select bool_or(m.district_id is not null) and not bool_or(m.district_id is not distinct from p_district)
    from membership m where m.worker_id = p_worker and m.role = 'TECHNICAL_ADVISER'
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
revoke all on function advises_elsewhere(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function absence_let_a_release_through(p_absence uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from absence a join release_answer x on x.worker_id = a.worker_id join release r on r.id = x.release_id
    where a.id = p_absence and a.worker_id = viewer_worker() and r.district_id = a.district_id and r.lapsed_at is null
      and r.approved_at >= a.starts_at and r.approved_at < coalesce(a.ends_at, 'infinity'));
revoke all on function absence_let_a_release_through(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function danger_was_opened(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from release r where r.case_id = p_case and r.ground = 'DANGER' and r.approved_at > now() - interval '15 days'
    and 2 > (select count(*) from release_review v where v.release_id = r.id and v.opinion = 'JUSTIFIED'));
revoke all on function danger_was_opened(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function releases_of_former_cases(p_limit integer) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id from release r where r.holder_ids @> array[viewer_worker()] order by r.requested_at desc, r.id limit p_limit;
end;
revoke all on function releases_of_former_cases(int4) from public, cosmos_app, cosmos_jobs;
create or replace function indicator_opinions(p_indicators uuid[]) returns table (indicator_id uuid, district_id uuid, votes_for integer,
    votes_against integer, reservations integer, "position" text)
  language sql stable
begin atomic
  select v.indicator_id, v.district_id,
    count(*) filter (where v.position = 'FOR')::integer,
    count(*) filter (where v.position = 'AGAINST')::integer,
    count(*) filter (where v.position = 'RESERVED')::integer,
    case when count(*) < 2 then 'NO_OPINION'
      when count(*) filter (where v.position = 'FOR') > count(*) filter (where v.position = 'AGAINST') then 'FOR'
      when count(*) filter (where v.position = 'FOR') < count(*) filter (where v.position = 'AGAINST') then 'AGAINST'
      else 'DIVIDED' end
  from indicator_voice v
  where v.indicator_id = any (p_indicators)
    and not exists (select from indicator_voice later where later.speaker_id = v.speaker_id and later.version > v.version)
  group by v.indicator_id, v.district_id;
end;
revoke all on function indicator_opinions(uuid[]) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function indicator_obstacle(p_indicator uuid) returns text
  language sql stable security definer set search_path = public, pg_temp
  return (select case
      when i.consulted_until >= (now() at time zone 'Europe/Paris')::date and exists (select from district d
        where d.switched_on_on is not null and not exists (select from indicator_opinions(array[i.id]) o
          where o.district_id = d.id and o.position <> 'NO_OPINION')) then 'TEAMS_TO_BE_HEARD'
      when (select count(*) filter (where o.position = 'FOR') <= count(*) filter (where o.position = 'AGAINST')
        from indicator_opinions(array[i.id]) o) then 'NOT_AGREED'
      end from indicator i where i.id = p_indicator);
revoke all on function indicator_obstacle(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function indicator_is_decided(p_indicator uuid, p_kind "IndicatorDecisionKind") returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (select count(*) >= 2
      or (count(*) = 1 and p_kind = 'REFUSE' and exists (select from indicator i where i.id = p_indicator
        and i.consulted_from is not null and indicator_obstacle(i.id) = 'NOT_AGREED'))
    from indicator_decision d where d.indicator_id = p_indicator and d.kind = p_kind);
revoke all on function indicator_is_decided(uuid,"IndicatorDecisionKind") from public, cosmos_app, cosmos_jobs;
create or replace function records_of_visits(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select v.id, v.district_id, v.worker_id, null::boolean, array[v.kind::text, coalesce(v.outcome::text, 'UNKNOWN')]
  from visit v where v.arrived_at >= p_from and v.arrived_at < p_until and not objects(v.person_id);
end;
revoke all on function records_of_visits(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_persons_at_reception(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, v.district_id, v.worker_id, null::boolean, array[v.kind::text, age_band(p.birth_date, day_in_paris(p_until) - 1)]
  from visit v join person p on p.id = v.person_id
  where v.arrived_at >= p_from and v.arrived_at < p_until and not objects(p.id);
end;
revoke all on function records_of_persons_at_reception(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_first_receptions(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with received as (
    select ap.person_id, a.district_id, a.worker_ids as workers, a.starts_at as at, 'BY_APPOINTMENT' as way
    from appointment a join appointment_person ap on ap.appointment_id = a.id
    where a.status = 'HONOURED' and a.places is null and a.starts_at >= p_from and a.starts_at < p_until
    union all
    select v.person_id, v.district_id, array_remove(array[v.worker_id], null), v.taken_in_at, 'ON_DUTY'
    from visit v where v.person_id is not null and v.appointment_id is null and v.outcome = 'RECEIVED'
      and v.taken_in_at >= p_from and v.taken_in_at < p_until),
  first as (select distinct on (r.person_id, r.district_id) r.* from received r order by r.person_id, r.district_id, r.at)
  select p.id, f.district_id, w.id, null::boolean, array[f.way, age_band(p.birth_date, day_in_paris(p_until) - 1)]
  from first f join person p on p.id = f.person_id
  left join lateral unnest(f.workers) w(id) on true
  where not objects(p.id)
    and not exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
      where ap.person_id = p.id and a.district_id = f.district_id and a.status = 'HONOURED' and a.places is null and a.starts_at < p_from)
    and not exists (select from visit v where v.person_id = p.id and v.district_id = f.district_id and v.outcome = 'RECEIVED'
      and v.taken_in_at < p_from);
end;
revoke all on function records_of_first_receptions(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_appointment_requests(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, case when r.case_worker_only then r.case_worker_id when r.duty_worker_only then r.duty_worker_id end,
    null::boolean, array[r.urgency::text, r.type_code, coalesce(r.asked_by::text, 'UNKNOWN')]
  from appointment_request r where r.asked_at >= p_from and r.asked_at < p_until and not objects(r.person_id);
end;
revoke all on function records_of_appointment_requests(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_still_waiting(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, case when r.case_worker_only then r.case_worker_id when r.duty_worker_only then r.duty_worker_id end,
    null::boolean, array[wait_band(day_in_paris(p_until) - 1 - day_in_paris(r.asked_at)), r.urgency::text, r.type_code]
  from appointment_request r
  where r.asked_at < p_until and (r.status = 'WAITING' or r.closed_at >= p_until) and not objects(r.person_id);
end;
revoke all on function records_of_still_waiting(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_asked_to_offered(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, o.district_id, o.worker_id, null::boolean,
    array[wait_band(day_in_paris(o.offered_at) - day_in_paris(r.asked_at)), r.urgency::text]
  from slot_offer o join appointment_request r on r.id = o.request_id
  where o.offered_at >= p_from and o.offered_at < p_until and not objects(r.person_id)
    and not exists (select from slot_offer e where e.request_id = o.request_id and (e.offered_at, e.id) < (o.offered_at, o.id));
end;
revoke all on function records_of_asked_to_offered(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_asked_to_held(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, w.id, null::boolean,
    array[wait_band(day_in_paris(a.starts_at) - day_in_paris(asked.at)), a.type_code, a.mode::text]
  from appointment a
  cross join lateral (select least(a.booked_at, min(r.asked_at)) as at from appointment_request r where r.appointment_id = a.id) asked
  left join lateral unnest(a.worker_ids) w(id) on true
  where a.starts_at >= p_from and a.starts_at < p_until and a.status = 'HONOURED' and a.places is null
    and a.asked_by is distinct from 'SERVICE' and asked.at <= a.starts_at and not appointment_objects(a.id);
end;
revoke all on function records_of_asked_to_held(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function appointments_of(p_from timestamptz, p_until timestamptz)
  returns table (id uuid, district_id uuid, worker_id uuid, status "AppointmentStatus", reason text, type_code text, mode text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, w.id, a.status, a.cancellation_reason::text, a.type_code, a.mode::text
  from appointment a left join lateral unnest(a.worker_ids) w(id) on true
  where a.starts_at >= p_from and a.starts_at < p_until and a.places is null and not appointment_objects(a.id);
end;
revoke all on function appointments_of(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_appointments(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, null::boolean, array[case a.status when 'BOOKED' then 'UNKNOWN' else a.status::text end, a.type_code, a.mode]
  from appointments_of(p_from, p_until) a;
end;
revoke all on function records_of_appointments(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_not_honoured(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, a.status = 'NOT_HONOURED', array[a.type_code, a.mode]
  from appointments_of(p_from, p_until) a where a.status in ('HONOURED', 'NOT_HONOURED');
end;
revoke all on function records_of_not_honoured(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_unknown_outcomes(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, a.status = 'BOOKED', array[a.type_code, a.mode]
  from appointments_of(p_from, p_until) a where a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE');
end;
revoke all on function records_of_unknown_outcomes(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_cancelled_by_service(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, null::boolean, array[coalesce(a.reason, 'UNKNOWN'), a.type_code]
  from appointments_of(p_from, p_until) a where a.status = 'CANCELLED_BY_SERVICE';
end;
revoke all on function records_of_cancelled_by_service(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_meeting_attendance(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, a.district_id, w.id, null::boolean, array[a.type_code, age_band(p.birth_date, day_in_paris(p_until) - 1)]
  from appointment a join appointment_person ap on ap.appointment_id = a.id join person p on p.id = ap.person_id
  left join lateral unnest(a.worker_ids) w(id) on true
  where a.places is not null and a.starts_at >= p_from and a.starts_at < p_until and ap.outcome = 'HONOURED' and not objects(p.id);
end;
revoke all on function records_of_meeting_attendance(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function cases_of(p_from timestamptz, p_until timestamptz)
  returns table (id uuid, district_id uuid, worker_id uuid, mission text, opened_at timestamptz, closed_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, s.worker_id, c.mission::text, c.opened_at, c.closed_at
  from "case" c
  left join lateral (select n.worker_id from assignment n where n.case_id = c.id and n.starts_at < p_until
    and (n.ends_at is null or n.ends_at >= least(p_until, c.closed_at)) order by n.starts_at desc limit 1) s on true
  where c.opened_at < p_until and (c.closed_at is null or c.closed_at >= p_from) and not case_objects(c.id);
end;
revoke all on function cases_of(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_persons_helped(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, c.district_id, c.worker_id, null::boolean, array[age_band(p.birth_date, day_in_paris(p_until) - 1), c.mission]
  from cases_of(p_from, p_until) c join case_person cp on cp.case_id = c.id join person p on p.id = cp.person_id;
end;
revoke all on function records_of_persons_helped(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_open_cases(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, c.worker_id, null::boolean,
    array[c.mission, case_age_band(c.opened_at, p_until), case when c.worker_id is null then 'NO' else 'YES' end]
  from cases_of(p_from, p_until) c where c.closed_at is null or c.closed_at >= p_until;
end;
revoke all on function records_of_open_cases(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_cases_opened(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, c.worker_id, null::boolean,
    array[c.mission, persons_band((select count(*) from case_person cp where cp.case_id = c.id))]
  from cases_of(p_from, p_until) c where c.opened_at >= p_from;
end;
revoke all on function records_of_cases_opened(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_cases_closed(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, c.worker_id, null::boolean, array[c.mission, case_age_band(c.opened_at, c.closed_at)]
  from cases_of(p_from, p_until) c where c.closed_at >= p_from and c.closed_at < p_until;
end;
revoke all on function records_of_cases_closed(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_needs(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, c.worker_id, null::boolean, array[k.theme, k.code, c.mission]
  from cases_of(p_from, p_until) c join need n on n.case_id = c.id join need_code k on k.code = n.code
  where n.starts_on < day_in_paris(p_until) and (n.ends_on is null or n.ends_on > day_in_paris(p_from))
    and (n.person_id is null or not objects(n.person_id));
end;
revoke all on function records_of_needs(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_persons_in_need(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, c.district_id, c.worker_id, null::boolean, array[k.theme, age_band(p.birth_date, day_in_paris(p_until) - 1)]
  from cases_of(p_from, p_until) c join need n on n.case_id = c.id join need_code k on k.code = n.code
  join case_person cp on cp.case_id = c.id and (n.person_id is null or cp.person_id = n.person_id) join person p on p.id = cp.person_id
  where n.starts_on < day_in_paris(p_until) and (n.ends_on is null or n.ends_on > day_in_paris(p_from));
end;
revoke all on function records_of_persons_in_need(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function referrals_of(p_from timestamptz, p_until timestamptz)
  returns table (id uuid, district_id uuid, to_district_id uuid, sent_by_id uuid, to_worker_id uuid, destination text, mission text, status text, in_time boolean, due boolean, sent boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, r.to_district_id, r.sent_by_id, r.to_worker_id,
    case when r.to_organisation_id is not null then 'ORGANISATION' when r.to_worker_id is not null then 'WORKER' else 'DISTRICT' end,
    r.mission::text, r.status::text, r.status in ('ACCEPTED', 'REFUSED') and r.closed_at <= r.answer_by,
    r.answer_by > p_from and r.answer_by <= p_until and r.status <> 'WITHDRAWN', r.sent_at >= p_from and r.sent_at < p_until
  from referral r
  where ((r.sent_at >= p_from and r.sent_at < p_until) or (r.answer_by > p_from and r.answer_by <= p_until))
    and not case_objects(r.case_id);
end;
revoke all on function referrals_of(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_referrals_sent(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, r.sent_by_id, null::boolean, array[case r.destination when 'ORGANISATION' then 'ORGANISATION' else 'DISTRICT' end, r.mission, r.status]
  from referrals_of(p_from, p_until) r where r.sent;
end;
revoke all on function records_of_referrals_sent(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_referrals_received(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.to_district_id, r.to_worker_id, null::boolean, array[r.mission, r.status]
  from referrals_of(p_from, p_until) r where r.sent and r.to_district_id is not null;
end;
revoke all on function records_of_referrals_received(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_referrals_answered_in_time(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, r.sent_by_id, r.in_time, array[case r.destination when 'ORGANISATION' then 'ORGANISATION' else 'DISTRICT' end]
  from referrals_of(p_from, p_until) r where r.due;
end;
revoke all on function records_of_referrals_answered_in_time(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_incoming_requests(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select q.id, q.district_id, q.worker_id, null::boolean, array[q.partner::text, case when q.mandated then 'YES' else 'NO' end, q.status::text]
  from incoming_request q
  where q.received_on >= day_in_paris(p_from) and q.received_on < day_in_paris(p_until) and not objects(q.person_id);
end;
revoke all on function records_of_incoming_requests(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_incoming_requests_answered_in_time(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select q.id, q.district_id, q.worker_id, q.status in ('ANSWERED', 'DECLINED') and q.closed_at <= q.answer_by, array[q.partner::text]
  from incoming_request q where q.answer_by > p_from and q.answer_by <= p_until and not objects(q.person_id);
end;
revoke all on function records_of_incoming_requests_answered_in_time(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function narrative_is_signed(p_report uuid, p_publisher uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from activity_report r
    cross join lateral (select t.version, t.written_by_id from activity_report_text t where t.report_id = r.id
      order by t.version desc limit 1) last
    cross join lateral (select count(*) as members, count(distinct s.district_id) as teams, bool_or(s.worker_id = p_publisher) as by_publisher
      from activity_report_signature s where s.report_id = r.id and s.text_version = last.version) signed
    where r.id = p_report and p_publisher is not null and last.written_by_id is distinct from p_publisher and not signed.by_publisher
      and case when r.district_id is null
        then signed.teams >= least(2, (select count(*) from district d where d.switched_on_on is not null))
        else signed.members >= least(2, (select count(distinct m.worker_id) from membership m where m.district_id = r.district_id
          and m.role = 'SOCIAL_WORKER' and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))) end
      and signed.members > 0);
revoke all on function narrative_is_signed(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function is_last_text(p_report uuid, p_version integer) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return p_version = (select max(t.version) from activity_report_text t where t.report_id = p_report);
revoke all on function is_last_text(uuid,int4) from public, cosmos_app, cosmos_jobs;
create or replace function context_of_year(p_district uuid, p_year integer,
    out social_workers integer, out receptionists integer, out population integer, out days_open integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with year as (select make_date(p_year, 1, 1) as starts_on, make_date(p_year + 1, 1, 1) as ends_on),
  member as (
    select m.role, m.worker_id from membership m, year y where m.district_id = coalesce(p_district, m.district_id)
      and m.starts_at < y.ends_on and (m.ends_at is null or m.ends_at >= y.ends_on)),
  served as (
    select distinct s.commune_code, s.streets = '' as is_whole from sector s, year y where s.district_id = coalesce(p_district, s.district_id)
      and s.valid_from < y.ends_on and (s.valid_until is null or s.valid_until >= y.ends_on)),
  of_commune as (
    -- If several districts share a commune, the county serves all of it.
    select s.commune_code, c.population, bool_or(s.is_whole) or p_district is null as is_whole
    from served s join commune c on c.insee_code = s.commune_code group by s.commune_code, c.population)
  select (select count(distinct worker_id) filter (where role = 'SOCIAL_WORKER') from member)::integer,
    (select count(distinct worker_id) filter (where role = 'RECEPTIONIST') from member)::integer,
    (select case when bool_and(is_whole and o.population is not null) then sum(o.population) end from of_commune o)::integer,
    (select count(distinct a.open_on) from district d cross join year y
      cross join lateral (select s::date as open_on
        from generate_series(greatest(d.switched_on_on, y.starts_on), y.ends_on - 1, interval '1 day') s) a
      join opening_hours o on o.district_id = d.id and o.weekday = extract(isodow from a.open_on)
      where d.id = coalesce(p_district, d.id) and d.switched_on_on < y.ends_on
        and not exists (select from public_holiday h where h.day = a.open_on))::integer;
end;
revoke all on function context_of_year(uuid,int4) from public, cosmos_app, cosmos_jobs;
create or replace function means_of(p_district uuid, p_year integer,
    out social_workers integer, out receptionists integer, out population integer, out days_open integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.* from context_of_year(p_district, p_year) c where viewer_reads_statistics();
end;
revoke all on function means_of(uuid,int4) from public, cosmos_app, cosmos_jobs;
create or replace function begin_snapshot(p_period text, p_starts_on date, p_ends_on date, p_method integer, p_mark bytea)
  returns uuid language sql volatile security definer set search_path = public, pg_temp
begin atomic
  insert into snapshot (period, starts_on, ends_on, frozen_on, method_version, secret_mark)
  values (p_period, p_starts_on, p_ends_on, day_in_paris(now()), p_method, p_mark) returning id;
end;
revoke all on function begin_snapshot(text,date,date,int4,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function measure_waiting_days() returns integer
  language sql volatile security definer set search_path = public, pg_temp
  return measure_waiting_days_at(now());
revoke all on function measure_waiting_days() from public, cosmos_app, cosmos_jobs;
create or replace function request_ranks(p_requests uuid[]) returns table (request_id uuid, rank integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, 1 + (select count(*)::integer from appointment_request o
    where o.district_id = r.district_id and o.type_code = r.type_code and o.status = 'WAITING'
      and (o.rank_at, o.id) < (r.rank_at, r.id))
  from appointment_request r
  where r.id = any (p_requests) and r.status = 'WAITING' and (
    r.district_id = any (viewer_districts('receptionist')) or r.district_id = any (viewer_districts('district_head'))
    or (r.duty_worker_id = viewer_worker() and r.district_id = any (viewer_districts('social_worker')))
    or (r.case_worker_id = viewer_worker() and r.district_id = any (viewer_districts('social_worker')))
    or (r.case_worker_id || ':' || r.district_id) = any (viewer_relays()));
end;
revoke all on function request_ranks(uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function end_expired_holds(p_workers uuid[], p_from timestamptz, p_until timestamptz) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  update slot_offer o set status = 'EXPIRED', version = o.version + 1
  from occupancy h
  where h.worker_id = any (p_workers) and h.starts_at < p_until and h.ends_at > p_from
    and h.starts_at > p_from - interval '12 hours' and h.expires_at <= now()
    and o.id = h.offer_id and o.status = 'HELD';
end;
revoke all on function end_expired_holds(uuid[],timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function offered_mode(p_wanted "AppointmentMode", p_modes "AppointmentMode"[]) returns "AppointmentMode"
  language sql immutable
  return (select mode from unnest(p_modes) mode where case when p_wanted is null then mode <> 'HOME' else mode = p_wanted end
    order by mode limit 1);
revoke all on function offered_mode("AppointmentMode","AppointmentMode"[]) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function still_stands(p_offer slot_offer) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from availability_occurrence o join worker w on w.id = o.worker_id and w.disabled_at is null
      join membership m on m.worker_id = o.worker_id and m.district_id = o.district_id
        and m.starts_at <= p_offer.starts_at and (m.ends_at is null or m.ends_at >= p_offer.ends_at)
      where o.worker_id = p_offer.worker_id and o.district_id = p_offer.district_id and not o.closed
        and o.starts_at <= p_offer.starts_at and o.ends_at >= p_offer.ends_at
        and o.starts_at > p_offer.starts_at - interval '12 hours')
    and not exists (select from unavailability u where u.worker_id = p_offer.worker_id
      and tstzrange(u.starts_at, u.ends_at) && tstzrange(p_offer.starts_at, p_offer.ends_at))
    and not exists (select from absence s where s.worker_id = p_offer.worker_id
      and tstzrange(s.starts_at, s.ends_at) && tstzrange(p_offer.starts_at, p_offer.ends_at));
revoke all on function still_stands(slot_offer) from public, cosmos_app, cosmos_jobs;
create or replace function let_go(p_request uuid, p_channel "OfferChannel") returns tstzmultirange
  language sql stable security definer set search_path = public, pg_temp
  return (select coalesce(range_agg(case when p_channel = 'AT_DESK' then tstzrange(o.starts_at, o.starts_at, '[]')
      else tstzrange(d.day::timestamp at time zone 'Europe/Paris', (d.day + 1)::timestamp at time zone 'Europe/Paris') end), '{}')
    from slot_offer o cross join lateral (select (o.starts_at at time zone 'Europe/Paris')::date as day) d
    where o.request_id = p_request and o.status in ('DECLINED', 'EXPIRED'));
revoke all on function let_go(uuid,"OfferChannel") from public, cosmos_app, cosmos_jobs;
create or replace function districts_waiting() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select d.id from district d where has_waiting(d.id) order by d.id;
end;
revoke all on function districts_waiting() from public, cosmos_app, cosmos_jobs;
alter function busy_ranges owner to cosmos_keeper;
alter function keep_free_time owner to cosmos_keeper;
alter function busy_times owner to cosmos_keeper;
grant execute on function busy_times to cosmos_app;
alter function slots_wanting owner to cosmos_keeper;
grant execute on function slots_wanting to cosmos_app;
alter function public_slots owner to cosmos_keeper;
grant execute on function public_slots to cosmos_app;
alter function public_gaps owner to cosmos_keeper;
alter function public_hours owner to cosmos_keeper;
grant execute on function public_hours to cosmos_app;
alter function online_types owner to cosmos_keeper;
grant execute on function online_types to cosmos_app;
alter function occurrence_takes_its_availability owner to cosmos_keeper;
alter function occurrences_changed owner to cosmos_keeper;
alter function busy_changed owner to cosmos_keeper;
alter function memberships_changed owner to cosmos_keeper;
alter function may_book_person owner to cosmos_keeper;
grant execute on function may_book_person to cosmos_app;
grant execute on function known_until to public;
alter function appointment_warnings owner to cosmos_keeper;
grant execute on function appointment_warnings to cosmos_app;
grant execute on function known_starts_at to public;
alter function may_pass_on owner to cosmos_keeper;
grant execute on function may_pass_on to cosmos_app;
grant execute on function desk_reaches_back_to to public;
alter function invite_interpreters owner to cosmos_keeper;
grant execute on function invite_interpreters to cosmos_app;
alter function place_is_of_hours owner to cosmos_keeper;
alter function place_is_typed owner to cosmos_keeper;
grant execute on function place_is_typed to cosmos_app;
grant execute on function home_day to public;
alter function keep_home_day owner to cosmos_keeper;
alter function home_case owner to cosmos_keeper;
alter function say_home_visit owner to cosmos_keeper;
grant execute on function say_home_visit to cosmos_app;
alter function begin_home_visit owner to cosmos_keeper;
alter function home_address owner to cosmos_keeper;
alter function home_addresses owner to cosmos_keeper;
grant execute on function home_addresses to cosmos_app;
alter function home_visits_not_back owner to cosmos_keeper;
grant execute on function home_visits_not_back to cosmos_app;
alter function viewer_books_online owner to cosmos_keeper;
alter function case_slots owner to cosmos_keeper;
grant execute on function case_slots to cosmos_app;
alter function free_for_public_slot owner to cosmos_keeper;
alter function take_public_slot owner to cosmos_keeper;
alter function public_type owner to cosmos_keeper;
alter function book_online owner to cosmos_keeper;
grant execute on function book_online to cosmos_app;
alter function managed_online owner to cosmos_keeper;
alter function read_online owner to cosmos_keeper;
grant execute on function read_online to cosmos_app;
alter function changeable_online owner to cosmos_keeper;
alter function tell_others owner to cosmos_keeper;
alter function cancel_online owner to cosmos_keeper;
grant execute on function cancel_online to cosmos_app;
alter function move_online owner to cosmos_keeper;
grant execute on function move_online to cosmos_app;
alter function booked_online_by_viewer owner to cosmos_keeper;
grant execute on function booked_online_by_viewer to cosmos_app;
alter function appointment_takes_its_case owner to cosmos_keeper;
alter function appointment_workers_changed owner to cosmos_keeper;
alter function appointment_persons_changed owner to cosmos_keeper;
alter function appointment_person_takes_its_appointment owner to cosmos_keeper;
alter function appointment_changed owner to cosmos_keeper;
alter function place_taken owner to cosmos_keeper;
alter function read_calendar_feed owner to cosmos_keeper;
grant execute on function read_calendar_feed to cosmos_app;
alter function may_list_absent owner to cosmos_keeper;
grant execute on function may_list_absent to cosmos_app;
alter function notify_relay_opened owner to cosmos_keeper;
alter function absence_contradicted owner to cosmos_keeper;
alter function notify_absence_declared owner to cosmos_keeper;
alter function relay_has_its_absence owner to cosmos_keeper;
alter function relays_end_with_absence owner to cosmos_keeper;
alter function cases_listed owner to cosmos_keeper;
alter function may_be_assigned owner to cosmos_keeper;
grant execute on function may_be_assigned to cosmos_app;
alter function cases_within_look_up owner to cosmos_keeper;
grant execute on function cases_within_look_up to cosmos_app;
alter function due_reassignments owner to cosmos_keeper;
grant execute on function due_reassignments to cosmos_jobs;
alter function carry_out_reassignment owner to cosmos_keeper;
grant execute on function carry_out_reassignment to cosmos_jobs;
alter function reassignment_takes_its_case owner to cosmos_keeper;
alter function notify_reassignment_planned owner to cosmos_keeper;
alter function notify_reassignment_called_off owner to cosmos_keeper;
alter function case_calls_off_its_reassignment owner to cosmos_keeper;
alter function assignment_changed owner to cosmos_keeper;
alter function row_takes_its_case owner to cosmos_keeper;
alter function case_persons_changed owner to cosmos_keeper;
alter function assignment_reaches_its_case owner to cosmos_keeper;
alter function assignment_tells owner to cosmos_keeper;
alter function closed_case_takes_nothing owner to cosmos_keeper;
alter function case_reopened owner to cosmos_keeper;
alter function row_takes_its_opener owner to cosmos_keeper;
alter function case_has_someone owner to cosmos_keeper;
alter function notify_followed_by_another owner to cosmos_keeper;
alter function log_access owner to cosmos_keeper;
grant execute on function log_access to cosmos_app;
grant execute on function is_confidential to public;
grant execute on function goes_along to public;
grant execute on function reads_access_log to public;
alter function case_of_log owner to cosmos_keeper;
grant execute on function case_of_log to cosmos_app;
alter function person_of_log owner to cosmos_keeper;
grant execute on function person_of_log to cosmos_app;
alter function lines_of_log owner to cosmos_keeper;
alter function confidential_days owner to cosmos_keeper;
alter function read_access_log owner to cosmos_keeper;
grant execute on function read_access_log to cosmos_app;
alter function deferral_goes_along owner to cosmos_keeper;
alter function case_takes_its_deferral owner to cosmos_keeper;
alter function request_gives_its_deferral owner to cosmos_keeper;
alter function who_reads_what_since owner to cosmos_keeper;
grant execute on function who_reads_what_since to cosmos_app;
alter function may_staff owner to cosmos_keeper;
grant execute on function may_staff to cosmos_app;
grant execute on function viewer_knows_every_team to public;
alter function is_on_duty_in owner to cosmos_keeper;
alter function notify_membership_ended owner to cosmos_keeper;
alter function reset_note_readers owner to cosmos_keeper;
alter function hand_over_unread owner to cosmos_keeper;
alter function hands_on owner to cosmos_keeper;
alter function viewer_hands_on owner to cosmos_keeper;
grant execute on function viewer_hands_on to cosmos_app;
alter function handover_accepted owner to cosmos_keeper;
alter function note_takes_its_case owner to cosmos_keeper;
alter function notify_handover_offered owner to cosmos_keeper;
alter function handover_names_a_version owner to cosmos_keeper;
alter function handover_task_answered owner to cosmos_keeper;
alter function notify_heads owner to cosmos_keeper;
alter function tell_who_follows owner to cosmos_keeper;
alter function notification_tells_once owner to cosmos_keeper;
grant execute on function viewer_setting to public;
grant execute on function viewer_worker to public;
grant execute on function viewer_person to public;
grant execute on function viewer_actor to public;
grant execute on function viewer_districts to public;
grant execute on function viewer_relays to public;
grant execute on function viewer_has_role to public;
grant execute on function viewer_has_scope to public;
grant execute on function viewer_note_reader to public;
alter function login owner to cosmos_keeper;
grant execute on function login to cosmos_app;
grant execute on function viewer_client to public;
grant execute on function day_in_paris to public;
alter function hold_each owner to cosmos_keeper;
grant execute on function viewer_self to public;
alter function may_describe owner to cosmos_keeper;
grant execute on function may_describe to cosmos_app;
alter function name_to_allocate owner to cosmos_keeper;
grant execute on function name_to_allocate to cosmos_app;
alter function incoming_request_makes_known owner to cosmos_keeper;
alter function notify_incoming_request owner to cosmos_keeper;
alter function referral_person_makes_known owner to cosmos_keeper;
alter function names_to_allocate owner to cosmos_keeper;
grant execute on function names_to_allocate to cosmos_app;
alter function accepted_persons owner to cosmos_keeper;
grant execute on function accepted_persons to cosmos_app;
alter function referral_takes_its_case owner to cosmos_keeper;
alter function case_changes_referrals owner to cosmos_keeper;
alter function referral_person_takes_its_referral owner to cosmos_keeper;
alter function referral_person_added owner to cosmos_keeper;
alter function referral_changed owner to cosmos_keeper;
alter function referral_content_is_coded owner to cosmos_keeper;
alter function notify_referral owner to cosmos_keeper;
alter function case_opened_of_referral owner to cosmos_keeper;
alter function oldest_case_of owner to cosmos_keeper;
alter function sheltering_cases owner to cosmos_keeper;
alter function is_sheltered owner to cosmos_keeper;
alter function keep_place_withheld owner to cosmos_keeper;
alter function keep_sheltered owner to cosmos_keeper;
alter function persons_sheltered_with owner to cosmos_keeper;
alter function letter_address owner to cosmos_keeper;
alter function letter_address_for_viewer owner to cosmos_keeper;
grant execute on function letter_address_for_viewer to cosmos_app;
alter function address_on_duty owner to cosmos_keeper;
grant execute on function address_on_duty to cosmos_app;
alter function address_takes_its_case owner to cosmos_keeper;
alter function place_may_be_withheld owner to cosmos_keeper;
alter function address_shelters owner to cosmos_keeper;
alter function case_shelters owner to cosmos_keeper;
alter function case_changes_addresses owner to cosmos_keeper;
alter function address_for_letters owner to cosmos_keeper;
alter function notify_open_address owner to cosmos_keeper;
alter function agreed_word_of owner to cosmos_keeper;
alter function say_agreed_word owner to cosmos_keeper;
grant execute on function say_agreed_word to cosmos_app;
alter function be_called owner to cosmos_keeper;
grant execute on function be_called to cosmos_app;
alter function suspend_contact owner to cosmos_keeper;
grant execute on function suspend_contact to cosmos_app;
alter function may_say_safe_contact owner to cosmos_keeper;
grant execute on function may_say_safe_contact to cosmos_app;
alter function receives_today owner to cosmos_keeper;
grant execute on function receives_today to cosmos_app;
alter function say_safe_contact owner to cosmos_keeper;
grant execute on function say_safe_contact to cosmos_app;
alter function serves_now owner to cosmos_keeper;
grant execute on function serves_now to cosmos_app;
alter function case_that_speaks owner to cosmos_keeper;
alter function takes_back owner to cosmos_keeper;
grant execute on function takes_back to cosmos_app;
alter function ends_suspension owner to cosmos_keeper;
grant execute on function ends_suspension to cosmos_app;
alter function propose_safe_contact owner to cosmos_keeper;
grant execute on function propose_safe_contact to cosmos_app;
alter function answer_contact_proposal owner to cosmos_keeper;
grant execute on function answer_contact_proposal to cosmos_app;
alter function notify_contact_changed owner to cosmos_keeper;
grant execute on function normalised_name to public;
alter function registered_person owner to cosmos_keeper;
grant execute on function registered_person to cosmos_app;
alter function follows_person owner to cosmos_keeper;
grant execute on function follows_person to cosmos_app;
grant execute on function viewer_followings to public;
alter function is_on_duty_for owner to cosmos_keeper;
alter function case_confirms_nothing owner to cosmos_keeper;
grant execute on function case_confirms_nothing to cosmos_app;
alter function set_confirm_nothing owner to cosmos_keeper;
grant execute on function set_confirm_nothing to cosmos_app;
alter function set_communication owner to cosmos_keeper;
grant execute on function set_communication to cosmos_app;
alter function says_contact owner to cosmos_keeper;
alter function opens_contact owner to cosmos_keeper;
alter function notify_contact_opened owner to cosmos_keeper;
grant execute on function contact_from to public;
alter function confirm_contact owner to cosmos_keeper;
grant execute on function confirm_contact to cosmos_app;
alter function keep_person_known owner to cosmos_keeper;
alter function names_of_met owner to cosmos_keeper;
grant execute on function names_of_met to cosmos_app;
alter function names_at_appointments owner to cosmos_keeper;
grant execute on function names_at_appointments to cosmos_app;
alter function knows_contact owner to cosmos_keeper;
alter function desk_knows_contact owner to cosmos_keeper;
alter function contact_opened owner to cosmos_keeper;
alter function person_known_opened owner to cosmos_keeper;
alter function look_up_person owner to cosmos_keeper;
grant execute on function look_up_person to cosmos_app;
alter function persons_within_look_up owner to cosmos_keeper;
grant execute on function persons_within_look_up to cosmos_app;
alter function look_ups_of_the_hour owner to cosmos_keeper;
alter function has_nobody owner to cosmos_keeper;
alter function take_look_up_turn owner to cosmos_keeper;
grant execute on function take_look_up_turn to cosmos_app;
alter function notify_communication_changed owner to cosmos_keeper;
alter function reset_encounter_readers owner to cosmos_keeper;
alter function delete_old_encounters owner to cosmos_keeper;
grant execute on function delete_old_encounters to cosmos_jobs;
alter function encounter_is_passed_on owner to cosmos_keeper;
alter function encounter_goes_to_its_reader owner to cosmos_keeper;
alter function case_takes_its_encounters owner to cosmos_keeper;
alter function encounter_makes_known owner to cosmos_keeper;
alter function times_of_present owner to cosmos_keeper;
grant execute on function times_of_present to cosmos_app;
alter function send_times_again owner to cosmos_keeper;
grant execute on function send_times_again to cosmos_app;
alter function sent_to_viewer owner to cosmos_keeper;
alter function may_send_blind_message owner to cosmos_keeper;
grant execute on function may_send_blind_message to cosmos_app;
alter function send_blind_message owner to cosmos_keeper;
grant execute on function send_blind_message to cosmos_app;
alter function visit_takes_its_number owner to cosmos_keeper;
alter function visit_makes_known owner to cosmos_keeper;
alter function message_makes_known owner to cosmos_keeper;
alter function visit_tells_who_is_there owner to cosmos_keeper;
alter function is_in_release owner to cosmos_keeper;
grant execute on function is_in_release to cosmos_app;
alter function lapse_releases owner to cosmos_keeper;
alter function has_left owner to cosmos_keeper;
alter function is_long_absent owner to cosmos_keeper;
alter function advises_elsewhere owner to cosmos_keeper;
grant execute on function advises_elsewhere to cosmos_app;
grant execute on function viewer_decides to public;
alter function has_acted_since owner to cosmos_keeper;
alter function close_contradicted_releases owner to cosmos_keeper;
grant execute on function close_contradicted_releases to cosmos_jobs;
alter function absence_let_a_release_through owner to cosmos_keeper;
grant execute on function absence_let_a_release_through to cosmos_app;
alter function danger_was_opened owner to cosmos_keeper;
alter function releases_of_former_cases owner to cosmos_keeper;
grant execute on function releases_of_former_cases to cosmos_app;
alter function release_approved owner to cosmos_keeper;
alter function notify_release_requested owner to cosmos_keeper;
alter function release_takes_its_case owner to cosmos_keeper;
alter function release_opens_for owner to cosmos_keeper;
alter function notify_release_refused owner to cosmos_keeper;
alter function release_answered owner to cosmos_keeper;
alter function release_asks_who_held owner to cosmos_keeper;
alter function danger_not_justified owner to cosmos_keeper;
grant execute on function sendable to public;
grant execute on function by_day to public;
alter function prepare_dispatches owner to cosmos_keeper;
grant execute on function prepare_dispatches to cosmos_jobs;
alter function take_dispatches owner to cosmos_keeper;
grant execute on function take_dispatches to cosmos_jobs;
alter function settle_dispatch owner to cosmos_keeper;
grant execute on function settle_dispatch to cosmos_jobs;
alter function dispatch_shows owner to cosmos_keeper;
alter function nothing_left_to_say owner to cosmos_keeper;
alter function indicator_obstacle owner to cosmos_keeper;
grant execute on function indicator_obstacle to cosmos_app;
grant execute on function indicator_opinions to cosmos_app, cosmos_keeper;
grant execute on function viewer_teams to public;
grant execute on function viewer_reads_drafts to public;
alter function indicator_given_by owner to cosmos_keeper;
alter function indicator_is_decided owner to cosmos_keeper;
grant execute on function indicator_is_decided to cosmos_app;
alter function indicator_steps owner to cosmos_keeper;
alter function opinion_while_asked owner to cosmos_keeper;
alter function in_ones_own_name owner to cosmos_keeper;
alter function next_word owner to cosmos_keeper;
alter function counts_what_is_recorded owner to cosmos_keeper;
alter function decided_by_the_trial owner to cosmos_keeper;
alter function two_advisers_decide owner to cosmos_keeper;
grant execute on function age_band to public;
grant execute on function wait_band to public;
grant execute on function case_age_band to public;
grant execute on function persons_band to public;
alter function objects owner to cosmos_keeper;
alter function case_objects owner to cosmos_keeper;
alter function appointment_objects owner to cosmos_keeper;
alter function records_of_visits owner to cosmos_keeper;
alter function records_of_persons_at_reception owner to cosmos_keeper;
alter function records_of_first_receptions owner to cosmos_keeper;
alter function records_of_appointment_requests owner to cosmos_keeper;
alter function records_of_still_waiting owner to cosmos_keeper;
alter function records_of_asked_to_offered owner to cosmos_keeper;
alter function records_of_asked_to_held owner to cosmos_keeper;
alter function appointments_of owner to cosmos_keeper;
alter function records_of_appointments owner to cosmos_keeper;
alter function records_of_not_honoured owner to cosmos_keeper;
alter function records_of_unknown_outcomes owner to cosmos_keeper;
alter function records_of_cancelled_by_service owner to cosmos_keeper;
alter function records_of_meeting_attendance owner to cosmos_keeper;
alter function cases_of owner to cosmos_keeper;
alter function records_of_persons_helped owner to cosmos_keeper;
alter function records_of_open_cases owner to cosmos_keeper;
alter function records_of_cases_opened owner to cosmos_keeper;
alter function records_of_cases_closed owner to cosmos_keeper;
alter function records_of_needs owner to cosmos_keeper;
alter function records_of_persons_in_need owner to cosmos_keeper;
alter function referrals_of owner to cosmos_keeper;
alter function records_of_referrals_sent owner to cosmos_keeper;
alter function records_of_referrals_received owner to cosmos_keeper;
alter function records_of_referrals_answered_in_time owner to cosmos_keeper;
alter function records_of_incoming_requests owner to cosmos_keeper;
alter function records_of_incoming_requests_answered_in_time owner to cosmos_keeper;
alter function narrative_is_signed owner to cosmos_keeper;
grant execute on function narrative_is_signed to cosmos_app;
alter function is_last_text owner to cosmos_keeper;
grant execute on function is_last_text to cosmos_app;
grant execute on function erratum_lapses_on to public, cosmos_app;
alter function context_of_year owner to cosmos_keeper;
alter function means_of owner to cosmos_keeper;
grant execute on function means_of to cosmos_app;
alter function published_for_ever owner to cosmos_keeper;
alter function of_the_draft owner to cosmos_keeper;
alter function erratum_is_signed owner to cosmos_keeper;
alter function tell_of_erratum owner to cosmos_keeper;
alter function viewer_reads_statistics owner to cosmos_keeper;
grant execute on function viewer_reads_statistics to cosmos_app;
alter function viewer_is_reporting_client owner to cosmos_keeper;
grant execute on function viewer_is_reporting_client to cosmos_app;
alter function freezes_with owner to cosmos_keeper;
grant execute on function freezes_with to cosmos_jobs;
alter function write_snapshot_dimension owner to cosmos_keeper;
grant execute on function write_snapshot_dimension to cosmos_jobs;
grant execute on function snapshot_due to public, cosmos_app;
alter function next_snapshot owner to cosmos_keeper;
grant execute on function next_snapshot to cosmos_jobs;
alter function indicators_of_snapshot owner to cosmos_keeper;
grant execute on function indicators_of_snapshot to cosmos_jobs;
alter function begin_snapshot owner to cosmos_keeper;
grant execute on function begin_snapshot to cosmos_jobs;
alter function write_snapshot_tables owner to cosmos_keeper;
grant execute on function write_snapshot_tables to cosmos_jobs;
alter function statistics_records owner to cosmos_keeper;
grant execute on function statistics_records to cosmos_jobs;
alter function statistics_categories owner to cosmos_keeper;
grant execute on function statistics_categories to cosmos_jobs;
grant execute on function withheld_for to public;
alter function measure_waiting_day owner to cosmos_keeper;
alter function measure_waiting_days_at owner to cosmos_keeper;
alter function measure_waiting_days owner to cosmos_keeper;
grant execute on function measure_waiting_days to cosmos_jobs;
alter function request_ranks owner to cosmos_keeper;
grant execute on function request_ranks to cosmos_app;
alter function viewer_answers owner to cosmos_keeper;
alter function answer_offer owner to cosmos_keeper;
grant execute on function answer_offer to cosmos_app;
alter function forget_who_waited owner to cosmos_keeper;
grant execute on function forget_who_waited to cosmos_jobs;
alter function end_expired_holds owner to cosmos_keeper;
grant execute on function end_expired_holds to cosmos_app;
alter function offer_channel owner to cosmos_keeper;
alter function answer_by owner to cosmos_keeper;
alter function only_worker owner to cosmos_keeper;
alter function busy_then owner to cosmos_keeper;
grant execute on function offered_mode to public;
alter function wanted_range owner to cosmos_keeper;
alter function may_be_served owner to cosmos_keeper;
alter function slot_for owner to cosmos_keeper;
alter function why_not owner to cosmos_keeper;
alter function still_stands owner to cosmos_keeper;
alter function settle_requests owner to cosmos_keeper;
alter function offer_slots owner to cosmos_keeper;
grant execute on function offer_slots to cosmos_jobs;
alter function log_skips owner to cosmos_keeper;
alter function in_working_time owner to cosmos_keeper;
alter function first_start owner to cosmos_keeper;
alter function sooner_until owner to cosmos_keeper;
alter function let_go owner to cosmos_keeper;
alter function mode_to_offer owner to cosmos_keeper;
alter function request_takes_its_place owner to cosmos_keeper;
alter function request_closed owner to cosmos_keeper;
alter function urgency_rises owner to cosmos_keeper;
alter function offer_ended owner to cosmos_keeper;
alter function request_makes_known owner to cosmos_keeper;
grant create on schema public to cosmos_jobs;
alter function wake_jobs owner to cosmos_jobs;
revoke create on schema public from cosmos_jobs;
grant execute on function wake_jobs to cosmos_keeper;
alter function wake_offers owner to cosmos_keeper;
alter function has_waiting owner to cosmos_keeper;
alter function districts_waiting owner to cosmos_keeper;
grant execute on function districts_waiting to cosmos_jobs;
alter function worker_goes_away owner to cosmos_keeper;
alter function request_wakes owner to cosmos_keeper;
alter function contact_wakes owner to cosmos_keeper;
alter function offer_wakes owner to cosmos_keeper;
alter function time_freed owner to cosmos_keeper;
alter function absent_worker_goes_away owner to cosmos_keeper;
alter function worker_is_free_no_more owner to cosmos_keeper;
alter table availability add constraint availability_interval check (ends_on > starts_on and closes_at > opens_at);
alter table availability add constraint availability_has_an_end check (ends_on <= starts_on + 731);
alter table availability add constraint availability_by_day check
  (opens_at >= '06:00' and closes_at <= '22:00' and closes_at - opens_at <= interval '12 hours');
alter table availability add constraint availability_modes check (cardinality(modes) > 0);
alter table availability_occurrence add constraint availability_occurrence_interval check (ends_at > starts_at and ends_at <= starts_at + interval '12 hours');
alter table availability_occurrence add constraint availability_occurrence_once exclude using gist
  (worker_id with =, tstzrange(starts_at, ends_at) with &&) where (not closed);
alter table unavailability add constraint unavailability_interval check (ends_at >= starts_at and ends_at <= starts_at + interval '366 days');
alter table free_time add constraint free_time_interval check (ends_at > starts_at);
alter table appointment_type add constraint appointment_type_places check (places between 2 and 200);
alter table appointment_type add constraint appointment_type_collective check (places is null or not 'BOOKING_CLIENT' = any (bookable_by));
alter table appointment add constraint appointment_interval check (ends_at > starts_at);
alter table appointment add constraint appointment_within_a_day check (ends_at <= starts_at + interval '12 hours');
alter table appointment add constraint appointment_back check ((expected_back_at is null and back_at is null) or mode = 'HOME');
alter table appointment add constraint appointment_expected_back check
  (expected_back_at >= ends_at and expected_back_at <= starts_at + interval '12 hours');
alter table appointment add constraint appointment_cancellation_reason check (cancellation_reason is null or status = 'CANCELLED_BY_SERVICE');
alter table appointment add constraint appointment_places check (places between 2 and 200);
alter table appointment add constraint appointment_places_taken check
  (places_named >= 0 and places_unnamed >= 0 and places_named + places_unnamed <= coalesce(places, 0));
alter table appointment add constraint appointment_collective check (places is null or (case_id is null and subject is null));
alter table appointment_person add constraint appointment_person_outcome check (outcome in ('HONOURED', 'NOT_HONOURED', 'LEFT_BEFORE_RECEIVED'));
alter table appointment_notice add constraint appointment_notice_done check ((done_at is null) = (outcome is null));
alter table appointment_notice add constraint appointment_notice_reminds check (kind <> 'REMINDER' or reminds_of is not null);
alter table online_booking add constraint online_booking_secret check ((client_id is null) = (secret_hash is null));
alter table appointment_participant add constraint appointment_participant_interval check (ends_at > starts_at);
alter table appointment_participant add constraint appointment_participant_language check (language ~ '^[a-z]{3}$');
alter table occupancy add constraint occupancy_interval check (ends_at > starts_at);
alter table occupancy add constraint occupancy_once exclude using gist
  (worker_id with =, tstzrange(starts_at, ends_at) with &&);
alter table occupancy add constraint occupancy_within_a_day check (ends_at <= starts_at + interval '12 hours');
alter table occupancy add constraint occupancy_of_one check (num_nonnulls(appointment_id, offer_id) = 1);
alter table occupancy add constraint occupancy_expires check ((offer_id is null) = (expires_at is null));
alter table home_word add constraint home_word_of_someone check ((case_id is null) = (worker_id is null));
alter table calendar_feed add constraint calendar_feed_of_one check ((worker_id is null) <> (person_id is null));
alter table "case" add constraint case_closed_at check ((status = 'CLOSED') = (closed_at is not null));
alter table assignment add constraint assignment_interval check (ends_at is null or ends_at >= starts_at);
alter table assignment add constraint assignment_once exclude using gist
  (case_id with =, tstzrange(starts_at, ends_at) with &&);
alter table planned_reassignment add constraint planned_reassignment_to_another check (to_worker_id <> from_worker_id);
alter table planned_reassignment add constraint planned_reassignment_not_to_oneself check (to_worker_id <> planned_by_id);
alter table planned_reassignment add constraint planned_reassignment_five_days check (takes_effect_at > planned_at and takes_effect_at <= planned_at + interval '5 days');
alter table planned_reassignment add constraint planned_reassignment_ended check ((outcome is null) = (ended_at is null));
alter table absence add constraint absence_interval check (ends_at is null or ends_at > starts_at);
alter table absence add constraint absence_once exclude using gist
  (worker_id with =, district_id with =, tstzrange(starts_at, ends_at) with &&);
alter table relay add constraint relay_interval check (ends_at > starts_at);
alter table relay add constraint relay_of_another check (stand_in_id <> absent_worker_id);
alter table relay add constraint relay_once exclude using gist
  (absent_worker_id with =, district_id with =, tstzrange(starts_at, ends_at) with &&);
alter table need add constraint need_interval check (ends_on is null or ends_on > starts_on);
alter table privacy_notice add constraint privacy_notice_opinion check ((opinion is null) = (opinion_on is null));
alter table privacy_notice add constraint privacy_notice_published check ((draft_id is null) = (published_by_id is null));
alter table privacy_notice add constraint privacy_notice_who_reads check ((who_reads_fr is null) = (who_reads_en is null));
alter table privacy_notice_draft add constraint privacy_notice_draft_opinion check (num_nonnulls(opinion, opinion_on, opinion_by_id) in (0, 3));
alter table privacy_notice_draft add constraint privacy_notice_draft_reason check (opinion is null or opinion = 'FAVOURABLE' or opinion_text is not null);
alter table privacy_notice_draft add constraint privacy_notice_draft_two_people check (opinion_by_id <> drafted_by_id);
alter table access_log add constraint access_log_outcome check (outcome in ('DONE', 'REFUSED', 'CONFLICT'));
alter table access_log add constraint access_log_blanked check (blanked or not is_confidential(action));
alter table access_log add constraint access_log_ground check (ground in ('PERSON_REQUEST', 'COMPLAINT', 'CONTROL', 'SECURITY_INCIDENT'));
alter table commune add constraint commune_population check (population >= 0);
alter table opening_hours add constraint opening_hours_weekday check (weekday between 1 and 7);
alter table opening_hours add constraint opening_hours_interval check (closes_at > opens_at);
alter table membership add constraint membership_interval check (ends_at is null or ends_at > starts_at);
alter table membership add constraint membership_once exclude using gist
  (worker_id with =, coalesce(district_id, '00000000-0000-0000-0000-000000000000') with =, role with =,
   tstzrange(starts_at, ends_at) with &&);
alter table membership add constraint membership_end_confirmed_whole check ((end_confirmed_at is null) = (end_confirmed_by_id is null));
alter table membership add constraint membership_end_confirmed_once_over check (end_confirmed_at is null or ends_at <= end_confirmed_at);
alter table membership add constraint membership_county_role check (role = 'TECHNICAL_ADVISER'
  or (district_id is null) = (role in ('DATA_PROTECTION_OFFICER', 'ADMINISTRATOR')));
alter table membership add constraint membership_end_takes_two check (end_confirmed_by_id is null
  or (ended_by_id is not null and end_confirmed_by_id <> ended_by_id));
alter table handover add constraint handover_to_another check (from_worker_id <> to_worker_id);
alter table handover add constraint handover_withdrawn_or_accepted check (withdrawn_at is null or accepted_at is null);
alter table handover_task add constraint handover_task_to_another check (worker_id <> to_worker_id);
alter table handover_task add constraint handover_task_answered_is_closed check (answer is null or closed_at is not null);
alter table handover_task add constraint handover_task_since check (since is null or answer = 'HANDED_OVER');
alter table handover_task add constraint handover_task_says_why check ((reason is not null) = (answer is not distinct from 'NO'));
alter table idempotency_key add constraint idempotency_key_length check (length(key) between 1 and 128);
alter table sector add constraint sector_interval check (valid_until is null or valid_until > valid_from);
alter table sector add constraint sector_once exclude using gist
  (commune_code with =, streets with =, daterange(valid_from, valid_until) with &&);
alter table referral add constraint referral_to_one check (num_nonnulls(to_district_id, to_organisation_id) = 1);
alter table referral add constraint referral_worker_of_district check (to_worker_id is null or to_district_id is not null);
alter table referral add constraint referral_answer_ahead check (answer_by > sent_at);
alter table referral add constraint referral_closed check ((closed_at is null) = (status in ('SENT', 'ACKNOWLEDGED')));
alter table referral add constraint referral_refused check ((refusal is null) = (status <> 'REFUSED'));
alter table referral_content add constraint referral_content_short check (length(body) <= 2000 and cardinality(need_codes) <= 20);
alter table incoming_request add constraint incoming_request_closed check ((closed_at is null) = (status in ('RECEIVED', 'ALLOCATED')));
alter table incoming_request add constraint incoming_request_allocated check (status <> 'ALLOCATED' or worker_id is not null);
alter table incoming_request add constraint incoming_request_answered check (status <> 'ANSWERED' or worker_id is not null);
alter table incoming_request add constraint incoming_request_informs check (inform_by is null or mandated);
alter table incoming_request add constraint incoming_request_no_clock check (not child_protection or inform_by is null);
alter table incoming_request add constraint incoming_request_deferred check ((deferral_ground is null) = (review_by is null));
alter table incoming_request add constraint incoming_request_defers check (deferral_ground is null or inform_by is not null or child_protection);
alter table incoming_request add constraint incoming_request_informed check (informed_at is null or inform_by is not null or child_protection);
alter table incoming_request_content add constraint incoming_request_content_short check (length(body) between 1 and 4000);
alter table person add constraint person_language check (language ~ '^[a-z]{3}$');
alter table person add constraint person_communication check (communication_needs is not null and cardinality(communication_needs) <= 7
  and (language is not null or not 'INTERPRETER' = any (communication_needs)));
alter table person_address add constraint person_address_case check (case_id is null or confidential);
alter table contact_proposal add constraint contact_proposal_opens check (safe_contact <> 'NONE');
alter table visit add constraint visit_ticket check (ticket > 0);
alter table visit add constraint visit_closed check ((closed_at is null) = (outcome is null));
alter table visit add constraint visit_taken_in check (taken_in_at is null or worker_id is not null);
alter table visit add constraint visit_received check (outcome <> 'RECEIVED' or taken_in_at is not null);
alter table message add constraint message_from_someone check (person_id is not null or name is not null);
alter table message add constraint message_interval check (call_until > call_from);
alter table message add constraint message_text_of_someone check ((text is null) = (from_worker_id is null));
alter table encounter add constraint encounter_of_one check (num_nonnulls(visit_id, appointment_id) <= 1);
alter table encounter add constraint encounter_passed_on check (num_nonnulls(case_id, passed_to_id, passed_on_at) in (0, 3));
alter table encounter add constraint encounter_reader check (reader_id is null or reader_id = held_by_id or reader_id = passed_to_id);
alter table release add constraint release_approved_whole check ((approved_at is null) = (approved_by_id is null));
alter table release add constraint release_holders check (holder_ids is not null);
alter table release add constraint release_takes_two check (approved_by_id <> requested_by_id);
alter table release add constraint release_waits check (approved_at >= waits_until);
alter table release add constraint release_refused_whole check ((refused_at is null) = (refused_by_id is null));
alter table release add constraint release_decided_once check (approved_at is null or refused_at is null);
alter table release add constraint release_refused_by_another check (refused_by_id <> requested_by_id);
alter table release add constraint release_told_after_a_no check (person_told_at is null or objected_at is not null);
alter table release add constraint release_danger_not_by_who_assigned check (ground <> 'DANGER' or approved_by_id <> assigned_by_id);
alter table release add constraint release_asked_until check (asked_until is null
  or asked_until > requested_at and asked_until <= requested_at + interval '180 days 1 hour' and ground <> 'DANGER');
alter table release add constraint release_has_its_end check ((open_until is null) = (approved_at is null)
and open_until <= approved_at + case ground when 'DANGER' then interval '72 hours' when 'ACCESS_REQUEST' then interval '30 days'
  else interval '180 days' end);
alter table release_answer add constraint release_answer_whole check ((answer is null) = (answered_at is null));
alter table release_answer add constraint release_answer_says_why check ((reason is not null) = (answer is not distinct from 'NO'));
alter table release_answer add constraint release_answer_since check (since is null or answer = 'HANDED_OVER');
alter table danger_statement add constraint danger_statement_says_something check (length(trim(facts)) > 0);
alter table release_review add constraint release_review_by_two check (as_role in ('TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER'));
alter table dispatch add constraint dispatch_of_one check (num_nonnulls(notice_id, offer_id) = 1);
alter table dispatch add constraint dispatch_version check ((notice_id is null) = (notice_version is null));
alter table dispatch add constraint dispatch_sent check ((status = 'SENT') = (sent_at is not null));
alter table waiting_day add constraint waiting_day_figure check (num_nonnulls(third_next_days, withheld) = 1 and third_next_days >= 0);
alter table indicator add constraint indicator_code check (code ~ '^[A-Z][A-Z0-9_]{2,39}$');
alter table indicator add constraint indicator_version check (version >= 1);
alter table indicator add constraint indicator_place check (place between 1 and 40 and (place is not null) = (status = 'ADOPTED') or place is null and status <> 'ADOPTED');
alter table indicator add constraint indicator_consulted check (consulted_until >= consulted_from + 14
  and (consulted_from is not null) = (consulted_until is not null));
alter table indicator add constraint indicator_dates check (
  (status <> 'CONSULTED' or consulted_from is not null)
  and (status not in ('ADOPTED', 'RETIRED') or (adopted_on is not null and consulted_from is not null))
  and (status = 'RETIRED') = (retired_on is not null)
  and retired_on >= adopted_on);
alter table indicator add constraint indicator_refused check ((status = 'REFUSED') = (refusal is not null) and (refusal is null) = (refusal_text is null));
alter table indicator add constraint indicator_measured check (measure is not null or status = 'REFUSED');
alter table indicator add constraint indicator_given_by check ((given_by is not null) = (status in ('ADOPTED', 'RETIRED')));
alter table indicator_decision add constraint indicator_decision_refusal check ((kind = 'REFUSE') = (refusal is not null));
alter table indicator_decision add constraint indicator_decision_reason check (length(reason) between 1 and 2000);
alter table erratum add constraint erratum_period check (period ~ '^\d{4}(-(0[1-9]|1[0-2]))?$');
alter table erratum add constraint erratum_of_a_report check (indicator_code is not null or length(period) = 4);
alter table erratum add constraint erratum_recalls_a_report check (not recalls or indicator_code is null);
alter table erratum add constraint erratum_texts check (length(text_fr) between 1 and 2000 and length(text_en) between 1 and 2000);
alter table erratum add constraint erratum_signed check (num_nonnulls(signed_by_id, signed_by, published_on) in (0, 3));
alter table erratum add constraint erratum_of_two check (signed_by_id <> proposed_by_id);
alter table erratum add constraint erratum_withdrawn check (withdrawn_on is null or published_on is null);
alter table indicator_voice add constraint indicator_voice_version check (version between 1 and 50);
alter table indicator_observation add constraint indicator_observation_year check (year between 2000 and 2200);
alter table snapshot add constraint snapshot_period check (
  (period = to_char(starts_on, 'YYYY-MM') and extract(day from starts_on) = 1 and ends_on = (starts_on + interval '1 month')::date)
  or (period = to_char(starts_on, 'YYYY') and extract(doy from starts_on) = 1 and ends_on = (starts_on + interval '1 year')::date));
alter table snapshot add constraint snapshot_frozen check (frozen_on > ends_on);
alter table snapshot_dimension add constraint snapshot_dimension_categories check (cardinality(categories) > 0
  and cardinality(categories) = cardinality(categories_fr) and cardinality(categories) = cardinality(categories_en));
alter table snapshot_table add constraint snapshot_table_bases check (bases is null or cardinality(bases) = cardinality(cells));
alter table snapshot_table add constraint snapshot_table_dimensions check (cardinality(dimensions) <= 2);
alter table activity_report add constraint activity_report_year check (year between 2000 and 2200);
alter table activity_report add constraint activity_report_published check (num_nonnulls(published_on, social_workers, receptionists) in (0, 3));
alter table activity_report add constraint activity_report_context check (published_on is not null or num_nonnulls(population, days_open) = 0);
alter table activity_report_text add constraint activity_report_text_english check (narrative_en is null or (narrative is not null and length(narrative_en) between 1 and 20000));
alter table appointment_request add constraint appointment_request_closed check ((status = 'WAITING') = (closed_at is null));
alter table appointment_request add constraint appointment_request_booked check (status <> 'BOOKED' or appointment_id is not null);
alter table appointment_request add constraint appointment_request_wanted check (wanted_until > wanted_from);
alter table appointment_request add constraint appointment_request_days check
  (wanted_from between '2000-01-01' and '2200-01-01' and wanted_until between '2000-01-01' and '2200-01-01');
alter table appointment_request add constraint appointment_request_case_worker check (not case_worker_only or case_id is not null);
alter table appointment_request add constraint appointment_request_duty_worker check (not duty_worker_only or duty_worker_id is not null);
alter table appointment_request add constraint appointment_request_found check (num_nonnulls(person_id, reference) > 0);
alter table appointment_request add constraint appointment_request_known check (person_id is null or num_nonnulls(called_name, phone) = 0);
alter table appointment_request add constraint appointment_request_contact check
  (contact in ('NONE', 'VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT') and (contact = 'NONE') = (phone is null));
alter table appointment_request add constraint appointment_request_nameless check (person_id is not null
  or (case_id is null and not show_online and (appointment_id is null or status = 'BOOKED')));
alter table slot_offer add constraint slot_offer_interval check (ends_at > starts_at);
alter table slot_offer add constraint slot_offer_answer_by check (answer_by > offered_at and answer_by <= starts_at);
alter table slot_offer add constraint slot_offer_answered check ((status in ('ACCEPTED', 'DECLINED')) = (answered_at is not null));
create index availability_occurrence_closed on availability_occurrence (availability_id, starts_at) where closed;
create index unavailability_times on unavailability using gist (worker_id, tstzrange(starts_at, ends_at));
create index unavailability_declared on unavailability (worker_id, starts_at) where outside_calendar_id is null;
create unique index outside_calendar_by_name on outside_calendar (worker_id, district_id, name) where removed_at is null;
create index appointment_first_worker on appointment ((worker_ids[1]), district_id, starts_at, id);
create index appointment_second_worker on appointment ((worker_ids[2]), district_id, starts_at, id)
  where cardinality(worker_ids) > 1;
create index appointment_more_workers on appointment (district_id, starts_at, id) where cardinality(worker_ids) > 2;
create index appointment_booked on appointment (district_id, starts_at, id) where status = 'BOOKED';
create index appointment_not_held on appointment (district_id, starts_at, id) where status not in ('BOOKED', 'HONOURED');
create index appointment_first_worker_booked on appointment ((worker_ids[1]), district_id, starts_at, id)
  where status = 'BOOKED';
create index appointment_first_worker_not_held on appointment ((worker_ids[1]), district_id, starts_at, id)
  where status not in ('BOOKED', 'HONOURED');
create index appointment_case_worker_booked on appointment (case_worker_id, district_id, starts_at, id)
  where status = 'BOOKED';
create index appointment_case_worker_not_held on appointment (case_worker_id, district_id, starts_at, id)
  where status not in ('BOOKED', 'HONOURED');
create index appointment_out on appointment (district_id, expected_back_at, id)
  where expected_back_at is not null and back_at is null;
create index appointment_collective_to_come on appointment (district_id, type_code, starts_at, id)
  where places is not null and status = 'BOOKED';
create unique index appointment_notice_to_give on appointment_notice (appointment_id, person_id) where done_at is null;
create index appointment_notice_of_a_district on appointment_notice (district_id, created_at, id) where done_at is null;
create index appointment_notice_open on appointment_notice (created_at) where done_at is null;
create unique index home_word_appointment_id_case_id_worker_id_key on home_word(appointment_id, case_id, worker_id) nulls not distinct;
create index case_mine_open on "case" (assigned_worker_id, district_id, opened_at, id) where status = 'OPEN';
create index case_unassigned on "case" (district_id, opened_at, id) where assigned_worker_id is null;
create unique index planned_reassignment_once on planned_reassignment (case_id) where outcome is null;
create index planned_reassignment_to_come on planned_reassignment (to_worker_id, takes_effect_at, id) where outcome is null;
create index planned_reassignment_due on planned_reassignment (takes_effect_at, id) where outcome is null;
create index absence_not_over on absence (district_id, coalesce(ends_at, 'infinity'), id);
create unique index notice_receipt_of_a_day on notice_receipt
  (person_id, notice_id, stated_by_id, channel, ((given_at at time zone 'Europe/Paris')::date));
create index access_log_of_case on access_log (case_id, action, occurred_at, line_id) where case_id is not null and not blanked;
create index access_log_of_person on access_log (person_id, action, occurred_at, line_id) where person_id is not null and not blanked;
create index access_log_by_actor on access_log (actor_id, action, occurred_at, line_id) where actor_id is not null and not blanked;
create index access_log_of_worker on access_log (target_worker_id, action, occurred_at, line_id)
  where target_worker_id is not null and not blanked;
create index access_log_blanked_of_case on access_log (case_id, occurred_at) where case_id is not null and blanked;
create index access_log_blanked_of_person on access_log (person_id, occurred_at) where person_id is not null and blanked;
create index handover_task_waits on handover_task (worker_id, reassigned_at, id) where closed_at is null;
create index handover_task_refused on handover_task (to_worker_id, closed_at, id) where answer = 'NO';
create index organisation_by_name on organisation (name_key, id) where closed_at is null;
create index organisation_of_commune on organisation (commune_code, name_key, id) where closed_at is null;
create index referral_to_answer on referral (to_district_id, answer_by, id) where closed_at is null;
create index referral_for_worker on referral (to_worker_id, to_district_id, answer_by, id) where closed_at is null;
create index incoming_request_due on incoming_request (district_id, due_at, id) where due_at is not null;
create index incoming_request_due_of_worker on incoming_request (worker_id, district_id, due_at, id) where due_at is not null;
create index incoming_request_over on incoming_request (district_id, answer_by, id) where due_at is null;
create index incoming_request_over_of_worker on incoming_request (worker_id, district_id, answer_by, id) where due_at is null;
create index person_chosen_name on person (normalised_name(chosen_name));
create index person_given_then_family on person (normalised_name(given_name || ' ' || family_name));
create index person_family_then_given on person (normalised_name(family_name || ' ' || given_name));
create index person_objecting on person (id) where statistics_objection_on is not null;
create unique index person_address_open on person_address (person_id) where not confidential;
create unique index person_address_of_case on person_address (person_id, case_id) where confidential;
create unique index visit_waits_once on visit (appointment_id) where closed_at is null;
create index message_to_do on message (worker_id, district_id, sent_at, id) where done_at is null;
create index encounter_to_delete on encounter (held_at) where case_id is null;
create index release_waits on release (requested_at, id) where approved_at is null and refused_at is null and lapsed_at is null;
create index release_dangers on release (approved_at, id) where ground = 'DANGER' and approved_at is not null;
create unique index release_waits_once on release (assignment_id)
  where ground <> 'DANGER' and approved_at is null and refused_at is null and lapsed_at is null;
create index release_stands on release (id) where approved_at is not null and lapsed_at is null and ground <> 'DANGER';
create unique index release_danger_waits_once on release (assignment_id)
  where ground = 'DANGER' and approved_at is null and refused_at is null and lapsed_at is null;
create index release_answer_waits on release_answer (worker_id) where answer is null;
create index dispatch_due on dispatch (due_at, id) where status in ('DUE', 'SENDING', 'RETRYING');
create unique index indicator_adopted on indicator (code) where status = 'ADOPTED';
create unique index indicator_open on indicator (code) where status in ('PROPOSED', 'CONSULTED');
create index erratum_published on erratum (published_on desc, id) where published_on is not null;
create index erratum_unsigned on erratum (erratum_lapses_on(proposed_on) desc, id) where published_on is null and withdrawn_on is null;
create unique index snapshot_table_question on snapshot_table (snapshot_id, indicator_id, district_id, dimensions) nulls not distinct;
create unique index activity_report_subject on activity_report(year, district_id) nulls not distinct;
create index appointment_request_waiting on appointment_request (district_id, rank_at, id) where status = 'WAITING';
create index appointment_request_waiting_for on appointment_request (district_id, type_code, rank_at, id)
  where status = 'WAITING';
create index appointment_request_of_case_worker on appointment_request (case_worker_id, district_id, rank_at, id)
  where status = 'WAITING';
create index appointment_request_of_duty_worker on appointment_request (duty_worker_id, district_id, rank_at, id)
  where status = 'WAITING';
create index appointment_request_online on appointment_request (person_id, asked_at, id)
  where status = 'WAITING' and show_online;
create index appointment_request_to_forget on appointment_request (closed_at, id)
  where called_name is not null or phone is not null;
create unique index slot_offer_held on slot_offer (request_id) where status = 'HELD';
create index slot_offer_to_give on slot_offer (district_id, answer_by, id) where status = 'HELD';
create statistics appointment_worker_of_district (dependencies) on (worker_ids[1]), district_id from appointment;
create statistics appointment_case_worker_of_district (dependencies) on case_worker_id, district_id from appointment;
create statistics appointment_number_of_workers on (cardinality(worker_ids)) from appointment;
create statistics case_worker_of_district (dependencies) on assigned_worker_id, district_id from "case";
create trigger agenda_only_ends before update on availability
  for each row when (current_user = 'cosmos_app') execute function agenda_only_ends();
create trigger agenda_only_ends before update on availability_occurrence
  for each row when (current_user = 'cosmos_app') execute function agenda_only_ends();
create trigger agenda_only_ends before update on unavailability
  for each row when (current_user = 'cosmos_app') execute function agenda_only_ends();
create trigger occurrence_takes_its_availability before insert on availability_occurrence
  for each row execute function occurrence_takes_its_availability();
create trigger occurrences_opened after insert on availability_occurrence
  referencing new table as changed for each statement execute function occurrences_changed();
create trigger occurrences_closed after update on availability_occurrence
  referencing new table as changed for each statement execute function occurrences_changed();
create trigger occupancy_taken after insert on occupancy
  referencing new table as changed for each statement execute function busy_changed();
create trigger occupancy_freed after delete on occupancy
  referencing old table as changed for each statement execute function busy_changed();
create trigger unavailability_declared after insert on unavailability
  referencing new table as changed for each statement execute function busy_changed();
create trigger unavailability_ended after update on unavailability
  referencing old table as changed for each statement execute function busy_changed();
create trigger absence_declared after insert on absence
  referencing new table as changed for each statement execute function busy_changed();
create trigger absence_ended after update on absence
  referencing old table as changed for each statement execute function busy_changed();
create trigger absence_changed after update on absence
  referencing new table as changed for each statement execute function busy_changed();
create trigger unavailability_gone after delete on unavailability
  referencing old table as changed for each statement execute function busy_changed();
create trigger memberships_begun after insert on membership
  referencing new table as changed for each statement execute function memberships_changed();
create trigger calendar_stays_removed before update on outside_calendar
  for each row execute function calendar_stays_removed();
create trigger appointment_takes_its_case before insert or update of case_id on appointment
  for each row execute function appointment_takes_its_case();
create trigger appointment_workers_changed after insert or delete on appointment_worker
  for each row execute function appointment_workers_changed();
create trigger appointment_persons_changed after insert or update of show_online or delete on appointment_person
  for each row execute function appointment_persons_changed();
create trigger appointment_person_takes_its_appointment before insert on appointment_person
  for each row execute function appointment_person_takes_its_appointment();
create trigger appointment_changed after update of district_id, worker_ids, case_worker_id, status, starts_at, ends_at on appointment
  for each row execute function appointment_changed();
create trigger appointment_status_changed before update of status on appointment
  for each row execute function appointment_status_changed();
create trigger place_taken after insert or delete on appointment_person for each row execute function place_taken();
create trigger place_is_by before insert or update of place on appointment for each row execute function place_is_by();
create trigger appointment_shows_its_version before update of version on appointment
  for each row execute function appointment_shows_its_version();
create trigger feed_stays_revoked before update on calendar_feed
  for each row execute function feed_stays_revoked();
create trigger notify_relay_opened after insert on relay
  for each row execute function notify_relay_opened();
create trigger absence_is_said_by before update on absence for each row execute function absence_is_said_by();
create constraint trigger absence_contradicted after update of contradicted_at on absence
  deferrable initially deferred for each row when (old.contradicted_at is null and new.contradicted_at is not null)
  execute function absence_contradicted();
create trigger notify_absence_declared after insert on absence
  for each row execute function notify_absence_declared();
create trigger notify_absence_changed after update of ends_at on absence
  for each row when (old.ends_at is distinct from new.ends_at) execute function notify_absence_declared();
create trigger relay_has_its_absence before insert or update of ends_at on relay
  for each row when (current_user = 'cosmos_app') execute function relay_has_its_absence();
create trigger relays_end_with_absence after update of ends_at on absence
  for each row when (new.ends_at is distinct from old.ends_at) execute function relays_end_with_absence();
create trigger cases_listed after insert on access_log
  for each row when (new.action like 'LIST\_CASES\_FOR\_%' and new.target_worker_id is not null) execute function cases_listed();
create trigger reassignment_takes_its_case before insert on planned_reassignment
  for each row execute function reassignment_takes_its_case();
create trigger notify_reassignment_planned after insert on planned_reassignment
  for each row execute function notify_reassignment_planned();
create trigger notify_reassignment_called_off after update of outcome on planned_reassignment
  for each row when (old.outcome is null and new.outcome <> 'DONE') execute function notify_reassignment_called_off();
create trigger case_calls_off_its_reassignment after update of status, district_id, assigned_worker_id on "case"
  for each row when ((old.status, old.district_id) is distinct from (new.status, new.district_id)
    or old.assigned_worker_id is distinct from new.assigned_worker_id)
  execute function case_calls_off_its_reassignment();
create trigger assignment_changed after insert or update or delete on assignment
  for each row execute function assignment_changed();
create trigger row_takes_its_case before insert on case_person for each row execute function row_takes_its_case();
create trigger row_takes_its_case before insert on need for each row execute function row_takes_its_case();
create trigger row_takes_its_case before insert on safe_address for each row execute function row_takes_its_case();
create trigger case_persons_changed after insert or update of show_online or delete on case_person
  for each row execute function case_persons_changed();
create trigger assignment_keeps_its_past before update on assignment
  for each row execute function assignment_keeps_its_past();
create trigger assignment_says_by_whom before insert on assignment
  for each row execute function assignment_says_by_whom();
create constraint trigger assignment_reaches_its_case after insert or update or delete on assignment
  deferrable initially deferred for each row execute function assignment_reaches_its_case();
create constraint trigger assignment_tells after insert on assignment
  deferrable initially deferred for each row when (new.assigned_by_id is not null) execute function assignment_tells();
create trigger closed_case_takes_nothing before insert on need
  for each row when (current_user = 'cosmos_app') execute function closed_case_takes_nothing();
create trigger closed_case_takes_nothing before insert on referral
  for each row when (current_user = 'cosmos_app') execute function closed_case_takes_nothing();
create trigger closed_case_takes_nothing before insert on appointment
  for each row when (current_user = 'cosmos_app' and new.case_id is not null) execute function closed_case_takes_nothing();
create trigger closed_case_takes_nothing before insert on appointment_request
  for each row when (current_user = 'cosmos_app' and new.case_id is not null) execute function closed_case_takes_nothing();
create trigger case_goes_on before update of status on "case"
  for each row when (current_user = 'cosmos_app' and old.status <> new.status) execute function case_goes_on();
create trigger case_reopened after update of status on "case"
  for each row when (old.status = 'CLOSED' and new.status = 'OPEN' and new.assigned_worker_id is not null
    and new.assigned_worker_id is distinct from viewer_worker()) execute function case_reopened();
create trigger case_has_its_opener before insert on "case"
  for each row when (current_user = 'cosmos_app') execute function case_has_its_opener();
create trigger row_takes_its_opener before insert on case_person
  for each row when (current_user = 'cosmos_app') execute function row_takes_its_opener();
create trigger row_takes_its_opener before insert on need
  for each row when (current_user = 'cosmos_app') execute function row_takes_its_opener();
create constraint trigger case_has_someone after update of opener_id on "case"
  deferrable initially deferred for each row when (old.opener_id is not null and new.opener_id is null)
  execute function case_has_someone();
create constraint trigger notify_followed_by_another after insert or update on case_person
  deferrable initially deferred for each row execute function notify_followed_by_another();
create trigger information_is_deferred_by_who_has_it before update of deferral_ground, review_by on incoming_request
  for each row when (current_user = 'cosmos_app' and (new.deferral_ground, new.review_by) is distinct from (old.deferral_ground, old.review_by)
    and new.deferral_ground is not null)
  execute function information_is_deferred_by_who_has_it();
create trigger child_has_no_clock before update of child_protection, inform_by on incoming_request
  for each row when (current_user = 'cosmos_app'
    and (new.child_protection, new.inform_by) is distinct from (old.child_protection, old.inform_by))
  execute function child_has_no_clock();
create constraint trigger case_takes_its_deferral after insert or update of assigned_worker_id on case_person
  deferrable initially deferred for each row execute function case_takes_its_deferral();
create constraint trigger request_gives_its_deferral after update of worker_id, deferral_ground, review_by on incoming_request
  deferrable initially deferred for each row when (new.deferral_ground is not null)
  execute function request_gives_its_deferral();
create trigger notice_draft_changes before update on privacy_notice_draft for each row execute function notice_draft_changes();
create trigger notice_as_advised before insert on privacy_notice for each row execute function notice_as_advised();
create trigger rights_only_end before update on membership
  for each row when (current_user = 'cosmos_app') execute function rights_only_end();
create trigger rights_only_end before update on worker
  for each row when (current_user = 'cosmos_app') execute function rights_only_end();
create trigger rights_only_end before update on client
  for each row when (current_user = 'cosmos_app') execute function rights_only_end();
create trigger scopes_only_shrink before update on client
  for each row when (current_user = 'cosmos_app') execute function scopes_only_shrink();
create trigger notify_membership_ended after update of ended_by_id, end_confirmed_by_id on membership
  for each row when (new.ended_by_id is distinct from old.ended_by_id or new.end_confirmed_by_id is distinct from old.end_confirmed_by_id)
  execute function notify_membership_ended();
create trigger handover_accepted after update of accepted_at on handover
  for each row execute function handover_accepted();
create trigger note_takes_its_case before insert or update on interview_note
  for each row execute function note_takes_its_case();
create trigger notify_handover_offered after insert on handover
  for each row execute function notify_handover_offered();
create trigger handover_names_a_version before insert on handover_note
  for each row execute function handover_names_a_version();
create trigger handover_is_said_by before update on handover
  for each row when (current_user = 'cosmos_app') execute function handover_is_said_by();
create trigger handover_task_answered after update of answer on handover_task
  for each row when (old.answer is null and new.answer is not null) execute function handover_task_answered();
create trigger notification_tells_once before insert on notification for each row
  when (new.kind in ('CONTACT_OPENED', 'CONTACT_CHANGED', 'CONTACT_SUSPENDED', 'OPEN_ADDRESS_WRITTEN', 'ABSENCE_DECLARED',
    'BLIND_MESSAGE', 'CONTACT_PROPOSED', 'COMMUNICATION_CHANGED'))
  execute function notification_tells_once();
create trigger incoming_request_is_due before insert or update on incoming_request
  for each row execute function incoming_request_is_due();
create trigger incoming_request_makes_known after insert or update of worker_id, closed_at on incoming_request
  for each row execute function incoming_request_makes_known();
create trigger incoming_request_goes_on before update on incoming_request
  for each row when (current_user = 'cosmos_app') execute function incoming_request_goes_on();
create trigger notify_incoming_request after insert on incoming_request
  for each row execute function notify_incoming_request();
create trigger notify_incoming_request_allocated after update of worker_id on incoming_request
  for each row when (new.worker_id is distinct from old.worker_id) execute function notify_incoming_request();
create trigger referral_takes_its_case before insert on referral for each row execute function referral_takes_its_case();
create constraint trigger case_changes_referrals after update of district_id, assigned_worker_id on "case"
  deferrable initially deferred for each row
  when (old.district_id <> new.district_id or old.assigned_worker_id is distinct from new.assigned_worker_id)
  execute function case_changes_referrals();
create trigger referral_person_takes_its_referral before insert on referral_person
  for each row execute function referral_person_takes_its_referral();
create trigger referral_person_added after insert on referral_person
  for each row execute function referral_person_added();
create trigger referral_changed after update of district_id, assigned_worker_id, to_worker_id, status, online_person_id on referral
  for each row execute function referral_changed();
create trigger referral_content_is_coded before insert on referral_content
  for each row execute function referral_content_is_coded();
create trigger referral_goes_on before update on referral
  for each row when (current_user = 'cosmos_app') execute function referral_goes_on();
create trigger referral_is_received before insert on referral
  for each row when (current_user = 'cosmos_app') execute function referral_is_received();
create trigger notify_referral after insert or update of to_worker_id, status on referral
  for each row execute function notify_referral();
create trigger case_opened_of_referral after insert on case_person
  for each row when (current_user = 'cosmos_app') execute function case_opened_of_referral();
create trigger address_takes_its_case before insert or update of case_id, confidential on person_address
  for each row execute function address_takes_its_case();
create trigger place_is_withheld after update of place, mode, worker_ids, starts_at, status on appointment
  for each row when (new.place is distinct from old.place or (new.mode, new.worker_ids, new.starts_at, new.status)
    is distinct from (old.mode, old.worker_ids, old.starts_at, old.status))
  execute function place_may_be_withheld();
create trigger place_is_withheld after insert or delete on appointment_person
  for each row execute function place_may_be_withheld();
create trigger address_shelters after insert or delete or update of confidential, case_id, line on person_address
  for each row execute function address_shelters();
create trigger case_shelters after insert on case_person for each row execute function case_shelters();
create constraint trigger case_changes_addresses after update of district_id, assigned_worker_id on "case"
  deferrable initially deferred for each row when (old.district_id <> new.district_id or old.assigned_worker_id is distinct from new.assigned_worker_id)
  execute function case_changes_addresses();
create trigger address_for_letters before insert or update of line, postal_code, city on person_address
  for each row execute function address_for_letters();
create constraint trigger notify_open_address after insert or delete or update of confidential, line on person_address
  deferrable initially deferred for each row execute function notify_open_address();
create trigger contact_only_tightens before update of safe_contact, phone, email on person
  for each row execute function contact_only_tightens();
create constraint trigger notify_contact_changed after update of phone, email, safe_contact, confirm_nothing on person
  deferrable initially deferred for each row when ((new.phone, new.email, new.confirm_nothing)
    is distinct from (old.phone, old.email, old.confirm_nothing)
    or (new.safe_contact <> old.safe_contact and (new.contact_suspended_at is null or old.contact_suspended_at is not null)))
  execute function notify_contact_changed();
create trigger contact_opened after insert or update of contact_worker_ids on appointment_person
  for each row execute function contact_opened();
create trigger person_known_opened after insert on person_known
  for each row when (new.contact) execute function person_known_opened();
create trigger person_known_reopened after update of worker_id, contact on person_known
  for each row when (new.contact and (not old.contact or new.worker_id <> old.worker_id)) execute function person_known_opened();
create constraint trigger notify_communication_changed after update of language, communication_needs on person
  deferrable initially deferred for each row when ((new.language, new.communication_needs) is distinct from (old.language, old.communication_needs))
  execute function notify_communication_changed();
create trigger encounter_is_passed_on before insert or update of case_id on encounter
  for each row execute function encounter_is_passed_on();
create trigger encounter_goes_to_its_reader after update of case_id on encounter
  for each row when (old.case_id is null and new.case_id is not null) execute function encounter_goes_to_its_reader();
create constraint trigger case_takes_its_encounters after update of assigned_worker_id on "case"
  deferrable initially deferred for each row when (old.assigned_worker_id is distinct from new.assigned_worker_id)
  execute function case_takes_its_encounters();
create trigger encounter_makes_known after insert or update of case_id, reader_id, passed_on_at or delete on encounter
  for each row execute function encounter_makes_known();
create trigger visit_takes_its_number before insert on visit for each row execute function visit_takes_its_number();
create trigger visit_only_goes_on before update on visit for each row execute function visit_only_goes_on();
create trigger visit_makes_known after insert or update of worker_id, closed_at on visit
  for each row execute function visit_makes_known();
create trigger message_makes_known after insert or update of done_at on message
  for each row execute function message_makes_known();
create constraint trigger visit_tells_who_is_there after insert or update of closed_at on visit
  deferrable initially deferred for each row when (new.person_id is not null and new.kind = 'WALK_IN')
  execute function visit_tells_who_is_there();
create trigger visit_is_told after insert or update on visit for each row execute function visit_is_told();
create constraint trigger release_approved after update of approved_at on release
  deferrable initially deferred for each row execute function release_approved();
create constraint trigger notify_release_requested after insert on release
  deferrable initially deferred for each row execute function notify_release_requested();
create trigger release_takes_its_case before insert on release
  for each row execute function release_takes_its_case();
create trigger release_is_said_by before update on release
  for each row when (current_user = 'cosmos_app') execute function release_is_said_by();
create trigger release_opens_for before update of approved_at on release
  for each row when (old.approved_at is null and new.approved_at is not null) execute function release_opens_for();
create trigger notify_release_refused after update of refused_at on release
  for each row when (old.refused_at is null and new.refused_at is not null) execute function notify_release_refused();
create trigger release_answered after update of answer on release_answer
  for each row when (old.answer is null and new.answer is not null) execute function release_answered();
create trigger release_asks_who_held after insert on release
  for each row when (new.ground <> 'DANGER') execute function release_asks_who_held();
create trigger answer_is_said_now before update of answer on release_answer
  for each row when (current_user = 'cosmos_app' and new.answer is not null) execute function answer_is_said_now();
create constraint trigger danger_not_justified after insert on release_review
  deferrable initially deferred for each row when (new.opinion = 'NOT_JUSTIFIED') execute function danger_not_justified();
create trigger dispatch_shows after insert or update of status on dispatch for each row execute function dispatch_shows();
create trigger notice_to_say_anew before update of kind on appointment_notice for each row execute function notice_to_say_anew();
create trigger nothing_left_to_say after update of starts_at, status on appointment for each row
  when ((old.starts_at, old.status) is distinct from (new.starts_at, new.status)) execute function nothing_left_to_say();
create trigger nothing_left_to_say after insert or delete on appointment_person for each row
  execute function nothing_left_to_say();
create trigger indicator_steps before update on indicator for each row execute function indicator_steps();
create trigger opinion_while_asked before insert or update on indicator_speaker for each row execute function opinion_while_asked();
create trigger opinion_while_asked before insert on indicator_voice for each row execute function opinion_while_asked();
create trigger in_ones_own_name before insert on indicator_speaker for each row execute function in_ones_own_name();
create trigger in_ones_own_name before insert on activity_report_signature for each row execute function in_ones_own_name();
create trigger in_ones_own_name before insert on indicator_decision for each row execute function in_ones_own_name();
create trigger next_word before insert on indicator_voice for each row execute function next_word();
create trigger counts_what_is_recorded before insert on indicator for each row execute function counts_what_is_recorded();
create trigger decided_by_the_trial before update on indicator for each row execute function decided_by_the_trial();
create constraint trigger two_advisers_decide after update of status on indicator deferrable initially deferred
  for each row when (current_user = 'cosmos_app' and new.status in ('REFUSED', 'RETIRED')) execute function two_advisers_decide();
create trigger published_for_ever before update or delete on activity_report for each row execute function published_for_ever();
create trigger cited_for_ever before update or delete on activity_report_table for each row execute function cited_for_ever();
create trigger published_for_ever before update or delete on privacy_notice for each row execute function cited_for_ever();
create trigger drafted_first before insert on activity_report for each row execute function drafted_first();
create trigger of_the_draft before insert on activity_report_text for each row execute function of_the_draft('version');
create trigger of_the_draft before insert on activity_report_signature for each row execute function of_the_draft('text_version');
create trigger erratum_is_signed before insert or update on erratum for each row execute function erratum_is_signed();
create trigger tell_of_erratum after update on erratum for each row
  when (old.published_on is null and new.published_on is not null) execute function tell_of_erratum();
create trigger frozen_for_ever before update or delete on snapshot for each row execute function frozen_for_ever();
create trigger frozen_for_ever before update or delete on snapshot_dimension for each row execute function frozen_for_ever();
create trigger frozen_for_ever before update or delete on snapshot_table for each row execute function frozen_for_ever();
create trigger measured_once before update or delete on waiting_day for each row execute function measured_once();
create trigger request_takes_its_place before insert or update of urgency, asked_at on appointment_request
  for each row execute function request_takes_its_place();
create trigger request_shows_its_version before update on appointment_request
  for each row execute function request_shows_its_version();
create trigger request_is_judged before insert or update on appointment_request
  for each row when (current_user = 'cosmos_app') execute function request_is_judged();
create trigger request_closed after update of status on appointment_request
  for each row when (old.status = 'WAITING' and new.status <> 'WAITING') execute function request_closed();
create trigger urgency_rises after update of urgency on appointment_request
  for each row when (new.rank_at < old.rank_at) execute function urgency_rises();
create trigger offer_ended after update of status on slot_offer
  for each row when (old.status = 'HELD' and new.status <> 'HELD') execute function offer_ended();
create trigger offer_is_over before update of status on slot_offer for each row execute function offer_is_over();
create trigger request_makes_known after insert or update of person_id, duty_worker_id, closed_at on appointment_request
  for each row execute function request_makes_known();
create trigger unavailability_withdraws_offers after insert on unavailability
  referencing new table as changed for each statement execute function worker_goes_away();
create trigger request_wakes
  after insert or update of mode, urgency, wanted_from, wanted_until, present_until, show_online, person_id, contact on appointment_request
  for each row execute function request_wakes();
create constraint trigger contact_wakes after update of safe_contact, phone, email on person
  deferrable initially deferred for each row when (old.safe_contact is distinct from new.safe_contact
    or old.phone is distinct from new.phone or old.email is distinct from new.email)
  execute function contact_wakes();
create trigger offer_wakes after insert or update of status on slot_offer for each row execute function offer_wakes();
create trigger occupancy_freed_wakes after delete on occupancy
  referencing old table as changed for each statement execute function time_freed();
create trigger occurrences_opened_wake after insert on availability_occurrence
  referencing new table as changed for each statement execute function time_freed();
create trigger unavailability_gone_wakes after delete on unavailability
  referencing old table as changed for each statement execute function time_freed();
create constraint trigger absence_withdraws_offers after insert on absence
  deferrable initially deferred for each row execute function absent_worker_goes_away();
create constraint trigger memberships_ended after update on membership
  deferrable initially deferred for each row execute function worker_is_free_no_more();
create constraint trigger accounts_closed after update on worker
  deferrable initially deferred for each row when (old.disabled_at is distinct from new.disabled_at)
  execute function worker_is_free_no_more();
revoke all on availability from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table availability enable row level security, force row level security;
grant select on availability to cosmos_app;
grant insert (
  id, worker_id, district_id, modes, place, starts_on, ends_on, opens_at, closes_at, recurrence
) on availability to cosmos_app;
grant update (ends_on, version) on availability to cosmos_app;
grant select on availability to cosmos_keeper;
revoke all on availability_type from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table availability_type enable row level security, force row level security;
grant select, insert on availability_type to cosmos_app;
grant select on availability_type to cosmos_keeper;
revoke all on availability_occurrence from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table availability_occurrence enable row level security, force row level security;
grant select on availability_occurrence to cosmos_app;
grant insert (id, availability_id, starts_at, ends_at) on availability_occurrence to cosmos_app;
grant update (closed) on availability_occurrence to cosmos_app;
grant select on availability_occurrence to cosmos_keeper;
grant update (closed) on availability_occurrence to cosmos_keeper;
revoke all on unavailability from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table unavailability enable row level security, force row level security;
grant select, delete on unavailability to cosmos_app;
grant insert (id, worker_id, district_id, starts_at, ends_at, outside_calendar_id) on unavailability to cosmos_app;
grant update (ends_at, version) on unavailability to cosmos_app;
grant select on unavailability to cosmos_keeper;
revoke all on outside_calendar from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table outside_calendar enable row level security, force row level security;
grant select on outside_calendar to cosmos_app;
grant insert (id, worker_id, district_id, name, imported_at, reaches_until) on outside_calendar to cosmos_app;
grant update (imported_at, reaches_until, removed_at) on outside_calendar to cosmos_app;
revoke all on free_time from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table free_time enable row level security, force row level security;
grant select on free_time to cosmos_app;
grant select, insert, delete on free_time to cosmos_keeper;
revoke all on appointment_type from public, cosmos_app, cosmos_jobs, cosmos_keeper;
grant select on appointment_type to cosmos_app;
grant select on appointment_type to cosmos_jobs;
grant select on appointment_type to cosmos_keeper;
revoke all on appointment from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table appointment enable row level security, force row level security;
grant select on appointment to cosmos_app;
grant insert (
  id, district_id, case_id, type_code, mode, subject, starts_at, ends_at, asked_by, expected_back_at, place, places,
  booked_at_desk
) on appointment to cosmos_app;
grant update (
  type_code, mode, subject, status, starts_at, ends_at, version, back_at, cancellation_reason, expected_back_at, place,
  places_unnamed
) on appointment to cosmos_app;
grant select on appointment to cosmos_keeper;
grant insert (id, district_id, case_id, type_code, mode, starts_at, ends_at, asked_by, place) on appointment to cosmos_keeper;
grant update (
  mode, status, starts_at, ends_at, version, case_worker_id, worker_ids, online_person_ids, back_at, expected_back_at,
  place, places_named, place_by_id
) on appointment to cosmos_keeper;
revoke all on appointment_worker from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table appointment_worker enable row level security, force row level security;
grant select, insert, delete on appointment_worker to cosmos_app;
grant select, insert, delete on appointment_worker to cosmos_keeper;
revoke all on appointment_person from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table appointment_person enable row level security, force row level security;
grant select, delete on appointment_person to cosmos_app;
grant insert (appointment_id, person_id) on appointment_person to cosmos_app;
grant update (outcome, version) on appointment_person to cosmos_app;
grant select on appointment_person to cosmos_keeper;
grant insert (appointment_id, person_id, show_online) on appointment_person to cosmos_keeper;
grant update (
  case_worker_id, district_id, known_until, worker_ids, contact_from, contact_until, contact_worker_ids, contact_said
) on appointment_person to cosmos_keeper;
revoke all on appointment_notice from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table appointment_notice enable row level security, force row level security;
grant select on appointment_notice to cosmos_app;
grant insert (appointment_id, person_id, district_id, kind, previous_starts_at) on appointment_notice to cosmos_app;
grant update (kind, done_at, outcome, version) on appointment_notice to cosmos_app;
grant select, delete on appointment_notice to cosmos_keeper;
grant insert (
  appointment_id, person_id, district_id, kind, previous_starts_at, reminds_of
) on appointment_notice to cosmos_keeper;
grant update (kind, created_at, done_at, outcome, version, sending) on appointment_notice to cosmos_keeper;
revoke all on online_booking from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table online_booking enable row level security, force row level security;
grant select, insert on online_booking to cosmos_keeper;
revoke all on appointment_participant from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table appointment_participant enable row level security, force row level security;
grant select, insert, delete on appointment_participant to cosmos_app;
grant select, insert on appointment_participant to cosmos_keeper;
grant update (starts_at, ends_at) on appointment_participant to cosmos_keeper;
revoke all on occupancy from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table occupancy enable row level security, force row level security;
grant delete on occupancy to cosmos_app;
grant select (id, worker_id, district_id, appointment_id, starts_at, ends_at) on occupancy to cosmos_app;
grant insert (id, worker_id, district_id, appointment_id, starts_at, ends_at) on occupancy to cosmos_app;
grant select, insert, delete on occupancy to cosmos_keeper;
grant update (appointment_id, expires_at, offer_id) on occupancy to cosmos_keeper;
revoke all on home_word from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table home_word enable row level security, force row level security;
grant select, insert, delete on home_word to cosmos_keeper;
revoke all on calendar_feed from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table calendar_feed enable row level security, force row level security;
grant select on calendar_feed to cosmos_app;
grant insert (id, worker_id, person_id, client_id, label, secret_hash) on calendar_feed to cosmos_app;
grant update (revoked_at) on calendar_feed to cosmos_app;
grant select on calendar_feed to cosmos_keeper;
revoke all on "case" from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table "case" enable row level security, force row level security;
grant select on "case" to cosmos_app;
grant insert (id, reference, district_id, mission, opened_at) on "case" to cosmos_app;
grant update (status, closed_at, version) on "case" to cosmos_app;
grant select on "case" to cosmos_keeper;
grant update (assigned_worker_id, online_person_ids, version, opener_id) on "case" to cosmos_keeper;
revoke all on case_person from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table case_person enable row level security, force row level security;
grant select on case_person to cosmos_app;
grant insert (case_id, person_id) on case_person to cosmos_app;
grant select on case_person to cosmos_keeper;
grant update (district_id, assigned_worker_id, opener_id) on case_person to cosmos_keeper;
revoke all on assignment from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table assignment enable row level security, force row level security;
grant select on assignment to cosmos_app;
grant insert (id, case_id, worker_id) on assignment to cosmos_app;
grant update (ends_at) on assignment to cosmos_app;
grant select on assignment to cosmos_keeper;
grant insert (case_id, worker_id, assigned_by_id) on assignment to cosmos_keeper;
grant update (ends_at) on assignment to cosmos_keeper;
revoke all on planned_reassignment from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table planned_reassignment enable row level security, force row level security;
grant select on planned_reassignment to cosmos_app;
grant insert (id, case_id, to_worker_id, takes_effect_at) on planned_reassignment to cosmos_app;
grant update (outcome, ended_at, version) on planned_reassignment to cosmos_app;
grant select on planned_reassignment to cosmos_keeper;
grant update (outcome, ended_at, version) on planned_reassignment to cosmos_keeper;
revoke all on absence from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table absence enable row level security, force row level security;
grant select on absence to cosmos_app;
grant insert (id, worker_id, district_id, starts_at, ends_at) on absence to cosmos_app;
grant update (ends_at, version, contradicted_at) on absence to cosmos_app;
grant select on absence to cosmos_keeper;
grant update (version) on absence to cosmos_keeper;
revoke all on relay from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table relay enable row level security, force row level security;
grant select, insert on relay to cosmos_app;
grant update (ends_at, version) on relay to cosmos_app;
grant select on relay to cosmos_keeper;
grant update (ends_at, version) on relay to cosmos_keeper;
revoke all on need_code from public, cosmos_app, cosmos_jobs, cosmos_keeper;
grant select on need_code to cosmos_app;
grant select on need_code to cosmos_jobs;
grant select on need_code to cosmos_keeper;
revoke all on need from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table need enable row level security, force row level security;
grant select on need to cosmos_app;
grant insert (id, case_id, person_id, code, starts_on, ends_on) on need to cosmos_app;
grant update (code, starts_on, ends_on, version) on need to cosmos_app;
grant select on need to cosmos_keeper;
grant update (district_id, assigned_worker_id, opener_id) on need to cosmos_keeper;
revoke all on privacy_notice from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table privacy_notice enable row level security, force row level security;
grant select, insert on privacy_notice to cosmos_app;
revoke all on who_reads_what from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table who_reads_what enable row level security, force row level security;
grant select, insert, update on who_reads_what to cosmos_keeper;
revoke all on notice_deferral from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table notice_deferral enable row level security, force row level security;
grant select on notice_deferral to cosmos_app;
grant insert (id, case_id, person_id, ground, review_on, deferred_by_id) on notice_deferral to cosmos_app;
grant select, insert on notice_deferral to cosmos_keeper;
revoke all on privacy_notice_draft from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table privacy_notice_draft enable row level security, force row level security;
grant select on privacy_notice_draft to cosmos_app;
grant insert (
  id, kind, text_fr, text_en, who_reads_fr, who_reads_en, drafted_by_id, drafted_at
) on privacy_notice_draft to cosmos_app;
grant update (
  text_fr, text_en, who_reads_fr, who_reads_en, drafted_by_id, drafted_at, opinion, opinion_text, opinion_on,
  opinion_by_id, version
) on privacy_notice_draft to cosmos_app;
revoke all on notice_receipt from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table notice_receipt enable row level security, force row level security;
grant select, insert on notice_receipt to cosmos_app;
revoke all on access_log from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table access_log enable row level security, force row level security;
grant select, insert on access_log to cosmos_keeper;
revoke all on sequence access_log_id_seq from public, cosmos_app, cosmos_jobs, cosmos_keeper;
grant usage on sequence access_log_id_seq to cosmos_keeper;
revoke all on district from public, cosmos_app, cosmos_jobs, cosmos_keeper;
grant select on district to cosmos_app;
grant select on district to cosmos_jobs;
grant select on district to cosmos_keeper;
revoke all on commune from public, cosmos_app, cosmos_jobs, cosmos_keeper;
grant select on commune to cosmos_app;
grant select on commune to cosmos_jobs;
grant select on commune to cosmos_keeper;
revoke all on opening_hours from public, cosmos_app, cosmos_jobs, cosmos_keeper;
grant select on opening_hours to cosmos_app;
grant select on opening_hours to cosmos_jobs;
grant select on opening_hours to cosmos_keeper;
revoke all on public_holiday from public, cosmos_app, cosmos_jobs, cosmos_keeper;
grant select on public_holiday to cosmos_app;
grant select on public_holiday to cosmos_jobs;
grant select on public_holiday to cosmos_keeper;
revoke all on worker from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table worker enable row level security, force row level security;
grant select (id, given_name, family_name, disabled_at, version) on worker to cosmos_app;
grant update (disabled_at, version) on worker to cosmos_app;
grant select on worker to cosmos_keeper;
revoke all on membership from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table membership enable row level security, force row level security;
grant select on membership to cosmos_app;
grant update (ends_at, version, ended_by_id, end_confirmed_by_id, end_confirmed_at) on membership to cosmos_app;
grant select on membership to cosmos_keeper;
revoke all on client from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table client enable row level security, force row level security;
grant select on client to cosmos_app;
grant update (scopes, disabled_at, version) on client to cosmos_app;
grant select on client to cosmos_keeper;
revoke all on interview_note from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table interview_note enable row level security, force row level security;
grant select on interview_note to cosmos_app;
grant insert (id, case_id, author_id, status, body, kept_back) on interview_note to cosmos_app;
grant update (status, body, amended_at, version, kept_back) on interview_note to cosmos_app;
grant select on interview_note to cosmos_keeper;
grant update (reader_id, readable_until) on interview_note to cosmos_keeper;
revoke all on case_key from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table case_key enable row level security, force row level security;
grant select, insert on case_key to cosmos_app;
grant select on case_key to cosmos_jobs;
grant update (master_key_id, wrapped) on case_key to cosmos_jobs;
revoke all on handover from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table handover enable row level security, force row level security;
grant select on handover to cosmos_app;
grant insert (id, case_id, from_worker_id, to_worker_id) on handover to cosmos_app;
grant update (accepted_at, withdrawn_at) on handover to cosmos_app;
grant select, insert on handover to cosmos_keeper;
grant update (withdrawn_at) on handover to cosmos_keeper;
revoke all on handover_task from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table handover_task enable row level security, force row level security;
grant select on handover_task to cosmos_app;
grant update (answer, since, closed_at, reason) on handover_task to cosmos_app;
grant select, insert on handover_task to cosmos_keeper;
grant update (closed_at) on handover_task to cosmos_keeper;
revoke all on handover_note from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table handover_note enable row level security, force row level security;
grant select on handover_note to cosmos_app;
grant insert (handover_id, note_id) on handover_note to cosmos_app;
grant select, insert on handover_note to cosmos_keeper;
revoke all on notification from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table notification enable row level security, force row level security;
grant select on notification to cosmos_app;
grant select, insert on notification to cosmos_keeper;
grant update (created_at) on notification to cosmos_keeper;
revoke all on idempotency_key from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table idempotency_key enable row level security, force row level security;
grant select, insert, update, delete on idempotency_key to cosmos_app;
revoke all on organisation from public, cosmos_app, cosmos_jobs, cosmos_keeper;
grant select on organisation to cosmos_app;
grant select on organisation to cosmos_jobs;
revoke all on organisation_theme from public, cosmos_app, cosmos_jobs, cosmos_keeper;
grant select on organisation_theme to cosmos_app;
grant select on organisation_theme to cosmos_jobs;
revoke all on sector from public, cosmos_app, cosmos_jobs, cosmos_keeper;
grant select on sector to cosmos_app;
grant select on sector to cosmos_jobs;
grant select on sector to cosmos_keeper;
revoke all on referral from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table referral enable row level security, force row level security;
grant select on referral to cosmos_app;
grant insert (
  id, case_id, to_district_id, to_worker_id, to_organisation_id, sent_by_id, answer_by, online_person_id
) on referral to cosmos_app;
grant update (to_worker_id, status, refusal, closed_at, online_person_id, version) on referral to cosmos_app;
grant select on referral to cosmos_keeper;
grant update (district_id, assigned_worker_id) on referral to cosmos_keeper;
revoke all on referral_content from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table referral_content enable row level security, force row level security;
grant select on referral_content to cosmos_app;
grant insert (referral_id, body, need_codes) on referral_content to cosmos_app;
revoke all on referral_person from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table referral_person enable row level security, force row level security;
grant select (
  id, referral_id, case_id, person_id, district_id, assigned_worker_id, to_district_id, to_worker_id, status, online
) on referral_person to cosmos_app;
grant insert (referral_id, case_id, person_id) on referral_person to cosmos_app;
grant select on referral_person to cosmos_keeper;
grant update (district_id, assigned_worker_id, to_worker_id, status, online, opened_case_id) on referral_person to cosmos_keeper;
revoke all on incoming_request from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table incoming_request enable row level security, force row level security;
grant select on incoming_request to cosmos_app;
grant insert (
  id, district_id, partner, mandated, person_id, name, received_on, answer_by, inform_by, child_protection
) on incoming_request to cosmos_app;
grant update (
  inform_by, informed_at, status, worker_id, closed_at, version, child_protection, deferral_ground, review_by
) on incoming_request to cosmos_app;
grant select on incoming_request to cosmos_keeper;
revoke all on incoming_request_content from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table incoming_request_content enable row level security, force row level security;
grant select on incoming_request_content to cosmos_app;
grant insert (request_id, body) on incoming_request_content to cosmos_app;
revoke all on person from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table person enable row level security, force row level security;
grant select on person to cosmos_app;
grant insert (
  id, district_id, reference, given_name, family_name, chosen_name, birth_date, phone, safe_contact, email,
  communication_needs, language
) on person to cosmos_app;
grant update (
  given_name, family_name, chosen_name, birth_date, phone, safe_contact, version, provisional, email,
  statistics_objection_on
) on person to cosmos_app;
grant select on person to cosmos_keeper;
grant insert (district_id, reference, chosen_name, provisional) on person to cosmos_keeper;
grant update (
  phone, safe_contact, version, email, confirm_nothing, contact_suspended_at, communication_needs, language,
  confirm_nothing_case_id, contact_suspended_case_id
) on person to cosmos_keeper;
revoke all on person_address from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table person_address enable row level security, force row level security;
grant select, delete on person_address to cosmos_app;
grant insert (person_id, line, postal_code, city, confidential, version, case_id) on person_address to cosmos_app;
grant update (line, postal_code, city, version) on person_address to cosmos_app;
grant select, delete on person_address to cosmos_keeper;
grant update (confidential, assigned_worker_id, case_id, district_id) on person_address to cosmos_keeper;
revoke all on safe_address from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table safe_address enable row level security, force row level security;
grant select, delete on safe_address to cosmos_app;
grant insert (case_id, person_id, line, postal_code, city, version) on safe_address to cosmos_app;
grant update (line, postal_code, city, version) on safe_address to cosmos_app;
grant select on safe_address to cosmos_keeper;
grant update (district_id, assigned_worker_id) on safe_address to cosmos_keeper;
revoke all on withheld_place from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table withheld_place enable row level security, force row level security;
grant select on withheld_place to cosmos_app;
grant select, insert, update, delete on withheld_place to cosmos_keeper;
revoke all on person_account from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table person_account enable row level security, force row level security;
grant select on person_account to cosmos_keeper;
revoke all on contact_proposal from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table contact_proposal enable row level security, force row level security;
grant select on contact_proposal to cosmos_app;
grant select, insert, update, delete on contact_proposal to cosmos_keeper;
revoke all on agreed_word from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table agreed_word enable row level security, force row level security;
grant select, insert, update, delete on agreed_word to cosmos_keeper;
revoke all on look_up_turn from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table look_up_turn enable row level security, force row level security;
grant select, insert, update on look_up_turn to cosmos_keeper;
revoke all on person_known from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table person_known enable row level security, force row level security;
grant select on person_known to cosmos_app;
grant select, insert, update, delete on person_known to cosmos_keeper;
revoke all on visit from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table visit enable row level security, force row level security;
grant select on visit to cosmos_app;
grant insert (id, district_id, kind, person_id, appointment_id, worker_id) on visit to cosmos_app;
grant update (worker_id, taken_in_at, closed_at, outcome, version) on visit to cosmos_app;
grant select on visit to cosmos_keeper;
grant update (person_id) on visit to cosmos_keeper;
revoke all on message from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table message enable row level security, force row level security;
grant select on message to cosmos_app;
grant insert (id, district_id, worker_id, person_id, name, phone, call_from, call_until) on message to cosmos_app;
grant update (done_at, version) on message to cosmos_app;
grant insert (district_id, worker_id, person_id, from_worker_id, text) on message to cosmos_keeper;
revoke all on encounter from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table encounter enable row level security, force row level security;
grant select, delete on encounter to cosmos_app;
grant insert (id, district_id, held_by_id, person_id, visit_id, appointment_id, body) on encounter to cosmos_app;
grant update (body, case_id, version) on encounter to cosmos_app;
grant select, delete on encounter to cosmos_keeper;
grant update (reader_id) on encounter to cosmos_keeper;
revoke all on encounter_key from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table encounter_key enable row level security, force row level security;
grant select, insert on encounter_key to cosmos_app;
grant select on encounter_key to cosmos_jobs;
grant update (master_key_id, wrapped) on encounter_key to cosmos_jobs;
revoke all on release from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table release enable row level security, force row level security;
grant select on release to cosmos_app;
grant insert (id, case_id, requested_by_id, ground, asked_until) on release to cosmos_app;
grant update (approved_by_id, approved_at, refused_by_id, refused_at, person_told_at) on release to cosmos_app;
grant select on release to cosmos_keeper;
grant update (lapsed_at, objected_at) on release to cosmos_keeper;
revoke all on release_answer from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table release_answer enable row level security, force row level security;
grant select on release_answer to cosmos_app;
grant update (answer, reason, since, answered_at) on release_answer to cosmos_app;
grant select, insert on release_answer to cosmos_keeper;
revoke all on danger_statement from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table danger_statement enable row level security, force row level security;
grant select, insert on danger_statement to cosmos_app;
grant select on danger_statement to cosmos_keeper;
revoke all on release_review from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table release_review enable row level security, force row level security;
grant select on release_review to cosmos_app;
grant insert (release_id, as_role, reviewed_by_id, opinion) on release_review to cosmos_app;
grant select on release_review to cosmos_keeper;
revoke all on release_note from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table release_note enable row level security, force row level security;
grant select, insert on release_note to cosmos_keeper;
grant update (closed_at) on release_note to cosmos_keeper;
revoke all on dispatch from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table dispatch enable row level security, force row level security;
grant select, insert, update on dispatch to cosmos_keeper;
revoke all on waiting_day from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table waiting_day enable row level security, force row level security;
grant select on waiting_day to cosmos_app;
grant select, insert on waiting_day to cosmos_keeper;
revoke all on indicator from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table indicator enable row level security, force row level security;
grant select on indicator to cosmos_app;
grant insert (
  id, code, version, label_fr, label_en, definition_fr, counts_fr, does_not_count_fr, measure, unit, kind, dimensions,
  proposed_in_id, proposed_on
) on indicator to cosmos_app;
grant update (
  status, consulted_from, consulted_until, adopted_on, retired_on, refusal, refusal_text, place
) on indicator to cosmos_app;
grant select, update on indicator to cosmos_keeper;
revoke all on indicator_decision from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table indicator_decision enable row level security, force row level security;
grant select on indicator_decision to cosmos_app;
grant insert (id, indicator_id, kind, refusal, reason, worker_id, said_on) on indicator_decision to cosmos_app;
grant select on indicator_decision to cosmos_keeper;
revoke all on erratum from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table erratum enable row level security, force row level security;
grant select on erratum to cosmos_app;
grant insert (
  id, period, indicator_code, district_id, text_fr, text_en, recalls, proposed_by_id, proposed_on
) on erratum to cosmos_app;
grant update (signed_by_id, published_on, withdrawn_on) on erratum to cosmos_app;
grant select on erratum to cosmos_keeper;
revoke all on indicator_speaker from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table indicator_speaker enable row level security, force row level security;
grant select on indicator_speaker to cosmos_app;
grant insert (id, indicator_id, district_id, worker_id, is_named) on indicator_speaker to cosmos_app;
grant update (is_named) on indicator_speaker to cosmos_app;
revoke all on indicator_voice from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table indicator_voice enable row level security, force row level security;
grant select, insert on indicator_voice to cosmos_app;
grant select on indicator_voice to cosmos_keeper;
revoke all on indicator_observation from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table indicator_observation enable row level security, force row level security;
grant select on indicator_observation to cosmos_app;
grant insert (id, code, district_id, year, body, stated_on) on indicator_observation to cosmos_app;
revoke all on snapshot from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table snapshot enable row level security, force row level security;
grant select on snapshot to cosmos_app;
grant select, insert on snapshot to cosmos_keeper;
revoke all on snapshot_dimension from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table snapshot_dimension enable row level security, force row level security;
grant select on snapshot_dimension to cosmos_app;
grant select, insert on snapshot_dimension to cosmos_keeper;
revoke all on snapshot_table from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table snapshot_table enable row level security, force row level security;
grant select on snapshot_table to cosmos_app;
grant select, insert on snapshot_table to cosmos_keeper;
revoke all on activity_report from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table activity_report enable row level security, force row level security;
grant select on activity_report to cosmos_app;
grant insert (id, district_id, year) on activity_report to cosmos_app;
grant update (
  social_workers, receptionists, published_on, version, published_by_id, population, days_open
) on activity_report to cosmos_app;
grant select, update on activity_report to cosmos_keeper;
revoke all on activity_report_text from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table activity_report_text enable row level security, force row level security;
grant select, insert on activity_report_text to cosmos_app;
grant select on activity_report_text to cosmos_keeper;
revoke all on activity_report_signature from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table activity_report_signature enable row level security, force row level security;
grant select on activity_report_signature to cosmos_app;
grant insert (report_id, text_version, worker_id, district_id, signed_on) on activity_report_signature to cosmos_app;
grant select on activity_report_signature to cosmos_keeper;
revoke all on activity_report_table from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table activity_report_table enable row level security, force row level security;
grant select, insert on activity_report_table to cosmos_app;
grant select on activity_report_table to cosmos_keeper;
revoke all on appointment_request from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table appointment_request enable row level security, force row level security;
grant select on appointment_request to cosmos_app;
grant insert (
  id, district_id, person_id, case_id, type_code, mode, urgency, asked_by, wanted_from, wanted_until, case_worker_only,
  duty_worker_only, duty_worker_id, appointment_id, show_online, reference, called_name, contact, phone
) on appointment_request to cosmos_app;
grant update (
  person_id, mode, urgency, status, closed_at, wanted_from, wanted_until, present_until, duty_worker_id, show_online,
  version, called_name, contact, phone
) on appointment_request to cosmos_app;
grant select, update on appointment_request to cosmos_keeper;
revoke all on slot_offer from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table slot_offer enable row level security, force row level security;
grant select on slot_offer to cosmos_app;
grant update (told_at) on slot_offer to cosmos_app;
grant select, insert, update, delete on slot_offer to cosmos_keeper;
revoke all on offer_skip from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table offer_skip enable row level security, force row level security;
grant select on offer_skip to cosmos_app;
grant select, insert on offer_skip to cosmos_keeper;
revoke all on offer_wake from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table offer_wake enable row level security, force row level security;
grant select, insert, delete on offer_wake to cosmos_keeper;
create policy availability_read on availability for select to cosmos_app using (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy availability_open on availability for insert to cosmos_app with check (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (district_id = any ((select viewer_districts('receptionist'))::uuid[])
    and exists (select from membership m where m.worker_id = availability.worker_id
      and m.district_id = availability.district_id and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))));
create policy availability_change on availability for update to cosmos_app using (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[]));
create policy availability_type_read on availability_type for select to cosmos_app
  using (exists (select from availability v where v.id = availability_id));
create policy availability_type_open on availability_type for insert to cosmos_app with check (
  exists (select from availability v where v.id = availability_id and (
    (v.worker_id = (select viewer_worker()) and v.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or v.district_id = any ((select viewer_districts('receptionist'))::uuid[]))));
create policy availability_occurrence_read on availability_occurrence for select to cosmos_app using (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy availability_occurrence_open on availability_occurrence for insert to cosmos_app with check (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[]));
create policy availability_occurrence_close on availability_occurrence for update to cosmos_app using (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[]));
create policy unavailability_read on unavailability for select to cosmos_app using (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy unavailability_declare on unavailability for insert to cosmos_app with check (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (district_id = any ((select viewer_districts('receptionist'))::uuid[])
    and exists (select from membership m where m.worker_id = unavailability.worker_id
      and m.district_id = unavailability.district_id and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))));
create policy unavailability_end on unavailability for update to cosmos_app using (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[]));
create policy unavailability_outside_read on unavailability as restrictive for select to cosmos_app using (
  outside_calendar_id is null or worker_id = (select viewer_worker()));
create policy unavailability_outside_import on unavailability as restrictive for insert to cosmos_app with check (
  outside_calendar_id is null or exists (select from outside_calendar c where c.id = outside_calendar_id
    and c.worker_id = unavailability.worker_id and c.district_id = unavailability.district_id and c.removed_at is null));
create policy unavailability_outside_stays on unavailability as restrictive for update to cosmos_app using (
  outside_calendar_id is null);
create policy unavailability_outside_replace on unavailability for delete to cosmos_app using (
  outside_calendar_id is not null and worker_id = (select viewer_worker()));
create policy outside_calendar_own on outside_calendar for select to cosmos_app using (worker_id = (select viewer_worker()));
create policy outside_calendar_import on outside_calendar for insert to cosmos_app with check (
  worker_id = (select viewer_worker()) and (district_id = any ((select viewer_districts('social_worker'))::uuid[])
    or district_id = any ((select viewer_districts('receptionist'))::uuid[])));
create policy outside_calendar_replace on outside_calendar for update to cosmos_app using (worker_id = (select viewer_worker()));
create policy free_time_read on free_time for select to cosmos_app
  using (district_id = any ((select viewer_districts('any'))::uuid[]));
create policy appointment_book on appointment for insert to cosmos_app with check (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy appointment_change on appointment for update to cosmos_app using (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or ((select viewer_worker()) = any (worker_ids) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy appointment_read on appointment for select to cosmos_app using (
  (district_id = any ((select viewer_districts('receptionist'))::uuid[]) and starts_at >= desk_reaches_back_to())
  or ((select viewer_worker()) = any (worker_ids) and district_id = any ((select viewer_districts('any'))::uuid[]))
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (select viewer_person()) = any (online_person_ids));
create policy appointment_booked_at_desk on appointment as restrictive for insert to cosmos_app with check (
  not booked_at_desk
  or (case_id is null and subject is null and district_id = any ((select viewer_districts('receptionist'))::uuid[])));
create policy appointment_worker_read on appointment_worker for select to cosmos_app
  using (exists (select from appointment a where a.id = appointment_id));
create policy appointment_worker_add on appointment_worker for insert to cosmos_app with check (may_staff(appointment_id));
create policy appointment_worker_pass_on on appointment_worker for delete to cosmos_app using (
  exists (select from appointment a where a.id = appointment_id
    and a.district_id = any ((select viewer_districts('receptionist'))::uuid[])));
create policy appointment_person_add on appointment_person for insert to cosmos_app with check (
  exists (select from appointment a where a.id = appointment_id) and may_book_person(person_id));
create policy appointment_person_read on appointment_person for select to cosmos_app using (
  (person_id = (select viewer_person()) and show_online)
  or district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or ((select viewer_worker()) = any (worker_ids) and known_until > now()
    and district_id = any ((select viewer_districts('any'))::uuid[])));
create policy appointment_person_leave on appointment_person for delete to cosmos_app using (
  may_staff(appointment_id)
  and exists (select from appointment a where a.id = appointment_id and a.places is not null));
create policy appointment_person_came on appointment_person for update to cosmos_app using (
  may_staff(appointment_id)
  and exists (select from appointment a where a.id = appointment_id and a.places is not null));
create policy appointment_notice_read on appointment_notice for select to cosmos_app using (
  (select viewer_worker()) is not null and exists (select from appointment a where a.id = appointment_id));
create policy appointment_notice_write on appointment_notice for insert to cosmos_app with check (
  exists (select from appointment a where a.id = appointment_id and a.district_id = appointment_notice.district_id)
  and exists (select from appointment_person ap where ap.appointment_id = appointment_notice.appointment_id
    and ap.person_id = appointment_notice.person_id)
  and may_staff(appointment_id));
create policy appointment_notice_give on appointment_notice for update to cosmos_app using (
  (select viewer_worker()) is not null and exists (select from appointment a where a.id = appointment_id));
create policy appointment_participant_read on appointment_participant for select to cosmos_app using (
  (select viewer_worker()) is not null and exists (select from appointment a where a.id = appointment_id));
create policy appointment_participant_invite on appointment_participant for insert to cosmos_app
  with check (may_staff(appointment_id));
create policy appointment_participant_excuse on appointment_participant for delete to cosmos_app
  using (may_staff(appointment_id));
create policy occupancy_read on occupancy for select to cosmos_app
  using (worker_id = (select viewer_worker()) or district_id = any ((select viewer_districts('any'))::uuid[]));
create policy occupancy_take on occupancy for insert to cosmos_app with check (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy occupancy_free on occupancy for delete to cosmos_app using (
  exists (select from appointment a where a.id = appointment_id and (
    a.district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or ((select viewer_worker()) = any (a.worker_ids) and a.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (a.case_worker_id = (select viewer_worker()) and a.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (a.case_worker_id || ':' || a.district_id) = any ((select viewer_relays())::text[]))));
create policy calendar_feed_own on calendar_feed for all to cosmos_app
  using (worker_id = (select viewer_worker()) or person_id = (select viewer_person()));
create policy case_read on "case" for select to cosmos_app using (
  district_id = any ((select viewer_districts('any'))::uuid[])
  or (select viewer_person()) = any (online_person_ids));
create policy case_open on "case" for insert to cosmos_app with check (
  district_id = any ((select viewer_districts('social_worker'))::uuid[])
  or district_id = any ((select viewer_districts('district_head'))::uuid[]));
create policy case_change on "case" for update to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('district_head'))::uuid[]));
create policy case_in_release on "case" for select to cosmos_app
  using ((select viewer_has_role('TECHNICAL_ADVISER')) and is_in_release(id));
create policy case_person_add on case_person for insert to cosmos_app with check (
  assigned_worker_id is null
  and (district_id = any ((select viewer_districts('social_worker'))::uuid[])
    or district_id = any ((select viewer_districts('district_head'))::uuid[]))
  and (person_id in (select persons_within_look_up(array[person_id]))
    or person_id in (select accepted_persons(district_id, array[person_id]))));
create policy case_person_read on case_person for select to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('district_head'))::uuid[])
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (opener_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (person_id = (select viewer_person()) and show_online)
  -- A receptionist of the district. The API asks only for a person that the receptionist has found by look-up.
  or district_id = any ((select viewer_districts('receptionist'))::uuid[]));
create policy assignment_read on assignment for select to cosmos_app
  using (exists (select from "case" c where c.id = case_id
    and c.district_id = any ((select viewer_districts('any'))::uuid[])));
create policy assignment_open on assignment for insert to cosmos_app
  with check (worker_id <> (select viewer_worker()) and exists (select from "case" c where c.id = case_id
    and c.district_id = any ((select viewer_districts('district_head'))::uuid[])));
create policy assignment_end on assignment for update to cosmos_app
  using (exists (select from "case" c where c.id = case_id
    and c.district_id = any ((select viewer_districts('district_head'))::uuid[])));
create policy planned_reassignment_read on planned_reassignment for select to cosmos_app using (
  district_id = any ((select viewer_districts('district_head'))::uuid[])
  or (select viewer_worker()) in (from_worker_id, to_worker_id)
    and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy planned_reassignment_plan on planned_reassignment for insert to cosmos_app with check (
  planned_by_id = (select viewer_worker()) and (select viewer_has_scope('cases:write'))
  and district_id = any ((select viewer_districts('district_head'))::uuid[]));
create policy planned_reassignment_withdraw on planned_reassignment for update to cosmos_app
  using (outcome is null and (select viewer_has_scope('cases:write'))
    and district_id = any ((select viewer_districts('district_head'))::uuid[]))
  with check (outcome = 'WITHDRAWN');
create policy absence_declare on absence for insert to cosmos_app
  with check (district_id = any ((select viewer_districts('district_head'))::uuid[]));
create policy absence_read on absence for select to cosmos_app
  using (district_id = any ((select viewer_districts('district_head'))::uuid[]) or worker_id = (select viewer_worker()));
create policy absence_change on absence for update to cosmos_app
  using (district_id = any ((select viewer_districts('district_head'))::uuid[]) or worker_id = (select viewer_worker()))
  with check (true);
create policy relay_read on relay for select to cosmos_app
  using (district_id = any ((select viewer_districts('any'))::uuid[]));
create policy relay_open on relay for insert to cosmos_app
  with check (district_id = any ((select viewer_districts('district_head'))::uuid[]));
create policy relay_change on relay for update to cosmos_app
  using (district_id = any ((select viewer_districts('district_head'))::uuid[]));
create policy need_all on need for all to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (opener_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[])));
create policy privacy_notice_read on privacy_notice for select to cosmos_app using (true);
create policy privacy_notice_publish on privacy_notice for insert to cosmos_app with check (
  draft_id is not null and published_by_id = (select viewer_worker())
  and (select viewer_has_scope('directory:write')) and (select viewer_has_role('ADMINISTRATOR')));
create policy notice_deferral_read on notice_deferral for select to cosmos_app using (
  exists (select from "case" c where c.id = case_id
    and ((c.assigned_worker_id = (select viewer_worker()) and c.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
      or (c.assigned_worker_id || ':' || c.district_id) = any ((select viewer_relays())::text[]))));
create policy notice_deferral_say on notice_deferral for insert to cosmos_app with check (
  deferred_by_id = (select viewer_worker()) and (select viewer_has_scope('cases:write'))
  and exists (select from "case" c where c.id = case_id and c.assigned_worker_id = (select viewer_worker())
    and c.district_id = any ((select viewer_districts('social_worker'))::uuid[])));
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
create policy notice_receipt_read on notice_receipt for select to cosmos_app
  using (exists (select from person p where p.id = person_id));
create policy notice_receipt_state on notice_receipt for insert to cosmos_app
  with check (stated_by_id = (select viewer_worker())
    and (exists (select from person p where p.id = person_id) or receives_today(person_id)));
create policy worker_disable on worker for update to cosmos_app
  using ((select viewer_has_role('ADMINISTRATOR')) and (select viewer_has_scope('directory:write')));
create policy worker_read on worker for select to cosmos_app using (
  (select viewer_worker()) is not null
  or (select viewer_setting('client_reads_directory')) = 'yes'
  or id = any (array(select unnest(ap.worker_ids) from appointment_person ap
    where ap.person_id = (select viewer_person()) and ap.show_online))
  or id = any (array(select cp.assigned_worker_id from case_person cp
    where cp.person_id = (select viewer_person()) and cp.show_online)));
create policy membership_read on membership for select to cosmos_app using (
  worker_id = (select viewer_worker())
  or (select viewer_has_role('ADMINISTRATOR'))
  or district_id = any ((select viewer_districts('any'))::uuid[]));
create policy membership_end on membership for update to cosmos_app
  using ((select viewer_has_role('ADMINISTRATOR')) and (select viewer_has_scope('directory:write')));
create policy membership_team on membership for select to cosmos_app using (
  district_id is not null and starts_at <= now() and (ends_at is null or ends_at > now())
  and (select viewer_knows_every_team()));
create policy client_read on client for select to cosmos_app using ((select viewer_has_role('ADMINISTRATOR')));
create policy client_update on client for update to cosmos_app
  using ((select viewer_has_role('ADMINISTRATOR')) and (select viewer_has_scope('directory:write')));
create policy interview_note_write on interview_note for insert to cosmos_app with check (
  author_id = (select viewer_worker())
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy interview_note_amend on interview_note for update to cosmos_app using (
  author_id = (select viewer_worker())
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy interview_note_read on interview_note for select to cosmos_app using (
  reader_id = (select viewer_note_reader()) and (readable_until is null or readable_until > now())
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy case_key_use on case_key for all to cosmos_app using (
  (select viewer_note_reader()) is not null and exists (select from "case" c where c.id = case_id
    and c.assigned_worker_id = (select viewer_worker())
    and c.district_id = any ((select viewer_districts('social_worker'))::uuid[])));
create policy case_key_rotation on case_key for all to cosmos_jobs using (true);
create policy handover_read on handover for select to cosmos_app
  using (from_worker_id = (select viewer_worker()) or to_worker_id = (select viewer_worker()));
create policy handover_offer on handover for insert to cosmos_app with check (
  from_worker_id = (select viewer_worker()) and exists (select from "case" c where c.id = case_id
    and c.assigned_worker_id = (select viewer_worker())
    and c.district_id = any ((select viewer_districts('social_worker'))::uuid[])));
create policy handover_accept on handover for update to cosmos_app using (
  to_worker_id = (select viewer_worker()) and withdrawn_at is null and exists (select from "case" c where c.id = case_id
    and c.assigned_worker_id = (select viewer_worker())
    and c.district_id = any ((select viewer_districts('social_worker'))::uuid[])));
create policy handover_withdraw on handover for update to cosmos_app using (
  from_worker_id = (select viewer_worker()) and accepted_at is null and (select viewer_has_scope('notes:write')));
create policy handover_task_answer on handover_task for update to cosmos_app
  using (worker_id = (select viewer_worker()) and closed_at is null and (select viewer_has_scope('notes:write')))
  with check (worker_id = (select viewer_worker()) and answer is not null);
create policy handover_task_read on handover_task for select to cosmos_app using (
  worker_id = (select viewer_worker()) or (to_worker_id = (select viewer_worker()) and answer = 'NO'));
create policy handover_note_choose on handover_note for all to cosmos_app using (
  exists (select from handover h join interview_note n on n.case_id = h.case_id
    where h.id = handover_id and h.from_worker_id = (select viewer_worker()) and h.accepted_at is null
      and n.id = note_id and n.status = 'FINAL'));
create policy notification_own on notification for select to cosmos_app using (worker_id = (select viewer_worker()));
create policy idempotency_key_own on idempotency_key for all to cosmos_app using (actor = (select viewer_actor()));
create policy referral_read on referral for select to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (to_worker_id = (select viewer_worker()) and to_district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or to_district_id = any ((select viewer_districts('district_head'))::uuid[])
  or online_person_id = (select viewer_person()));
create policy referral_send on referral for insert to cosmos_app with check (
  sent_by_id = (select viewer_worker()) and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])));
create policy referral_go_on on referral for update to cosmos_app using ((select viewer_person()) is null) with check (true);
create policy referral_content_read on referral_content for select to cosmos_app using (exists (select from referral r
  where r.id = referral_id and (
    (r.assigned_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.assigned_worker_id || ':' || r.district_id) = any ((select viewer_relays())::text[])
    or (r.to_worker_id = (select viewer_worker()) and r.to_district_id = any ((select viewer_districts('social_worker'))::uuid[])))));
create policy referral_content_write on referral_content for insert to cosmos_app with check (exists (select from referral r
  where r.id = referral_id and r.sent_by_id = (select viewer_worker()) and (
    (r.assigned_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.assigned_worker_id || ':' || r.district_id) = any ((select viewer_relays())::text[]))));
create policy referral_person_read on referral_person for select to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (to_worker_id = (select viewer_worker()) and to_district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or to_district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (person_id = (select viewer_person()) and online));
create policy referral_person_add on referral_person for insert to cosmos_app with check (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy incoming_request_read on incoming_request for select to cosmos_app using (
  district_id = any ((select viewer_districts('district_head'))::uuid[])
  or (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[])));
create policy incoming_request_record on incoming_request for insert to cosmos_app with check (
  district_id = any ((select viewer_districts('any'))::uuid[]) and (person_id is null or may_book_person(person_id)));
create policy incoming_request_go_on on incoming_request for update to cosmos_app
  using ((select viewer_worker()) is not null) with check (true);
create policy incoming_request_content_read on incoming_request_content for select to cosmos_app using (
  exists (select from incoming_request r where r.id = request_id and (
    (r.worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.worker_id is null and r.closed_at is null and r.district_id = any ((select viewer_districts('district_head'))::uuid[])))));
create policy incoming_request_content_write on incoming_request_content for insert to cosmos_app
  with check (may_describe(request_id));
create policy person_register on person for insert to cosmos_app with check (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy person_read on person for select to cosmos_app using (
  id = (select viewer_person())
  -- A desk reads the persons of its district, and those whose contact was opened at an appointment in its district. It reads no sensitive
  -- file (a colleague, a neighbour), and no person with "confirm nothing".
  or (not sensitive_file and not confirm_nothing and (
    district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or exists (select from appointment_person ap where ap.person_id = person.id and ap.contact_said
      and ap.district_id = any ((select viewer_districts('receptionist'))::uuid[]))))
  or exists (select from case_person cp where cp.person_id = person.id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or cp.district_id = any ((select viewer_districts('district_head'))::uuid[])
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
  or exists (select from appointment_person ap where ap.person_id = person.id
    and (select viewer_worker()) = any (ap.contact_worker_ids) and ap.contact_from <= now() and ap.contact_until > now()
    and ap.district_id = any ((select viewer_districts('any'))::uuid[]))
  or exists (select from person_known k where k.person_id = person.id and k.worker_id = (select viewer_worker())
    and k.contact and k.known_until > now() and k.district_id = any ((select viewer_districts('any'))::uuid[])));
create policy person_change on person for update to cosmos_app using (
  (not sensitive_file and not confirm_nothing and (
    district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or exists (select from appointment_person ap where ap.person_id = person.id and ap.contact_said
      and ap.district_id = any ((select viewer_districts('receptionist'))::uuid[]))))
  or exists (select from case_person cp where cp.person_id = person.id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[]))));
create policy person_address_read on person_address for select to cosmos_app using (
  person_id = (select viewer_person())
  or (confidential and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])))
  or (not confidential and (
    exists (select from case_person cp where cp.person_id = person_address.person_id and (
      (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
    -- The desk, and workers who have an appointment with the person or have received them: the policies of the tables below decide. A head
    -- knows the name, to allocate, and no address.
    or exists (select from person p where p.id = person_id and (
      p.district_id = any ((select viewer_districts('receptionist'))::uuid[])
      or exists (select from appointment_person ap where ap.person_id = p.id)
      or exists (select from person_known k where k.person_id = p.id and k.known_until > now()))))));
create policy person_address_write on person_address for insert to cosmos_app with check (
  (confidential and exists (select from case_person cp where cp.case_id = person_address.case_id and cp.person_id = person_address.person_id)
    and ((assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
      or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])))
  or (not confidential and (select viewer_worker()) is not null and exists (select from person p where p.id = person_id)));
create policy person_address_change on person_address for update to cosmos_app using (
  (confidential and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])))
  or (not confidential and (select viewer_worker()) is not null and exists (select from person p where p.id = person_id)));
create policy person_address_replace on person_address for delete to cosmos_app using (
  (confidential and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])))
  or (not confidential and exists (select from case_person cp where cp.person_id = person_address.person_id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))));
create policy safe_address_read on safe_address for select to cosmos_app using (
  person_id = (select viewer_person())
  or (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy safe_address_write on safe_address for insert to cosmos_app with check (
  exists (select from case_person cp where cp.case_id = safe_address.case_id and cp.person_id = safe_address.person_id)
  and ((assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])));
create policy safe_address_change on safe_address for update to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy safe_address_clear on safe_address for delete to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy withheld_place_read on withheld_place for select to cosmos_app using (
  reader_keys && (select viewer_followings())
  or typed_by_id = (select viewer_worker())
  or (select viewer_person()) = any (person_ids)
  or ((select viewer_worker()) = any (worker_ids) and home_day = (now() at time zone 'Europe/Paris')::date));
create policy contact_proposal_read on contact_proposal for select to cosmos_app using (
  person_id = (select viewer_person()) or follows_person(person_id));
create policy person_known_read on person_known for select to cosmos_app using (
  worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[]));
create policy visit_read on visit for select to cosmos_app using (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or district_id = any ((select viewer_districts('district_head'))::uuid[])
  or (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[])));
create policy visit_record on visit for insert to cosmos_app with check (
  (district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[])))
  and (person_id is null or may_book_person(person_id))
  and (appointment_id is null or exists (select from appointment a where a.id = appointment_id and a.district_id = visit.district_id)));
create policy visit_go_on on visit for update to cosmos_app using (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[])))
  -- A worker who passes a person on to a colleague does not see the visit after that.
  with check (true);
create policy message_read on message for select to cosmos_app using (
  worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[]));
create policy message_send on message for insert to cosmos_app with check (
  (district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  and (person_id is null or may_book_person(person_id)));
create policy message_done on message for update to cosmos_app using (
  worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[]));
create policy encounter_read on encounter for select to cosmos_app using (
  reader_id = (select viewer_note_reader())
  and (case_id is not null or held_at > now() - interval '30 days')
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy encounter_write on encounter for update to cosmos_app using (
  case_id is null and held_by_id = (select viewer_worker()) and held_at > now() - interval '30 days'
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  with check (case_id is null or exists (select from "case" c where c.id = case_id and c.district_id = encounter.district_id));
create policy encounter_delete on encounter for delete to cosmos_app using (
  case_id is null and held_by_id = (select viewer_worker()) and held_at > now() - interval '30 days'
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy encounter_record on encounter for insert to cosmos_app with check (
  held_by_id = (select viewer_worker())
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[])
  and (person_id is null or may_book_person(person_id))
  and (visit_id is null or exists (select from visit v where v.id = visit_id
    and v.worker_id = (select viewer_worker()) and v.district_id = encounter.district_id))
  and (appointment_id is null or exists (select from appointment a where a.id = appointment_id
    and (select viewer_worker()) = any (a.worker_ids) and a.district_id = encounter.district_id
    -- If the worker follows the case of the appointment, they write a note of the case.
    and (a.case_worker_id = (select viewer_worker())
      or (a.case_worker_id || ':' || a.district_id) = any ((select viewer_relays())::text[])) is not true)));
create policy encounter_key_use on encounter_key for all to cosmos_app using (
  exists (select from encounter e where e.id = encounter_id));
create policy encounter_key_rotation on encounter_key for all to cosmos_jobs using (true);
create policy release_ask on release for insert to cosmos_app with check (
  requested_by_id = (select viewer_worker()) and (select viewer_has_scope('notes:write'))
  and exists (select from "case" c where c.id = case_id and c.assigned_worker_id = (select viewer_worker())
    and c.district_id = any ((select viewer_districts('social_worker'))::uuid[])));
create policy release_read on release for select to cosmos_app using (
  requested_by_id = (select viewer_worker()) or (select viewer_worker()) = any (holder_ids)
  or (select viewer_has_role('TECHNICAL_ADVISER'))
  or (ground = 'DANGER' and (select viewer_has_role('DATA_PROTECTION_OFFICER')) and (select viewer_has_scope('log:read'))));
create policy release_decide on release for update to cosmos_app
  using (viewer_decides(release)) with check (coalesce(approved_by_id, refused_by_id) = (select viewer_worker()));
create policy release_tell on release for update to cosmos_app
  using (requested_by_id = (select viewer_worker()) and objected_at is not null and lapsed_at is null
    and (select viewer_has_scope('notes:write')))
  with check (requested_by_id = (select viewer_worker()));
create policy release_answer_read on release_answer for select to cosmos_app using (
  worker_id = (select viewer_worker()) or (select viewer_has_role('TECHNICAL_ADVISER'))
  or exists (select from release r where r.id = release_id and r.requested_by_id = (select viewer_worker())));
create policy release_answer_say on release_answer for update to cosmos_app
  using (worker_id = (select viewer_worker()) and answer is null and (select viewer_has_scope('notes:write')))
  with check (worker_id = (select viewer_worker()));
create policy danger_statement_read on danger_statement for select to cosmos_app using (
  exists (select from release r where r.id = release_id and (r.requested_by_id = (select viewer_worker())
    or (select viewer_has_role('TECHNICAL_ADVISER')) or (select viewer_has_role('DATA_PROTECTION_OFFICER')))));
create policy danger_statement_state on danger_statement for insert to cosmos_app with check (
  exists (select from release r where r.id = release_id and r.ground = 'DANGER' and r.requested_by_id = (select viewer_worker())
    and r.approved_at is null and r.refused_at is null));
create policy release_review_read on release_review for select to cosmos_app using (
  (select viewer_has_role('TECHNICAL_ADVISER')) or (select viewer_has_role('DATA_PROTECTION_OFFICER')));
create policy release_review_write on release_review for insert to cosmos_app with check (
  reviewed_by_id = (select viewer_worker()) and (select viewer_has_role(as_role::text))
  and exists (select from release r where r.id = release_id and r.ground = 'DANGER' and r.approved_at is not null
    and r.approved_by_id <> (select viewer_worker())
    and (as_role = 'DATA_PROTECTION_OFFICER'
      or as_role = 'TECHNICAL_ADVISER' and coalesce(advises_elsewhere((select viewer_worker()), r.district_id), false))));
create policy waiting_day_read on waiting_day for select to cosmos_app using ((select viewer_reads_statistics()));
create policy indicator_read on indicator for select to cosmos_app using (true);
create policy indicator_propose on indicator for insert to cosmos_app with check (
  (select viewer_has_scope('statistics:write')) and status = 'PROPOSED' and (
    proposed_in_id = any ((select viewer_districts('social_worker'))::uuid[])
    or proposed_in_id = any ((select viewer_districts('district_head'))::uuid[])
    or (proposed_in_id is null and (select viewer_has_role('TECHNICAL_ADVISER')))));
create policy indicator_decide on indicator for update to cosmos_app using (
  (select viewer_has_scope('statistics:write')) and (select viewer_has_role('TECHNICAL_ADVISER')));
create policy indicator_decision_read on indicator_decision for select to cosmos_app using (true);
create policy indicator_decision_say on indicator_decision for insert to cosmos_app with check (
  worker_id = (select viewer_worker()) and (select viewer_has_scope('statistics:write')) and (select viewer_has_role('TECHNICAL_ADVISER'))
  and exists (select from indicator i where i.id = indicator_id
    and case indicator_decision.kind when 'REFUSE' then i.status in ('PROPOSED', 'CONSULTED') else i.status = 'ADOPTED' end));
create policy erratum_read on erratum for select to cosmos_app using (published_on is not null or (select viewer_reads_drafts()));
create policy erratum_propose on erratum for insert to cosmos_app with check (
  proposed_by_id = (select viewer_worker()) and (select viewer_has_scope('statistics:write')) and (select viewer_has_role('TECHNICAL_ADVISER')));
create policy erratum_sign on erratum for update to cosmos_app
  using (published_on is null and withdrawn_on is null and proposed_by_id <> (select viewer_worker())
    and erratum_lapses_on(proposed_on) > day_in_paris(now())
    and (select viewer_has_scope('statistics:write'))
    and (select viewer_has_role('TECHNICAL_ADVISER') or viewer_has_role('DATA_PROTECTION_OFFICER')))
  with check (withdrawn_on is null and signed_by_id = (select viewer_worker()));
create policy erratum_withdraw on erratum for update to cosmos_app
  using (published_on is null and withdrawn_on is null and proposed_by_id = (select viewer_worker())
    and (select viewer_has_scope('statistics:write')))
  with check (withdrawn_on is not null and proposed_by_id = (select viewer_worker()));
create policy indicator_speaker_read on indicator_speaker for select to cosmos_app using (
  is_named or worker_id = (select viewer_worker()) or ((select viewer_reads_statistics())
    and district_id = any ((select viewer_districts('social_worker'))::uuid[])));
create policy indicator_speaker_state on indicator_speaker for insert to cosmos_app with check (
  worker_id = (select viewer_worker()) and district_id = any ((select viewer_teams())::uuid[]));
create policy indicator_speaker_restate on indicator_speaker for update to cosmos_app using (
  worker_id = (select viewer_worker()) and district_id = any ((select viewer_teams())::uuid[]));
create policy indicator_voice_read on indicator_voice for select to cosmos_app using (true);
create policy indicator_voice_state on indicator_voice for insert to cosmos_app with check (
  district_id = any ((select viewer_teams())::uuid[])
  and exists (select from indicator_speaker s where s.id = speaker_id and s.worker_id = (select viewer_worker())));
create policy indicator_observation_read on indicator_observation for select to cosmos_app using (
  (select viewer_reads_statistics())
  or exists (select from activity_report r where r.district_id = indicator_observation.district_id and r.year = indicator_observation.year
    and r.published_on >= indicator_observation.stated_on));
create policy indicator_observation_state on indicator_observation for insert to cosmos_app with check (
  district_id = any ((select viewer_teams())::uuid[]));
create policy snapshot_read on snapshot for select to cosmos_app using (true);
create policy snapshot_dimension_read on snapshot_dimension for select to cosmos_app using (true);
create policy snapshot_table_read on snapshot_table for select to cosmos_app using (true);
create policy activity_report_read on activity_report for select to cosmos_app using (
  published_on is not null or ((select viewer_reads_statistics()) and not (select viewer_is_reporting_client())));
create policy activity_report_state on activity_report for insert to cosmos_app with check (
  published_on is null and (district_id = any ((select viewer_teams())::uuid[])
    or (district_id is null and cardinality((select viewer_teams())::uuid[]) > 0)));
create policy activity_report_restate on activity_report for update to cosmos_app using (
  (select viewer_has_scope('statistics:write')) and published_on is null and (
    district_id = any ((select viewer_teams())::uuid[])
    or (district_id is null and cardinality((select viewer_teams())::uuid[]) > 0)
    or (select viewer_has_role('TECHNICAL_ADVISER'))))
  with check (published_on is null and published_by_id is null
    or (published_by_id = (select viewer_worker()) and (select viewer_has_role('TECHNICAL_ADVISER'))));
create policy activity_report_text_read on activity_report_text for select to cosmos_app using (
  (select viewer_reads_drafts()) or (is_last_text(report_id, version)
    and exists (select from activity_report r where r.id = report_id and r.published_on is not null)));
create policy activity_report_text_state on activity_report_text for insert to cosmos_app with check (
  written_by_id = (select viewer_worker())
  and exists (select from activity_report r where r.id = report_id and (r.district_id = any ((select viewer_teams())::uuid[])
    or (r.district_id is null and cardinality((select viewer_teams())::uuid[]) > 0))));
create policy activity_report_signature_read on activity_report_signature for select to cosmos_app using (
  (select viewer_reads_drafts()) or (is_last_text(report_id, text_version)
    and exists (select from activity_report r where r.id = report_id and r.published_on is not null)));
create policy activity_report_signature_state on activity_report_signature for insert to cosmos_app with check (
  worker_id = (select viewer_worker()) and district_id = any ((select viewer_teams())::uuid[])
  and exists (select from activity_report r where r.id = report_id and (r.district_id is null or r.district_id = activity_report_signature.district_id)));
create policy activity_report_table_read on activity_report_table for select to cosmos_app using (
  exists (select from activity_report r where r.id = report_id));
create policy activity_report_table_cite on activity_report_table for insert to cosmos_app with check (
  (select viewer_has_scope('statistics:write')) and (select viewer_has_role('TECHNICAL_ADVISER'))
  and exists (select from activity_report r where r.id = report_id and r.published_on is null));
create policy appointment_request_read on appointment_request for select to cosmos_app using (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or district_id = any ((select viewer_districts('district_head'))::uuid[])
  or (duty_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (show_online and person_id = (select viewer_person())));
create policy appointment_request_change on appointment_request for update to cosmos_app using (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (duty_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (show_online and person_id = (select viewer_person())));
create policy appointment_request_ask on appointment_request for insert to cosmos_app with check (
  (show_online and person_id = (select viewer_person()) and urgency = 'ORDINARY' and duty_worker_id is null
    and (case_id is null or exists (select from "case" c where c.id = case_id and c.district_id = appointment_request.district_id))
    and (appointment_id is null or booked_online_by_viewer(appointment_id)))
  or ((district_id = any ((select viewer_districts('receptionist'))::uuid[])
      or district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    and (person_id is null or may_book_person(person_id))
    and (case_id is null or exists (select from "case" c where c.id = case_id and c.district_id = appointment_request.district_id))
    and (appointment_id is null or exists (select from appointment_person ap
      where ap.appointment_id = appointment_request.appointment_id and ap.person_id = appointment_request.person_id
        and ap.district_id = appointment_request.district_id))
    -- A social worker who is not at the desk asks for their own agenda as the duty worker, or for a case that they follow.
    and (district_id = any ((select viewer_districts('receptionist'))::uuid[])
      or (case_id is null and duty_worker_only and duty_worker_id = (select viewer_worker()))
      or exists (select from case_person cp where cp.case_id = appointment_request.case_id
        and cp.person_id = appointment_request.person_id and (cp.assigned_worker_id = (select viewer_worker())
          or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[]))))));
create policy slot_offer_read on slot_offer for select to cosmos_app using (
  exists (select from appointment_request r where r.id = request_id and (
    r.district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or (r.duty_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.case_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.case_worker_id || ':' || r.district_id) = any ((select viewer_relays())::text[])
    or (r.show_online and r.person_id = (select viewer_person())))));
create policy slot_offer_tell on slot_offer for update to cosmos_app using (
  exists (select from appointment_request r where r.id = request_id and (
    r.district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or (r.duty_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.case_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.case_worker_id || ':' || r.district_id) = any ((select viewer_relays())::text[]))));
create policy offer_skip_read on offer_skip for select to cosmos_app using (
  exists (select from appointment_request r where r.id = request_id
    and r.district_id = any ((select viewer_districts('receptionist'))::uuid[])));
