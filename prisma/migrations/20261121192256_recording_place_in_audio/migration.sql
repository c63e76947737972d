-- AlterTable
ALTER TABLE "recording" ADD COLUMN     "audio_start_ms" INTEGER;
