-- AlterTable
ALTER TABLE "draft_version" ADD COLUMN     "marks" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "draft_change" (
    "job_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "removed" INTEGER NOT NULL,
    "inserted" TEXT NOT NULL,
    "anchors" JSONB,
    "marks" JSONB,
    "user_id" UUID,
    "window_key" TEXT,
    "restored_from" INTEGER,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_change_pkey" PRIMARY KEY ("job_id","revision")
);

-- CreateTable
CREATE TABLE "draft_pack" (
    "job_id" UUID NOT NULL,
    "first_revision" INTEGER NOT NULL,
    "last_revision" INTEGER NOT NULL,
    "changes" BYTEA NOT NULL,

    CONSTRAINT "draft_pack_pkey" PRIMARY KEY ("job_id","last_revision")
);

-- AddForeignKey
ALTER TABLE "draft_change" ADD CONSTRAINT "draft_change_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_change" ADD CONSTRAINT "draft_change_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_pack" ADD CONSTRAINT "draft_pack_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;
