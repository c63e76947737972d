-- CreateEnum
CREATE TYPE "role" AS ENUM ('rep', 'transcriptionist', 'manager', 'proposal_manager', 'administrator');

-- CreateEnum
CREATE TYPE "line_purpose" AS ENUM ('report', 'survey', 'proposal');

-- CreateEnum
CREATE TYPE "call_status" AS ENUM ('in_progress', 'ended');

-- CreateEnum
CREATE TYPE "recording_status" AS ENUM ('expected', 'announced', 'verified', 'empty', 'dead', 'destroyed');

-- CreateEnum
CREATE TYPE "dictation_status" AS ENUM ('open', 'held', 'submitted', 'transcribed', 'discarded');

-- CreateEnum
CREATE TYPE "job_status" AS ENUM ('preparing', 'waiting', 'claimed', 'on_hold', 'finalized', 'closed');

-- CreateEnum
CREATE TYPE "doubt_kind" AS ENUM ('inaudible', 'unsure_word', 'unsure_spelling', 'lost_signal');

-- CreateEnum
CREATE TYPE "certainty" AS ENUM ('suggested', 'confirmed', 'refused');

-- CreateEnum
CREATE TYPE "sync_status" AS ENUM ('waiting', 'written', 'conflict', 'failed', 'skipped');

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "roles" "role"[],
    "password_hash" TEXT,
    "session_epoch" INTEGER NOT NULL DEFAULT 0,
    "short_number" TEXT,
    "pin_hash" TEXT,
    "pin_must_change" BOOLEAN NOT NULL DEFAULT false,
    "external_id" TEXT,
    "territory" TEXT,
    "region" TEXT,
    "manager_id" UUID,
    "language" TEXT NOT NULL DEFAULT 'en-US',
    "time_zone" TEXT NOT NULL DEFAULT 'America/New_York',
    "preferences" JSONB NOT NULL DEFAULT '{}',
    "system" BOOLEAN NOT NULL DEFAULT false,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_phone" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "number" TEXT NOT NULL,

    CONSTRAINT "user_phone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "throttle" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "last_failed_at" TIMESTAMPTZ(3) NOT NULL,
    "blocked_until" TIMESTAMPTZ(3),

    CONSTRAINT "throttle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "line" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "purpose" "line_purpose" NOT NULL,
    "name" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'en-US',
    "turnaround_minutes" INTEGER NOT NULL DEFAULT 240,
    "keep_audio_days" INTEGER,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "survey_id" UUID,
    "proposal_id" UUID,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "call" (
    "id" UUID NOT NULL,
    "carrier_key" TEXT NOT NULL,
    "carrier_call_id" TEXT,
    "line_id" UUID NOT NULL,
    "user_id" UUID,
    "from_number" TEXT,
    "status" "call_status" NOT NULL DEFAULT 'in_progress',
    "state" JSONB NOT NULL,
    "step" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    "swept_at" TIMESTAMPTZ(3),

    CONSTRAINT "call_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "call_step" (
    "call_id" UUID NOT NULL,
    "step" INTEGER NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "response" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "call_step_pkey" PRIMARY KEY ("call_id","step")
);

-- CreateTable
CREATE TABLE "recording" (
    "id" UUID NOT NULL,
    "dictation_id" UUID NOT NULL,
    "call_id" UUID,
    "part" INTEGER NOT NULL,
    "status" "recording_status" NOT NULL DEFAULT 'expected',
    "carrier_recording_id" TEXT,
    "media_path" TEXT,
    "dropped" BOOLEAN NOT NULL DEFAULT false,
    "seam" BOOLEAN NOT NULL DEFAULT false,
    "announced_seconds" INTEGER,
    "duration_seconds" DOUBLE PRECISION,
    "content_type" TEXT,
    "bytes" INTEGER,
    "sha256" TEXT,
    "object_key" TEXT,
    "peaks" BYTEA,
    "peaks_per_second" INTEGER,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "announced_at" TIMESTAMPTZ(3),
    "verified_at" TIMESTAMPTZ(3),
    "carrier_deleted_at" TIMESTAMPTZ(3),
    "destroyed_at" TIMESTAMPTZ(3),

    CONSTRAINT "recording_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dictation" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "line_id" UUID NOT NULL,
    "speaker_id" UUID,
    "status" "dictation_status" NOT NULL DEFAULT 'open',
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "account_id" UUID,
    "answer_id" UUID,
    "contribution_id" UUID,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "submitted_at" TIMESTAMPTZ(3),
    "audio_key" TEXT,
    "audio_bytes" INTEGER,
    "sample_rate" INTEGER,
    "peaks" BYTEA,
    "peaks_per_second" INTEGER,
    "duration_seconds" DOUBLE PRECISION,
    "discard_reason" TEXT,

    CONSTRAINT "dictation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job" (
    "id" UUID NOT NULL,
    "dictation_id" UUID NOT NULL,
    "status" "job_status" NOT NULL DEFAULT 'preparing',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "requirements" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "claimed_by_id" UUID,
    "lease_token" UUID,
    "lease_expires_at" TIMESTAMPTZ(3),
    "claimed_at" TIMESTAMPTZ(3),
    "close_code" TEXT,
    "finalized_by_id" UUID,
    "finalized_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_event" (
    "id" UUID NOT NULL,
    "job_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "user_id" UUID,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "job_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "draft" (
    "job_id" UUID NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "anchors" JSONB NOT NULL DEFAULT '[]',
    "audio_position_ms" INTEGER NOT NULL DEFAULT 0,
    "review" JSONB,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("job_id")
);

-- CreateTable
CREATE TABLE "draft_version" (
    "job_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "anchors" JSONB NOT NULL DEFAULT '[]',
    "user_id" UUID,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "draft_version_pkey" PRIMARY KEY ("job_id","revision")
);

-- CreateTable
CREATE TABLE "doubt_mark" (
    "id" UUID NOT NULL,
    "job_id" UUID NOT NULL,
    "kind" "doubt_kind" NOT NULL,
    "start_offset" INTEGER NOT NULL,
    "end_offset" INTEGER NOT NULL,
    "audio_ms" INTEGER NOT NULL,
    "note" TEXT,
    "asked_at" TIMESTAMPTZ(3),
    "answer_dictation_id" UUID,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "doubt_mark_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "transcript" (
    "id" UUID NOT NULL,
    "dictation_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "anchors" JSONB NOT NULL DEFAULT '[]',
    "author_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "search" tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, text)) STORED,

    CONSTRAINT "transcript_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report" (
    "id" UUID NOT NULL,
    "dictation_id" UUID NOT NULL,
    "transcript_id" UUID NOT NULL,
    "speaker_id" UUID,
    "account_id" UUID,
    "region" TEXT,
    "called_at" TIMESTAMPTZ(3) NOT NULL,
    "meeting_date" DATE,
    "meeting_type" TEXT,
    "stage" TEXT,
    "sentiment" INTEGER,
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "finalized_by_id" UUID,
    "finalized_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "first_read_at" TIMESTAMPTZ(3),
    "first_replied_at" TIMESTAMPTZ(3),

    CONSTRAINT "report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "thought_unit" (
    "id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "transcript_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "start_offset" INTEGER NOT NULL,
    "end_offset" INTEGER NOT NULL,
    "new_paragraph" BOOLEAN NOT NULL DEFAULT false,
    "audio_start_ms" INTEGER,
    "audio_end_ms" INTEGER,
    "retired" BOOLEAN NOT NULL DEFAULT false,
    "search" tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, text)) STORED,

    CONSTRAINT "thought_unit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "codebook" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "codebook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "code" (
    "id" UUID NOT NULL,
    "codebook_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "definition" TEXT NOT NULL,
    "cues" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "examples" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "parent_key" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unit_code" (
    "unit_id" UUID NOT NULL,
    "code_key" TEXT NOT NULL,
    "rank" INTEGER NOT NULL DEFAULT 0,
    "certainty" "certainty" NOT NULL DEFAULT 'suggested',
    "confidence" DOUBLE PRECISION,
    "evidence" TEXT,
    "confirmed_by_id" UUID,

    CONSTRAINT "unit_code_pkey" PRIMARY KEY ("unit_id","code_key")
);

-- CreateTable
CREATE TABLE "field_value" (
    "id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "unit_id" UUID,
    "field" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "value" JSONB NOT NULL,
    "display" TEXT NOT NULL,
    "start_offset" INTEGER,
    "end_offset" INTEGER,
    "certainty" "certainty" NOT NULL DEFAULT 'suggested',
    "confidence" DOUBLE PRECISION,
    "evidence" TEXT,
    "confirmed_by_id" UUID,

    CONSTRAINT "field_value_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report_contact" (
    "id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "contact_id" UUID,
    "new_name" TEXT,

    CONSTRAINT "report_contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "next_step" (
    "id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "unit_id" UUID,
    "position" INTEGER NOT NULL,
    "owner" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "due" DATE,
    "certainty" "certainty" NOT NULL DEFAULT 'suggested',
    "confidence" DOUBLE PRECISION,
    "evidence" TEXT,
    "confirmed_by_id" UUID,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "next_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report_read" (
    "report_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "report_read_pkey" PRIMARY KEY ("report_id","user_id")
);

-- CreateTable
CREATE TABLE "reply" (
    "id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "request_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reply_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reply_hearing" (
    "reply_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reply_hearing_pkey" PRIMARY KEY ("reply_id","user_id")
);

-- CreateTable
CREATE TABLE "report_flag" (
    "id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "flagged_by_id" UUID,
    "owner_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "report_flag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "standing_question" (
    "id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "standing_question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "standing_question_hearing" (
    "question_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "heard_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "standing_question_hearing_pkey" PRIMARY KEY ("question_id","user_id")
);

-- CreateTable
CREATE TABLE "standing_question_answer" (
    "question_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "certainty" "certainty" NOT NULL DEFAULT 'suggested',

    CONSTRAINT "standing_question_answer_pkey" PRIMARY KEY ("question_id","unit_id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "city" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT '',
    "region" TEXT NOT NULL DEFAULT '',
    "lifecycle" TEXT NOT NULL DEFAULT 'active',
    "short_number" TEXT,
    "owner_id" UUID,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact" (
    "id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "account_id" UUID NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product" (
    "id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "competitor" (
    "id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "competitor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connector" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "credentials" BYTEA,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connector_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "field_mapping" (
    "id" UUID NOT NULL,
    "connector_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "object_type" TEXT NOT NULL,
    "target_field" TEXT NOT NULL,
    "template" TEXT NOT NULL DEFAULT '{{display}}',
    "policy" TEXT NOT NULL DEFAULT 'overwrite_ours',
    "confirmed_only" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "field_mapping_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_entry" (
    "id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processed_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,

    CONSTRAINT "outbox_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_entry" (
    "id" UUID NOT NULL,
    "connector_id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "field_value_id" UUID,
    "next_step_id" UUID,
    "idempotency_key" TEXT NOT NULL,
    "object_type" TEXT NOT NULL,
    "external_key" TEXT NOT NULL,
    "target_field" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "desired" JSONB NOT NULL,
    "previous" JSONB,
    "written" JSONB,
    "status" "sync_status" NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "written_at" TIMESTAMPTZ(3),

    CONSTRAINT "sync_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "crm_record" (
    "id" UUID NOT NULL,
    "object_type" TEXT NOT NULL,
    "external_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "account_record_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "crm_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "crm_field" (
    "object_type" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "data_type" TEXT NOT NULL,
    "options" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "crm_field_pkey" PRIMARY KEY ("object_type","key")
);

-- CreateTable
CREATE TABLE "crm_value" (
    "id" UUID NOT NULL,
    "record_id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "display" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),
    "origin" TEXT NOT NULL,
    "report_id" UUID,
    "unit_id" UUID,
    "confirmed_by_id" UUID,
    "write_key" TEXT,

    CONSTRAINT "crm_value_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "daily_count" (
    "day" DATE NOT NULL,
    "dimension" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "region" TEXT NOT NULL DEFAULT '',
    "count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "daily_count_pkey" PRIMARY KEY ("day","dimension","key","region")
);

-- CreateTable
CREATE TABLE "watch" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "last_count" INTEGER NOT NULL DEFAULT 0,
    "told_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "watch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "segment" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "rule" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "segment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel" (
    "id" UUID NOT NULL,
    "segment_id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel_member" (
    "channel_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_member_pkey" PRIMARY KEY ("channel_id","user_id")
);

-- CreateTable
CREATE TABLE "channel_post" (
    "id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "reply_to_id" UUID,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "survey" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'en-US',
    "minimum_group" INTEGER NOT NULL DEFAULT 5,
    "opens_at" TIMESTAMPTZ(3),
    "closes_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "survey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "survey_question" (
    "id" UUID NOT NULL,
    "survey_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "survey_question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation_batch" (
    "id" UUID NOT NULL,
    "survey_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "group_key" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id_hash" TEXT NOT NULL,
    "batch_id" UUID NOT NULL,
    "finished" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id_hash")
);

-- CreateTable
CREATE TABLE "survey_response" (
    "id" UUID NOT NULL,
    "survey_id" UUID NOT NULL,
    "resume_key" TEXT,
    "group_key" TEXT NOT NULL DEFAULT '',
    "day" DATE NOT NULL,
    "complete" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "survey_response_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answer" (
    "id" UUID NOT NULL,
    "response_id" UUID NOT NULL,
    "question_id" UUID NOT NULL,
    "skipped" BOOLEAN NOT NULL DEFAULT false,
    "text" TEXT,

    CONSTRAINT "answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "proposal" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "customer" TEXT NOT NULL DEFAULT '',
    "due_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "proposal_section" (
    "id" UUID NOT NULL,
    "proposal_id" UUID NOT NULL,
    "parent_id" UUID,
    "number" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "guidance" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL DEFAULT 0,
    "page_limit" DOUBLE PRECISION,

    CONSTRAINT "proposal_section_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "proposal_member" (
    "proposal_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,

    CONSTRAINT "proposal_member_pkey" PRIMARY KEY ("proposal_id","user_id")
);

-- CreateTable
CREATE TABLE "contribution" (
    "id" UUID NOT NULL,
    "section_id" UUID NOT NULL,
    "contributor_id" UUID NOT NULL,
    "text" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contribution_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_short_number_key" ON "app_user"("short_number");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_external_id_key" ON "app_user"("external_id");

-- CreateIndex
CREATE INDEX "app_user_manager_id_idx" ON "app_user"("manager_id");

-- CreateIndex
CREATE UNIQUE INDEX "user_phone_number_key" ON "user_phone"("number");

-- CreateIndex
CREATE INDEX "user_phone_user_id_idx" ON "user_phone"("user_id");

-- CreateIndex
CREATE INDEX "throttle_last_failed_at_idx" ON "throttle"("last_failed_at");

-- CreateIndex
CREATE INDEX "audit_entry_subject_type_subject_id_at_idx" ON "audit_entry"("subject_type", "subject_id", "at");

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at");

-- CreateIndex
CREATE UNIQUE INDEX "line_number_key" ON "line"("number");

-- CreateIndex
CREATE INDEX "line_survey_id_idx" ON "line"("survey_id");

-- CreateIndex
CREATE INDEX "line_proposal_id_idx" ON "line"("proposal_id");

-- CreateIndex
CREATE UNIQUE INDEX "call_carrier_key_key" ON "call"("carrier_key");

-- CreateIndex
CREATE UNIQUE INDEX "call_carrier_call_id_key" ON "call"("carrier_call_id");

-- CreateIndex
CREATE INDEX "call_status_started_at_idx" ON "call"("status", "started_at");

-- CreateIndex
CREATE INDEX "call_user_id_started_at_idx" ON "call"("user_id", "started_at");

-- CreateIndex
CREATE INDEX "call_line_id_started_at_idx" ON "call"("line_id", "started_at");

-- CreateIndex
CREATE UNIQUE INDEX "recording_carrier_recording_id_key" ON "recording"("carrier_recording_id");

-- CreateIndex
CREATE UNIQUE INDEX "recording_object_key_key" ON "recording"("object_key");

-- CreateIndex
CREATE INDEX "recording_status_next_attempt_at_idx" ON "recording"("status", "next_attempt_at");

-- CreateIndex
CREATE INDEX "recording_call_id_idx" ON "recording"("call_id");

-- CreateIndex
CREATE UNIQUE INDEX "recording_dictation_id_part_key" ON "recording"("dictation_id", "part");

-- CreateIndex
CREATE UNIQUE INDEX "dictation_reference_key" ON "dictation"("reference");

-- CreateIndex
CREATE UNIQUE INDEX "dictation_answer_id_key" ON "dictation"("answer_id");

-- CreateIndex
CREATE UNIQUE INDEX "dictation_contribution_id_key" ON "dictation"("contribution_id");

-- CreateIndex
CREATE UNIQUE INDEX "dictation_audio_key_key" ON "dictation"("audio_key");

-- CreateIndex
CREATE INDEX "dictation_status_started_at_idx" ON "dictation"("status", "started_at");

-- CreateIndex
CREATE INDEX "dictation_speaker_id_started_at_idx" ON "dictation"("speaker_id", "started_at");

-- CreateIndex
CREATE INDEX "dictation_line_id_started_at_idx" ON "dictation"("line_id", "started_at");

-- CreateIndex
CREATE INDEX "dictation_account_id_idx" ON "dictation"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "job_dictation_id_key" ON "job"("dictation_id");

-- CreateIndex
CREATE INDEX "job_status_due_at_created_at_idx" ON "job"("status", "due_at", "created_at");

-- CreateIndex
CREATE INDEX "job_claimed_by_id_status_idx" ON "job"("claimed_by_id", "status");

-- CreateIndex
CREATE INDEX "job_lease_expires_at_idx" ON "job"("lease_expires_at");

-- CreateIndex
CREATE INDEX "job_event_job_id_at_idx" ON "job_event"("job_id", "at");

-- CreateIndex
CREATE INDEX "job_event_user_id_at_idx" ON "job_event"("user_id", "at");

-- CreateIndex
CREATE INDEX "doubt_mark_job_id_idx" ON "doubt_mark"("job_id");

-- CreateIndex
CREATE INDEX "transcript_search_idx" ON "transcript" USING GIN ("search");

-- CreateIndex
CREATE UNIQUE INDEX "transcript_dictation_id_version_key" ON "transcript"("dictation_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "report_dictation_id_key" ON "report"("dictation_id");

-- CreateIndex
CREATE INDEX "report_finalized_at_idx" ON "report"("finalized_at");

-- CreateIndex
CREATE INDEX "report_speaker_id_finalized_at_idx" ON "report"("speaker_id", "finalized_at");

-- CreateIndex
CREATE INDEX "report_account_id_called_at_idx" ON "report"("account_id", "called_at");

-- CreateIndex
CREATE INDEX "report_first_read_at_finalized_at_idx" ON "report"("first_read_at", "finalized_at");

-- CreateIndex
CREATE INDEX "thought_unit_transcript_id_idx" ON "thought_unit"("transcript_id");

-- CreateIndex
CREATE INDEX "thought_unit_search_idx" ON "thought_unit" USING GIN ("search");

-- CreateIndex
CREATE UNIQUE INDEX "thought_unit_report_id_number_key" ON "thought_unit"("report_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "codebook_version_key" ON "codebook"("version");

-- CreateIndex
CREATE UNIQUE INDEX "code_codebook_id_key_key" ON "code"("codebook_id", "key");

-- CreateIndex
CREATE INDEX "unit_code_code_key_unit_id_idx" ON "unit_code"("code_key", "unit_id");

-- CreateIndex
CREATE INDEX "field_value_unit_id_idx" ON "field_value"("unit_id");

-- CreateIndex
CREATE INDEX "field_value_field_idx" ON "field_value"("field");

-- CreateIndex
CREATE UNIQUE INDEX "field_value_report_id_field_position_key" ON "field_value"("report_id", "field", "position");

-- CreateIndex
CREATE INDEX "report_contact_contact_id_idx" ON "report_contact"("contact_id");

-- CreateIndex
CREATE UNIQUE INDEX "report_contact_report_id_contact_id_key" ON "report_contact"("report_id", "contact_id");

-- CreateIndex
CREATE UNIQUE INDEX "report_contact_report_id_new_name_key" ON "report_contact"("report_id", "new_name");

-- CreateIndex
CREATE INDEX "next_step_unit_id_idx" ON "next_step"("unit_id");

-- CreateIndex
CREATE INDEX "next_step_due_idx" ON "next_step"("due");

-- CreateIndex
CREATE UNIQUE INDEX "next_step_report_id_position_key" ON "next_step"("report_id", "position");

-- CreateIndex
CREATE INDEX "report_read_user_id_read_at_idx" ON "report_read"("user_id", "read_at");

-- CreateIndex
CREATE UNIQUE INDEX "reply_request_id_key" ON "reply"("request_id");

-- CreateIndex
CREATE INDEX "reply_report_id_created_at_idx" ON "reply"("report_id", "created_at");

-- CreateIndex
CREATE INDEX "report_flag_settled_at_created_at_idx" ON "report_flag"("settled_at", "created_at");

-- CreateIndex
CREATE INDEX "report_flag_report_id_idx" ON "report_flag"("report_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_external_id_key" ON "account"("external_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_short_number_key" ON "account"("short_number");

-- CreateIndex
CREATE INDEX "account_owner_id_idx" ON "account"("owner_id");

-- CreateIndex
CREATE INDEX "account_name_idx" ON "account"("name");

-- CreateIndex
CREATE UNIQUE INDEX "contact_external_id_key" ON "contact"("external_id");

-- CreateIndex
CREATE INDEX "contact_account_id_idx" ON "contact"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "product_external_id_key" ON "product"("external_id");

-- CreateIndex
CREATE UNIQUE INDEX "competitor_external_id_key" ON "competitor"("external_id");

-- CreateIndex
CREATE UNIQUE INDEX "connector_name_key" ON "connector"("name");

-- CreateIndex
CREATE UNIQUE INDEX "field_mapping_connector_id_source_object_type_target_field__key" ON "field_mapping"("connector_id", "source", "object_type", "target_field", "version");

-- CreateIndex
CREATE INDEX "outbox_entry_processed_at_created_at_idx" ON "outbox_entry"("processed_at", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_entry_report_id_kind_version_key" ON "outbox_entry"("report_id", "kind", "version");

-- CreateIndex
CREATE UNIQUE INDEX "sync_entry_idempotency_key_key" ON "sync_entry"("idempotency_key");

-- CreateIndex
CREATE INDEX "sync_entry_status_next_attempt_at_idx" ON "sync_entry"("status", "next_attempt_at");

-- CreateIndex
CREATE INDEX "sync_entry_report_id_idx" ON "sync_entry"("report_id");

-- CreateIndex
CREATE INDEX "sync_entry_connector_id_object_type_external_key_target_fie_idx" ON "sync_entry"("connector_id", "object_type", "external_key", "target_field");

-- CreateIndex
CREATE INDEX "crm_record_account_record_id_object_type_created_at_idx" ON "crm_record"("account_record_id", "object_type", "created_at");

-- CreateIndex
CREATE INDEX "crm_record_object_type_name_idx" ON "crm_record"("object_type", "name");

-- CreateIndex
CREATE UNIQUE INDEX "crm_record_object_type_external_key_key" ON "crm_record"("object_type", "external_key");

-- CreateIndex
CREATE UNIQUE INDEX "crm_value_write_key_key" ON "crm_value"("write_key");

-- CreateIndex
CREATE INDEX "crm_value_record_id_field_set_at_idx" ON "crm_value"("record_id", "field", "set_at");

-- CreateIndex
CREATE INDEX "crm_value_report_id_idx" ON "crm_value"("report_id");

-- CreateIndex
CREATE INDEX "daily_count_dimension_key_day_idx" ON "daily_count"("dimension", "key", "day");

-- CreateIndex
CREATE INDEX "watch_owner_id_idx" ON "watch"("owner_id");

-- CreateIndex
CREATE UNIQUE INDEX "segment_name_key" ON "segment"("name");

-- CreateIndex
CREATE UNIQUE INDEX "channel_segment_id_key" ON "channel"("segment_id");

-- CreateIndex
CREATE INDEX "channel_post_channel_id_created_at_idx" ON "channel_post"("channel_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "survey_question_survey_id_position_key" ON "survey_question"("survey_id", "position");

-- CreateIndex
CREATE INDEX "invitation_batch_survey_id_idx" ON "invitation_batch"("survey_id");

-- CreateIndex
CREATE INDEX "invitation_batch_id_idx" ON "invitation"("batch_id");

-- CreateIndex
CREATE UNIQUE INDEX "survey_response_resume_key_key" ON "survey_response"("resume_key");

-- CreateIndex
CREATE INDEX "survey_response_survey_id_group_key_idx" ON "survey_response"("survey_id", "group_key");

-- CreateIndex
CREATE INDEX "answer_question_id_idx" ON "answer"("question_id");

-- CreateIndex
CREATE UNIQUE INDEX "answer_response_id_question_id_key" ON "answer"("response_id", "question_id");

-- CreateIndex
CREATE INDEX "proposal_section_parent_id_idx" ON "proposal_section"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "proposal_section_proposal_id_number_key" ON "proposal_section"("proposal_id", "number");

-- CreateIndex
CREATE INDEX "proposal_member_user_id_idx" ON "proposal_member"("user_id");

-- CreateIndex
CREATE INDEX "contribution_section_id_created_at_idx" ON "contribution"("section_id", "created_at");

-- CreateIndex
CREATE INDEX "contribution_contributor_id_idx" ON "contribution"("contributor_id");

-- AddForeignKey
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_phone" ADD CONSTRAINT "user_phone_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "line" ADD CONSTRAINT "line_survey_id_fkey" FOREIGN KEY ("survey_id") REFERENCES "survey"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "line" ADD CONSTRAINT "line_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposal"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_step" ADD CONSTRAINT "call_step_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recording" ADD CONSTRAINT "recording_dictation_id_fkey" FOREIGN KEY ("dictation_id") REFERENCES "dictation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recording" ADD CONSTRAINT "recording_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dictation" ADD CONSTRAINT "dictation_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dictation" ADD CONSTRAINT "dictation_speaker_id_fkey" FOREIGN KEY ("speaker_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dictation" ADD CONSTRAINT "dictation_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dictation" ADD CONSTRAINT "dictation_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "answer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dictation" ADD CONSTRAINT "dictation_contribution_id_fkey" FOREIGN KEY ("contribution_id") REFERENCES "contribution"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_dictation_id_fkey" FOREIGN KEY ("dictation_id") REFERENCES "dictation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_claimed_by_id_fkey" FOREIGN KEY ("claimed_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_finalized_by_id_fkey" FOREIGN KEY ("finalized_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_event" ADD CONSTRAINT "job_event_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_event" ADD CONSTRAINT "job_event_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_version" ADD CONSTRAINT "draft_version_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_version" ADD CONSTRAINT "draft_version_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "doubt_mark" ADD CONSTRAINT "doubt_mark_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transcript" ADD CONSTRAINT "transcript_dictation_id_fkey" FOREIGN KEY ("dictation_id") REFERENCES "dictation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transcript" ADD CONSTRAINT "transcript_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_dictation_id_fkey" FOREIGN KEY ("dictation_id") REFERENCES "dictation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_transcript_id_fkey" FOREIGN KEY ("transcript_id") REFERENCES "transcript"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_speaker_id_fkey" FOREIGN KEY ("speaker_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_finalized_by_id_fkey" FOREIGN KEY ("finalized_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "thought_unit" ADD CONSTRAINT "thought_unit_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "thought_unit" ADD CONSTRAINT "thought_unit_transcript_id_fkey" FOREIGN KEY ("transcript_id") REFERENCES "transcript"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "code" ADD CONSTRAINT "code_codebook_id_fkey" FOREIGN KEY ("codebook_id") REFERENCES "codebook"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unit_code" ADD CONSTRAINT "unit_code_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "thought_unit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unit_code" ADD CONSTRAINT "unit_code_confirmed_by_id_fkey" FOREIGN KEY ("confirmed_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "field_value" ADD CONSTRAINT "field_value_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "field_value" ADD CONSTRAINT "field_value_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "thought_unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "field_value" ADD CONSTRAINT "field_value_confirmed_by_id_fkey" FOREIGN KEY ("confirmed_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_contact" ADD CONSTRAINT "report_contact_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_contact" ADD CONSTRAINT "report_contact_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "next_step" ADD CONSTRAINT "next_step_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "next_step" ADD CONSTRAINT "next_step_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "thought_unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "next_step" ADD CONSTRAINT "next_step_confirmed_by_id_fkey" FOREIGN KEY ("confirmed_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_read" ADD CONSTRAINT "report_read_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_read" ADD CONSTRAINT "report_read_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reply" ADD CONSTRAINT "reply_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reply" ADD CONSTRAINT "reply_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reply_hearing" ADD CONSTRAINT "reply_hearing_reply_id_fkey" FOREIGN KEY ("reply_id") REFERENCES "reply"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reply_hearing" ADD CONSTRAINT "reply_hearing_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_flag" ADD CONSTRAINT "report_flag_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_flag" ADD CONSTRAINT "report_flag_flagged_by_id_fkey" FOREIGN KEY ("flagged_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_flag" ADD CONSTRAINT "report_flag_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "standing_question" ADD CONSTRAINT "standing_question_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "standing_question_hearing" ADD CONSTRAINT "standing_question_hearing_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "standing_question"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "standing_question_hearing" ADD CONSTRAINT "standing_question_hearing_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "standing_question_answer" ADD CONSTRAINT "standing_question_answer_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "standing_question"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "standing_question_answer" ADD CONSTRAINT "standing_question_answer_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "thought_unit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "field_mapping" ADD CONSTRAINT "field_mapping_connector_id_fkey" FOREIGN KEY ("connector_id") REFERENCES "connector"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outbox_entry" ADD CONSTRAINT "outbox_entry_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_entry" ADD CONSTRAINT "sync_entry_connector_id_fkey" FOREIGN KEY ("connector_id") REFERENCES "connector"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_entry" ADD CONSTRAINT "sync_entry_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_entry" ADD CONSTRAINT "sync_entry_field_value_id_fkey" FOREIGN KEY ("field_value_id") REFERENCES "field_value"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_entry" ADD CONSTRAINT "sync_entry_next_step_id_fkey" FOREIGN KEY ("next_step_id") REFERENCES "next_step"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crm_record" ADD CONSTRAINT "crm_record_account_record_id_fkey" FOREIGN KEY ("account_record_id") REFERENCES "crm_record"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crm_value" ADD CONSTRAINT "crm_value_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "crm_record"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crm_value" ADD CONSTRAINT "crm_value_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "thought_unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crm_value" ADD CONSTRAINT "crm_value_confirmed_by_id_fkey" FOREIGN KEY ("confirmed_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "watch" ADD CONSTRAINT "watch_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel" ADD CONSTRAINT "channel_segment_id_fkey" FOREIGN KEY ("segment_id") REFERENCES "segment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_member" ADD CONSTRAINT "channel_member_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_member" ADD CONSTRAINT "channel_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_post" ADD CONSTRAINT "channel_post_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_post" ADD CONSTRAINT "channel_post_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_post" ADD CONSTRAINT "channel_post_reply_to_id_fkey" FOREIGN KEY ("reply_to_id") REFERENCES "channel_post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey_question" ADD CONSTRAINT "survey_question_survey_id_fkey" FOREIGN KEY ("survey_id") REFERENCES "survey"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation_batch" ADD CONSTRAINT "invitation_batch_survey_id_fkey" FOREIGN KEY ("survey_id") REFERENCES "survey"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "invitation_batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey_response" ADD CONSTRAINT "survey_response_survey_id_fkey" FOREIGN KEY ("survey_id") REFERENCES "survey"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer" ADD CONSTRAINT "answer_response_id_fkey" FOREIGN KEY ("response_id") REFERENCES "survey_response"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer" ADD CONSTRAINT "answer_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "survey_question"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "proposal_section" ADD CONSTRAINT "proposal_section_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposal"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "proposal_section" ADD CONSTRAINT "proposal_section_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "proposal_section"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "proposal_member" ADD CONSTRAINT "proposal_member_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposal"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "proposal_member" ADD CONSTRAINT "proposal_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contribution" ADD CONSTRAINT "contribution_section_id_fkey" FOREIGN KEY ("section_id") REFERENCES "proposal_section"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contribution" ADD CONSTRAINT "contribution_contributor_id_fkey" FOREIGN KEY ("contributor_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
