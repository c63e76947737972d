-- CreateEnum
CREATE TYPE "code_model_state" AS ENUM ('candidate', 'in_force', 'superseded', 'refused');

-- CreateTable
CREATE TABLE "code_model" (
    "version" INTEGER NOT NULL,
    "state" "code_model_state" NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "compared_with" INTEGER NOT NULL,
    "weights" JSONB,
    "learned_from" JSONB NOT NULL,
    "measures" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "trained_at" TIMESTAMPTZ(3) NOT NULL,
    "trained_by_id" UUID,
    "in_force_since" TIMESTAMPTZ(3),
    "put_in_force_by_id" UUID,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "code_model_pkey" PRIMARY KEY ("version")
);

-- CreateIndex
CREATE UNIQUE INDEX "code_model_fingerprint_key" ON "code_model"("fingerprint");

-- CreateIndex
CREATE INDEX "code_model_state_idx" ON "code_model"("state");

-- AddForeignKey
ALTER TABLE "code_model" ADD CONSTRAINT "code_model_trained_by_id_fkey" FOREIGN KEY ("trained_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "code_model" ADD CONSTRAINT "code_model_put_in_force_by_id_fkey" FOREIGN KEY ("put_in_force_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
