-- AlterTable
ALTER TABLE "field_mapping" ADD COLUMN     "min_confidence" DOUBLE PRECISION NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "report_called_at_idx" ON "report"("called_at");
