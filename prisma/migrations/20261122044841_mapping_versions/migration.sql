-- DropIndex
DROP INDEX "field_mapping_connector_id_source_object_type_target_field__key";

-- AlterTable
ALTER TABLE "field_mapping" ADD COLUMN     "closed_in" INTEGER,
ADD COLUMN     "key" UUID,
ADD COLUMN     "line_ids" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "regions" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "team_ids" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "value_map" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "mapping_version" (
    "connector_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "restores" INTEGER,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mapping_version_pkey" PRIMARY KEY ("connector_id","version")
);

-- CreateTable
CREATE TABLE "mapping_draft" (
    "connector_id" UUID NOT NULL,
    "base_version" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "content" JSONB NOT NULL,
    "updated_by_id" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mapping_draft_pkey" PRIMARY KEY ("connector_id")
);

-- Rows so far were never changed on a screen: each is a mapping of its own, and what a connector had is its version 1.
UPDATE "field_mapping" SET "key" = "id", "version" = 1, "closed_in" = CASE WHEN "closed_at" IS NOT NULL THEN 1 END;
ALTER TABLE "field_mapping" ALTER COLUMN "key" SET NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "field_mapping_connector_id_key_version_key" ON "field_mapping"("connector_id", "key", "version");

-- AddForeignKey
ALTER TABLE "mapping_version" ADD CONSTRAINT "mapping_version_connector_id_fkey" FOREIGN KEY ("connector_id") REFERENCES "connector"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mapping_version" ADD CONSTRAINT "mapping_version_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mapping_draft" ADD CONSTRAINT "mapping_draft_connector_id_fkey" FOREIGN KEY ("connector_id") REFERENCES "connector"("id") ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO "mapping_version" ("connector_id", "version", "note", "created_at")
SELECT "connector_id", 1, 'As it came with the connection', MIN("created_at") FROM "field_mapping" GROUP BY "connector_id";
