-- CreateEnum
CREATE TYPE "check_status" AS ENUM ('sampled', 'typing', 'to_settle', 'settled', 'dropped');

-- CreateEnum
CREATE TYPE "check_side" AS ENUM ('first', 'second');

-- CreateEnum
CREATE TYPE "check_verdict" AS ENUM ('first', 'second', 'another', 'both');

-- AlterTable
ALTER TABLE "dictation" ADD COLUMN     "check_of_id" UUID;

-- CreateTable
CREATE TABLE "job_exclusion" (
    "job_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "job_exclusion_pkey" PRIMARY KEY ("job_id","user_id")
);

-- CreateTable
CREATE TABLE "accuracy_check" (
    "id" UUID NOT NULL,
    "dictation_id" UUID NOT NULL,
    "copy_id" UUID,
    "status" "check_status" NOT NULL DEFAULT 'sampled',
    "share" DOUBLE PRECISION NOT NULL,
    "first_transcript_id" UUID NOT NULL,
    "first_typist_id" UUID,
    "typed_at" TIMESTAMPTZ(3) NOT NULL,
    "second_transcript_id" UUID,
    "second_typist_id" UUID,
    "second_typed_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 0,
    "settled_by_id" UUID,
    "settled_at" TIMESTAMPTZ(3),
    "drop_reason" TEXT,

    CONSTRAINT "accuracy_check_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "check_difference" (
    "id" UUID NOT NULL,
    "check_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "first_start" INTEGER NOT NULL,
    "first_end" INTEGER NOT NULL,
    "first_text" TEXT NOT NULL,
    "second_start" INTEGER NOT NULL,
    "second_end" INTEGER NOT NULL,
    "second_text" TEXT NOT NULL,
    "audio_ms" INTEGER,
    "audio_end_ms" INTEGER,
    "critical" BOOLEAN NOT NULL DEFAULT false,
    "critical_reason" TEXT,
    "verdict" "check_verdict",
    "settled_text" TEXT,

    CONSTRAINT "check_difference_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "check_score" (
    "check_id" UUID NOT NULL,
    "side" "check_side" NOT NULL,
    "user_id" UUID,
    "typed_at" TIMESTAMPTZ(3) NOT NULL,
    "words" INTEGER NOT NULL,
    "substitutions" INTEGER NOT NULL,
    "deletions" INTEGER NOT NULL,
    "insertions" INTEGER NOT NULL,
    "critical" INTEGER NOT NULL,
    "non_critical" INTEGER NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "check_score_pkey" PRIMARY KEY ("check_id","side")
);

-- CreateTable
CREATE TABLE "mistake" (
    "id" UUID NOT NULL,
    "check_id" UUID NOT NULL,
    "difference_id" UUID NOT NULL,
    "side" "check_side" NOT NULL,
    "user_id" UUID NOT NULL,
    "typed" TEXT NOT NULL,
    "right" TEXT NOT NULL,
    "critical" BOOLEAN NOT NULL,
    "pattern" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "mistake_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "job_exclusion_user_id_idx" ON "job_exclusion"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "accuracy_check_dictation_id_key" ON "accuracy_check"("dictation_id");

-- CreateIndex
CREATE UNIQUE INDEX "accuracy_check_copy_id_key" ON "accuracy_check"("copy_id");

-- CreateIndex
CREATE INDEX "accuracy_check_status_typed_at_idx" ON "accuracy_check"("status", "typed_at");

-- CreateIndex
CREATE INDEX "accuracy_check_first_typist_id_idx" ON "accuracy_check"("first_typist_id");

-- CreateIndex
CREATE INDEX "accuracy_check_second_typist_id_idx" ON "accuracy_check"("second_typist_id");

-- CreateIndex
CREATE UNIQUE INDEX "check_difference_check_id_position_key" ON "check_difference"("check_id", "position");

-- CreateIndex
CREATE INDEX "check_score_user_id_typed_at_idx" ON "check_score"("user_id", "typed_at");

-- CreateIndex
CREATE INDEX "check_score_side_typed_at_idx" ON "check_score"("side", "typed_at");

-- CreateIndex
CREATE INDEX "mistake_user_id_seen_at_idx" ON "mistake"("user_id", "seen_at");

-- CreateIndex
CREATE INDEX "mistake_user_id_pattern_idx" ON "mistake"("user_id", "pattern");

-- CreateIndex
CREATE UNIQUE INDEX "mistake_difference_id_side_key" ON "mistake"("difference_id", "side");

-- CreateIndex
CREATE UNIQUE INDEX "dictation_check_of_id_key" ON "dictation"("check_of_id");

-- AddForeignKey
ALTER TABLE "dictation" ADD CONSTRAINT "dictation_check_of_id_fkey" FOREIGN KEY ("check_of_id") REFERENCES "dictation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_exclusion" ADD CONSTRAINT "job_exclusion_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_exclusion" ADD CONSTRAINT "job_exclusion_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accuracy_check" ADD CONSTRAINT "accuracy_check_dictation_id_fkey" FOREIGN KEY ("dictation_id") REFERENCES "dictation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accuracy_check" ADD CONSTRAINT "accuracy_check_copy_id_fkey" FOREIGN KEY ("copy_id") REFERENCES "dictation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accuracy_check" ADD CONSTRAINT "accuracy_check_first_typist_id_fkey" FOREIGN KEY ("first_typist_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accuracy_check" ADD CONSTRAINT "accuracy_check_second_typist_id_fkey" FOREIGN KEY ("second_typist_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accuracy_check" ADD CONSTRAINT "accuracy_check_settled_by_id_fkey" FOREIGN KEY ("settled_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "check_difference" ADD CONSTRAINT "check_difference_check_id_fkey" FOREIGN KEY ("check_id") REFERENCES "accuracy_check"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "check_score" ADD CONSTRAINT "check_score_check_id_fkey" FOREIGN KEY ("check_id") REFERENCES "accuracy_check"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "check_score" ADD CONSTRAINT "check_score_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mistake" ADD CONSTRAINT "mistake_check_id_fkey" FOREIGN KEY ("check_id") REFERENCES "accuracy_check"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mistake" ADD CONSTRAINT "mistake_difference_id_fkey" FOREIGN KEY ("difference_id") REFERENCES "check_difference"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mistake" ADD CONSTRAINT "mistake_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A check is nothing that somebody said, and never the copy of an answer to a survey, whose audio ends with its text.
ALTER TABLE "dictation" ADD CONSTRAINT "check_is_nothing_said" CHECK
  (check_of_id IS NULL OR (answer_id IS NULL AND contribution_id IS NULL AND doubt_id IS NULL));
