-- CreateEnum
CREATE TYPE "redaction_mask" AS ENUM ('tone', 'silence');

-- CreateEnum
CREATE TYPE "doom_reason" AS ENUM ('redaction', 'retention');

-- AlterTable
ALTER TABLE "dictation" ADD COLUMN     "audio_destroyed_at" TIMESTAMPTZ(3),
ADD COLUMN     "text_destroyed_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "line" ADD COLUMN     "keep_original_days" INTEGER NOT NULL DEFAULT 30,
ADD COLUMN     "keep_text_days" INTEGER;

-- CreateTable
CREATE TABLE "redaction" (
    "id" UUID NOT NULL,
    "dictation_id" UUID NOT NULL,
    "by_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "label" TEXT NOT NULL,
    "mask" "redaction_mask" NOT NULL,
    "places" INTEGER NOT NULL,
    "audio_spans" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "redaction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "doomed_object" (
    "object_key" TEXT NOT NULL,
    "line_id" UUID NOT NULL,
    "reason" "doom_reason" NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "doomed_object_pkey" PRIMARY KEY ("object_key")
);

-- CreateIndex
CREATE INDEX "redaction_dictation_id_at_idx" ON "redaction"("dictation_id", "at");

-- CreateIndex
CREATE INDEX "redaction_by_id_idx" ON "redaction"("by_id");

-- CreateIndex
CREATE INDEX "doomed_object_due_at_idx" ON "doomed_object"("due_at");

-- CreateIndex
CREATE INDEX "doomed_object_line_id_idx" ON "doomed_object"("line_id");

-- AddForeignKey
ALTER TABLE "redaction" ADD CONSTRAINT "redaction_dictation_id_fkey" FOREIGN KEY ("dictation_id") REFERENCES "dictation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redaction" ADD CONSTRAINT "redaction_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "doomed_object" ADD CONSTRAINT "doomed_object_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "line"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What belongs to an answer of a survey tells days instead of times, and no order, here as elsewhere.
CREATE OR REPLACE FUNCTION anonymous_dictation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN NEW.id := timeless_id(NEW.id); END IF;
  NEW.started_at := whole_day(NEW.started_at);
  NEW.submitted_at := whole_day(NEW.submitted_at);
  NEW.held_at := whole_day(NEW.held_at);
  NEW.dropped_at := whole_day(NEW.dropped_at);
  NEW.audio_destroyed_at := whole_day(NEW.audio_destroyed_at);
  NEW.text_destroyed_at := whole_day(NEW.text_destroyed_at);
  RETURN NEW;
END $$;

CREATE FUNCTION anonymous_redaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT is_anonymous(NEW.dictation_id) THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN NEW.id := timeless_id(NEW.id); END IF;
  NEW.at := whole_day(NEW.at);
  RETURN NEW;
END $$;
CREATE TRIGGER anonymous_redaction BEFORE INSERT OR UPDATE ON "redaction"
FOR EACH ROW EXECUTE FUNCTION anonymous_redaction();

CREATE FUNCTION anonymous_doomed_object() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.due_at := whole_day(NEW.due_at);
  RETURN NEW;
END $$;
CREATE TRIGGER anonymous_doomed_object BEFORE INSERT OR UPDATE ON "doomed_object"
FOR EACH ROW WHEN (NEW.object_key LIKE 'anonymous/%') EXECUTE FUNCTION anonymous_doomed_object();
