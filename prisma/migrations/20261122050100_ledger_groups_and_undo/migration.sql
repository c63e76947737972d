-- DropIndex
DROP INDEX "sync_entry_connector_id_object_type_external_key_target_fie_idx";

-- AlterTable
ALTER TABLE "sync_entry" ADD COLUMN     "group_key" UUID NOT NULL DEFAULT gen_random_uuid(),
ADD COLUMN     "urgent" BOOLEAN NOT NULL DEFAULT false;

-- What stands in the ledger already keeps its order.
UPDATE "sync_entry" AS entry
SET "group_key" = coalesce(report."account_id", report."id"), "urgent" = report."urgent"
FROM "report" AS report
WHERE report."id" = entry."report_id";

-- CreateTable
CREATE TABLE "crm_description" (
    "connector_id" UUID NOT NULL,
    "objects" JSONB NOT NULL,
    "described_at" TIMESTAMPTZ(3) NOT NULL,
    "stale" BOOLEAN NOT NULL DEFAULT false,
    "failed_at" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "crm_description_pkey" PRIMARY KEY ("connector_id")
);

-- CreateTable
CREATE TABLE "report_undo" (
    "id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "scope" TEXT NOT NULL,
    "undone_by_id" UUID,
    "undone_at" TIMESTAMPTZ(3) NOT NULL,
    "released_at" TIMESTAMPTZ(3),
    "released_by_id" UUID,

    CONSTRAINT "report_undo_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "report_undo_report_id_released_at_idx" ON "report_undo"("report_id", "released_at");

-- CreateIndex
CREATE INDEX "sync_entry_connector_id_object_type_external_key_target_fie_idx" ON "sync_entry"("connector_id", "object_type", "external_key", "target_field", "written_at");

-- CreateIndex
CREATE INDEX "sync_entry_connector_id_status_urgent_group_key_created_at_idx" ON "sync_entry"("connector_id", "status", "urgent", "group_key", "created_at");

-- AddForeignKey
ALTER TABLE "crm_description" ADD CONSTRAINT "crm_description_connector_id_fkey" FOREIGN KEY ("connector_id") REFERENCES "connector"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_undo" ADD CONSTRAINT "report_undo_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_undo" ADD CONSTRAINT "report_undo_undone_by_id_fkey" FOREIGN KEY ("undone_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_undo" ADD CONSTRAINT "report_undo_released_by_id_fkey" FOREIGN KEY ("released_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
