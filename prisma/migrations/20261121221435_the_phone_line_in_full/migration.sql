-- DropIndex
DROP INDEX "dictation_answer_id_key";

-- DropIndex
DROP INDEX "dictation_contribution_id_key";

-- AlterTable
ALTER TABLE "app_user" ADD COLUMN     "key_map" TEXT;

-- AlterTable
ALTER TABLE "dictation" ADD COLUMN     "doubt_id" UUID,
ADD COLUMN     "dropped_at" TIMESTAMPTZ(3),
ADD COLUMN     "held_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "doubt_mark" DROP COLUMN "answer_dictation_id",
ADD COLUMN     "answered_at" TIMESTAMPTZ(3),
ADD COLUMN     "asked_by_id" UUID,
ADD COLUMN     "audio_end_ms" INTEGER;

-- CreateTable
CREATE TABLE "prompt_audio" (
    "id" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "prompt_id" TEXT NOT NULL,
    "piece" INTEGER NOT NULL DEFAULT 0,
    "text" TEXT NOT NULL,
    "object_key" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "duration_seconds" DOUBLE PRECISION NOT NULL,
    "uploaded_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "prompt_audio_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "prompt_audio_object_key_key" ON "prompt_audio"("object_key");

-- CreateIndex
CREATE UNIQUE INDEX "prompt_audio_language_prompt_id_piece_key" ON "prompt_audio"("language", "prompt_id", "piece");

-- CreateIndex
CREATE INDEX "dictation_answer_id_idx" ON "dictation"("answer_id");

-- CreateIndex
CREATE INDEX "dictation_contribution_id_idx" ON "dictation"("contribution_id");

-- CreateIndex
CREATE INDEX "dictation_doubt_id_idx" ON "dictation"("doubt_id");

-- CreateIndex
CREATE INDEX "dictation_status_held_at_idx" ON "dictation"("status", "held_at");

-- CreateIndex
CREATE INDEX "doubt_mark_asked_at_answered_at_idx" ON "doubt_mark"("asked_at", "answered_at");

-- AddForeignKey
ALTER TABLE "prompt_audio" ADD CONSTRAINT "prompt_audio_uploaded_by_id_fkey" FOREIGN KEY ("uploaded_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dictation" ADD CONSTRAINT "dictation_doubt_id_fkey" FOREIGN KEY ("doubt_id") REFERENCES "doubt_mark"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "doubt_mark" ADD CONSTRAINT "doubt_mark_asked_by_id_fkey" FOREIGN KEY ("asked_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
