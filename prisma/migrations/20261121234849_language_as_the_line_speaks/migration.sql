-- AlterTable
ALTER TABLE "app_user" ALTER COLUMN "language" DROP NOT NULL,
ALTER COLUMN "language" DROP DEFAULT;
