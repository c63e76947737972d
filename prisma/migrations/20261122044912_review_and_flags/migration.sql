-- AlterTable
ALTER TABLE "report" ADD COLUMN     "review_revision" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "report_flag" ADD COLUMN     "field_value_id" UUID,
ADD COLUMN     "next_step_id" UUID,
ADD COLUMN     "settled_by_id" UUID,
ADD COLUMN     "settlement" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'screen',
ADD COLUMN     "sync_entry_id" UUID,
ADD COLUMN     "told_at" TIMESTAMPTZ(3),
ADD COLUMN     "unit_id" UUID;

-- AlterTable
ALTER TABLE "thought_unit" ADD COLUMN     "first_version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "review_change" (
    "id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "request_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" UUID,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "subject_id" UUID,
    "unit_id" UUID,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "review_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "review_change_report_id_revision_idx" ON "review_change"("report_id", "revision");

-- CreateIndex
CREATE INDEX "review_change_report_id_request_id_idx" ON "review_change"("report_id", "request_id");

-- CreateIndex
CREATE INDEX "review_change_by_id_idx" ON "review_change"("by_id");

-- CreateIndex
CREATE INDEX "review_change_unit_id_idx" ON "review_change"("unit_id");

-- CreateIndex
CREATE INDEX "report_flag_owner_id_settled_at_idx" ON "report_flag"("owner_id", "settled_at");

-- CreateIndex
CREATE INDEX "report_flag_flagged_by_id_told_at_idx" ON "report_flag"("flagged_by_id", "told_at");

-- AddForeignKey
ALTER TABLE "report_flag" ADD CONSTRAINT "report_flag_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "thought_unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_flag" ADD CONSTRAINT "report_flag_field_value_id_fkey" FOREIGN KEY ("field_value_id") REFERENCES "field_value"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_flag" ADD CONSTRAINT "report_flag_next_step_id_fkey" FOREIGN KEY ("next_step_id") REFERENCES "next_step"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_flag" ADD CONSTRAINT "report_flag_sync_entry_id_fkey" FOREIGN KEY ("sync_entry_id") REFERENCES "sync_entry"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_flag" ADD CONSTRAINT "report_flag_settled_by_id_fkey" FOREIGN KEY ("settled_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_change" ADD CONSTRAINT "review_change_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_change" ADD CONSTRAINT "review_change_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_change" ADD CONSTRAINT "review_change_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "thought_unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Units that a correction added stand first in its version: their ids hold the millisecond in which they were made.
UPDATE "thought_unit" AS u SET "first_version" = earliest.version
FROM (
  SELECT unit.id, max(t.version) AS version
  FROM "thought_unit" AS unit
  JOIN "report" AS r ON r.id = unit.report_id
  JOIN "transcript" AS t ON t.dictation_id = r.dictation_id
  WHERE t.created_at <= to_timestamp(('x' || substr(replace(unit.id::text, '-', ''), 1, 12))::bit(48)::bigint / 1000.0)
  GROUP BY unit.id
) AS earliest
WHERE earliest.id = u.id AND earliest.version > 1;

-- Nobody is told now of what was settled long ago.
UPDATE "report_flag" SET "told_at" = "settled_at" WHERE "settled_at" IS NOT NULL;
