-- CreateTable
CREATE TABLE "report_field" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "data_type" TEXT NOT NULL,
    "options" JSONB NOT NULL DEFAULT '[]',
    "cues" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "examples" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "min_confidence" DOUBLE PRECISION,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "author_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "report_field_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "report_field_author_id_idx" ON "report_field"("author_id");

-- CreateIndex
CREATE UNIQUE INDEX "report_field_key_version_key" ON "report_field"("key", "version");

-- AddForeignKey
ALTER TABLE "report_field" ADD CONSTRAINT "report_field_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
