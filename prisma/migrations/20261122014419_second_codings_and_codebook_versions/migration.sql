-- AlterTable
ALTER TABLE "code" ADD COLUMN     "example_unit_ids" UUID[] DEFAULT ARRAY[]::UUID[];

-- AlterTable
ALTER TABLE "codebook" ADD COLUMN     "merges" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "undoes" INTEGER;

-- CreateTable
CREATE TABLE "codebook_draft" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "base_version" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "content" JSONB NOT NULL,
    "preview" JSONB,
    "updated_by_id" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "codebook_draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "codebook_recoding" (
    "codebook_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,

    CONSTRAINT "codebook_recoding_pkey" PRIMARY KEY ("codebook_id","unit_id")
);

-- CreateTable
CREATE TABLE "second_coding" (
    "id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "transcript_id" UUID NOT NULL,
    "text_length" INTEGER NOT NULL,
    "first_coder_id" UUID,
    "first_units" JSONB NOT NULL,
    "chosen_at" TIMESTAMPTZ(3) NOT NULL,
    "coder_id" UUID,
    "claim_token" UUID,
    "claimed_at" TIMESTAMPTZ(3),
    "saved_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 0,
    "units" JSONB NOT NULL DEFAULT '[]',
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "second_coding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "second_coding_version" (
    "coding_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "coder_id" UUID,
    "units" JSONB NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "second_coding_version_pkey" PRIMARY KEY ("coding_id","revision")
);

-- CreateTable
CREATE TABLE "coding_settlement" (
    "id" UUID NOT NULL,
    "coding_id" UUID NOT NULL,
    "start_offset" INTEGER NOT NULL,
    "end_offset" INTEGER NOT NULL,
    "codes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "in_report" BOOLEAN NOT NULL DEFAULT false,
    "note" TEXT NOT NULL DEFAULT '',
    "settled_by_id" UUID,
    "settled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "coding_settlement_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "codebook_recoding_unit_id_idx" ON "codebook_recoding"("unit_id");

-- CreateIndex
CREATE UNIQUE INDEX "second_coding_report_id_key" ON "second_coding"("report_id");

-- CreateIndex
CREATE INDEX "second_coding_finished_at_chosen_at_idx" ON "second_coding"("finished_at", "chosen_at");

-- CreateIndex
CREATE INDEX "second_coding_transcript_id_idx" ON "second_coding"("transcript_id");

-- CreateIndex
CREATE UNIQUE INDEX "coding_settlement_coding_id_start_offset_end_offset_key" ON "coding_settlement"("coding_id", "start_offset", "end_offset");

-- AddForeignKey
ALTER TABLE "codebook_recoding" ADD CONSTRAINT "codebook_recoding_codebook_id_fkey" FOREIGN KEY ("codebook_id") REFERENCES "codebook"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "codebook_recoding" ADD CONSTRAINT "codebook_recoding_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "thought_unit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "second_coding" ADD CONSTRAINT "second_coding_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "second_coding" ADD CONSTRAINT "second_coding_transcript_id_fkey" FOREIGN KEY ("transcript_id") REFERENCES "transcript"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "second_coding" ADD CONSTRAINT "second_coding_first_coder_id_fkey" FOREIGN KEY ("first_coder_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "second_coding" ADD CONSTRAINT "second_coding_coder_id_fkey" FOREIGN KEY ("coder_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "second_coding_version" ADD CONSTRAINT "second_coding_version_coding_id_fkey" FOREIGN KEY ("coding_id") REFERENCES "second_coding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coding_settlement" ADD CONSTRAINT "coding_settlement_coding_id_fkey" FOREIGN KEY ("coding_id") REFERENCES "second_coding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coding_settlement" ADD CONSTRAINT "coding_settlement_settled_by_id_fkey" FOREIGN KEY ("settled_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
