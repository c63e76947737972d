-- AlterTable
ALTER TABLE "sync_entry" ADD COLUMN     "revision" TEXT;
