-- AlterTable
ALTER TABLE "job" ADD COLUMN     "worked_ms" INTEGER;
