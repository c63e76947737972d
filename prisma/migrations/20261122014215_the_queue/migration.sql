-- AlterTable
ALTER TABLE "account" ADD COLUMN     "requirements" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "app_user" ADD COLUMN     "qualifications" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "requirements" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "dictation" ADD COLUMN     "continues_id" UUID;

-- AlterTable
ALTER TABLE "job" ADD COLUMN     "due_fixed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "handover_note" TEXT,
ADD COLUMN     "held_by_id" UUID,
ADD COLUMN     "held_reason" TEXT,
ADD COLUMN     "held_until" TIMESTAMPTZ(3),
ADD COLUMN     "own_requirements" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "reserved_by_id" UUID,
ADD COLUMN     "reserved_for_id" UUID,
ADD COLUMN     "reserved_until" TIMESTAMPTZ(3),
ADD COLUMN     "turnaround_class_id" UUID;

-- AlterTable
ALTER TABLE "line" ADD COLUMN     "requirements" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "turnaround_class_id" UUID;

-- CreateTable
CREATE TABLE "turnaround_class" (
    "id" UUID NOT NULL,
    "key" TEXT,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "minutes" INTEGER,
    "working_days" INTEGER,
    "until_minute" INTEGER,
    "cutoff_minute" INTEGER,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "turnaround_class_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "typing_conflict" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "speaker_id" UUID,
    "line_id" UUID,
    "account_id" UUID,
    "reason" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "typing_conflict_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_set_aside" (
    "job_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "job_set_aside_pkey" PRIMARY KEY ("job_id","user_id")
);

-- CreateTable
CREATE TABLE "pause" (
    "id" UUID NOT NULL,
    "job_id" UUID,
    "line_id" UUID,
    "user_id" UUID,
    "reason" TEXT NOT NULL,
    "paused_by_id" UUID,
    "paused_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pause_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "presence" (
    "user_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "active_at" TIMESTAMPTZ(3),

    CONSTRAINT "presence_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "close_text" (
    "code" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "close_text_pkey" PRIMARY KEY ("code","language")
);

-- CreateTable
CREATE TABLE "closing_notice" (
    "id" UUID NOT NULL,
    "dictation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heard_at" TIMESTAMPTZ(3),

    CONSTRAINT "closing_notice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "turnaround_class_key_key" ON "turnaround_class"("key");

-- CreateIndex
CREATE INDEX "typing_conflict_speaker_id_idx" ON "typing_conflict"("speaker_id");

-- CreateIndex
CREATE INDEX "typing_conflict_line_id_idx" ON "typing_conflict"("line_id");

-- CreateIndex
CREATE INDEX "typing_conflict_account_id_idx" ON "typing_conflict"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "typing_conflict_user_id_speaker_id_key" ON "typing_conflict"("user_id", "speaker_id");

-- CreateIndex
CREATE UNIQUE INDEX "typing_conflict_user_id_line_id_key" ON "typing_conflict"("user_id", "line_id");

-- CreateIndex
CREATE UNIQUE INDEX "typing_conflict_user_id_account_id_key" ON "typing_conflict"("user_id", "account_id");

-- CreateIndex
CREATE INDEX "job_set_aside_user_id_idx" ON "job_set_aside"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "pause_job_id_key" ON "pause"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "pause_line_id_key" ON "pause"("line_id");

-- CreateIndex
CREATE UNIQUE INDEX "pause_user_id_key" ON "pause"("user_id");

-- CreateIndex
CREATE INDEX "pause_paused_by_id_idx" ON "pause"("paused_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "closing_notice_dictation_id_key" ON "closing_notice"("dictation_id");

-- CreateIndex
CREATE INDEX "closing_notice_user_id_heard_at_idx" ON "closing_notice"("user_id", "heard_at");

-- CreateIndex
CREATE INDEX "dictation_continues_id_idx" ON "dictation"("continues_id");

-- CreateIndex
CREATE INDEX "job_status_held_until_idx" ON "job"("status", "held_until");

-- CreateIndex
CREATE INDEX "job_reserved_for_id_idx" ON "job"("reserved_for_id");

-- CreateIndex
CREATE INDEX "job_turnaround_class_id_idx" ON "job"("turnaround_class_id");

-- CreateIndex
CREATE INDEX "line_turnaround_class_id_idx" ON "line"("turnaround_class_id");

-- AddForeignKey
ALTER TABLE "line" ADD CONSTRAINT "line_turnaround_class_id_fkey" FOREIGN KEY ("turnaround_class_id") REFERENCES "turnaround_class"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dictation" ADD CONSTRAINT "dictation_continues_id_fkey" FOREIGN KEY ("continues_id") REFERENCES "dictation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_held_by_id_fkey" FOREIGN KEY ("held_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_reserved_for_id_fkey" FOREIGN KEY ("reserved_for_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_reserved_by_id_fkey" FOREIGN KEY ("reserved_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_turnaround_class_id_fkey" FOREIGN KEY ("turnaround_class_id") REFERENCES "turnaround_class"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "typing_conflict" ADD CONSTRAINT "typing_conflict_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "typing_conflict" ADD CONSTRAINT "typing_conflict_speaker_id_fkey" FOREIGN KEY ("speaker_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "typing_conflict" ADD CONSTRAINT "typing_conflict_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "line"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "typing_conflict" ADD CONSTRAINT "typing_conflict_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "typing_conflict" ADD CONSTRAINT "typing_conflict_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_set_aside" ADD CONSTRAINT "job_set_aside_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_set_aside" ADD CONSTRAINT "job_set_aside_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pause" ADD CONSTRAINT "pause_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pause" ADD CONSTRAINT "pause_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "line"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pause" ADD CONSTRAINT "pause_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pause" ADD CONSTRAINT "pause_paused_by_id_fkey" FOREIGN KEY ("paused_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "presence" ADD CONSTRAINT "presence_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "closing_notice" ADD CONSTRAINT "closing_notice_dictation_id_fkey" FOREIGN KEY ("dictation_id") REFERENCES "dictation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "closing_notice" ADD CONSTRAINT "closing_notice_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Rows: the classes that every company begins with
INSERT INTO "turnaround_class" ("id", "key", "name", "position", "minutes", "working_days", "until_minute", "cutoff_minute") VALUES
(gen_random_uuid(), 'urgent', 'Urgent', 0, 60, NULL, NULL, NULL),
(gen_random_uuid(), 'same_day', 'Same day', 1, NULL, 0, 1080, 900),
(gen_random_uuid(), 'next_day', 'Next day', 2, NULL, 1, 1020, NULL);

-- Rows: qualifications had stood among a person's preferences
UPDATE "app_user" SET
    "qualifications" = ARRAY(SELECT jsonb_array_elements_text("preferences"->'qualifications')),
    "preferences" = "preferences" - 'qualifications'
WHERE jsonb_typeof("preferences"->'qualifications') = 'array';
