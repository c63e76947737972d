-- CreateEnum
CREATE TYPE "finding_kind" AS ENUM ('differs', 'lacks', 'gone', 'doubled');

-- CreateEnum
CREATE TYPE "finding_remedy" AS ENUM ('write_ours', 'accept_theirs', 'ignore', 'vanished');

-- AlterTable
ALTER TABLE "account" ADD COLUMN     "merged_into_id" UUID;

-- AlterTable
ALTER TABLE "connector" ADD COLUMN     "secrets_entered" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "crm_import" (
    "connector_id" UUID NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "every_minutes" INTEGER NOT NULL DEFAULT 15,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "crm_import_pkey" PRIMARY KEY ("connector_id")
);

-- CreateTable
CREATE TABLE "crm_import_cursor" (
    "connector_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "cursor" TEXT,
    "complete" BOOLEAN NOT NULL DEFAULT false,
    "done_at" TIMESTAMPTZ(3),
    "read" INTEGER NOT NULL DEFAULT 0,
    "added" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "deactivated" INTEGER NOT NULL DEFAULT 0,
    "merged" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "crm_import_cursor_pkey" PRIMARY KEY ("connector_id","kind")
);

-- CreateTable
CREATE TABLE "crm_held_record" (
    "id" UUID NOT NULL,
    "connector_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "remote_id" TEXT NOT NULL,
    "record" JSONB NOT NULL,
    "waits_for" TEXT,
    "candidate_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "crm_held_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation" (
    "id" UUID NOT NULL,
    "connector_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_by_id" UUID,
    "ended_at" TIMESTAMPTZ(3),
    "next_at" TIMESTAMPTZ(3),
    "records" INTEGER NOT NULL DEFAULT 0,
    "found" INTEGER NOT NULL DEFAULT 0,
    "vanished" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,

    CONSTRAINT "reconciliation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciled_record" (
    "connector_id" UUID NOT NULL,
    "object_type" TEXT NOT NULL,
    "external_key" TEXT NOT NULL,
    "checked_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconciled_record_pkey" PRIMARY KEY ("connector_id","object_type","external_key")
);

-- CreateTable
CREATE TABLE "reconciliation_finding" (
    "id" UUID NOT NULL,
    "connector_id" UUID NOT NULL,
    "kind" "finding_kind" NOT NULL,
    "object_type" TEXT NOT NULL,
    "external_key" TEXT NOT NULL,
    "target_field" TEXT NOT NULL DEFAULT '',
    "sync_entry_id" UUID NOT NULL,
    "ours" JSONB,
    "theirs" JSONB,
    "matches" INTEGER,
    "url" TEXT,
    "found_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),
    "settled_by_id" UUID,
    "remedy" "finding_remedy",

    CONSTRAINT "reconciliation_finding_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "crm_import_active_due_at_idx" ON "crm_import"("active", "due_at");

-- CreateIndex
CREATE INDEX "crm_held_record_connector_id_waits_for_idx" ON "crm_held_record"("connector_id", "waits_for");

-- CreateIndex
CREATE UNIQUE INDEX "crm_held_record_connector_id_kind_remote_id_key" ON "crm_held_record"("connector_id", "kind", "remote_id");

-- CreateIndex
CREATE INDEX "reconciliation_connector_id_started_at_idx" ON "reconciliation"("connector_id", "started_at");

-- CreateIndex
CREATE INDEX "reconciliation_ended_at_next_at_idx" ON "reconciliation"("ended_at", "next_at");

-- CreateIndex
CREATE INDEX "reconciled_record_connector_id_object_type_checked_at_idx" ON "reconciled_record"("connector_id", "object_type", "checked_at");

-- CreateIndex
CREATE INDEX "reconciliation_finding_connector_id_object_type_external_ke_idx" ON "reconciliation_finding"("connector_id", "object_type", "external_key");

-- CreateIndex
CREATE INDEX "reconciliation_finding_settled_at_found_at_idx" ON "reconciliation_finding"("settled_at", "found_at");

-- CreateIndex
CREATE INDEX "reconciliation_finding_sync_entry_id_idx" ON "reconciliation_finding"("sync_entry_id");

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crm_import" ADD CONSTRAINT "crm_import_connector_id_fkey" FOREIGN KEY ("connector_id") REFERENCES "connector"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crm_import_cursor" ADD CONSTRAINT "crm_import_cursor_connector_id_fkey" FOREIGN KEY ("connector_id") REFERENCES "connector"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crm_held_record" ADD CONSTRAINT "crm_held_record_connector_id_fkey" FOREIGN KEY ("connector_id") REFERENCES "connector"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconciliation" ADD CONSTRAINT "reconciliation_connector_id_fkey" FOREIGN KEY ("connector_id") REFERENCES "connector"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconciliation" ADD CONSTRAINT "reconciliation_started_by_id_fkey" FOREIGN KEY ("started_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconciled_record" ADD CONSTRAINT "reconciled_record_connector_id_fkey" FOREIGN KEY ("connector_id") REFERENCES "connector"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconciliation_finding" ADD CONSTRAINT "reconciliation_finding_connector_id_fkey" FOREIGN KEY ("connector_id") REFERENCES "connector"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconciliation_finding" ADD CONSTRAINT "reconciliation_finding_sync_entry_id_fkey" FOREIGN KEY ("sync_entry_id") REFERENCES "sync_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconciliation_finding" ADD CONSTRAINT "reconciliation_finding_settled_by_id_fkey" FOREIGN KEY ("settled_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
