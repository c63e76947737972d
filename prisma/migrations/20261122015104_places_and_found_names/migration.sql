-- AlterTable
ALTER TABLE "competitor" ADD COLUMN     "found_in_report_id" UUID;

-- AlterTable
ALTER TABLE "contact" ADD COLUMN     "found_in_report_id" UUID;

-- AlterTable
ALTER TABLE "report" ADD COLUMN     "aligned_transcript_id" UUID;

-- AlterTable
ALTER TABLE "transcript" ADD COLUMN     "places" JSONB;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_found_in_report_id_fkey" FOREIGN KEY ("found_in_report_id") REFERENCES "report"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "competitor" ADD CONSTRAINT "competitor_found_in_report_id_fkey" FOREIGN KEY ("found_in_report_id") REFERENCES "report"("id") ON DELETE SET NULL ON UPDATE CASCADE;
