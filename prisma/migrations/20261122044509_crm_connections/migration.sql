-- AlterTable
ALTER TABLE "connector" ADD COLUMN     "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "check_problem" TEXT,
ADD COLUMN     "checked_at" TIMESTAMPTZ(3),
ADD COLUMN     "next_request_at" TIMESTAMPTZ(3),
ADD COLUMN     "pause_reason" TEXT,
ADD COLUMN     "paused_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "crm_link" (
    "connector_id" UUID NOT NULL,
    "object_type" TEXT NOT NULL,
    "external_key" TEXT NOT NULL,
    "remote_id" TEXT NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "crm_link_pkey" PRIMARY KEY ("connector_id","object_type","external_key")
);

-- CreateIndex
CREATE INDEX "crm_link_connector_id_object_type_remote_id_idx" ON "crm_link"("connector_id", "object_type", "remote_id");

-- AddForeignKey
ALTER TABLE "crm_link" ADD CONSTRAINT "crm_link_connector_id_fkey" FOREIGN KEY ("connector_id") REFERENCES "connector"("id") ON DELETE CASCADE ON UPDATE CASCADE;
