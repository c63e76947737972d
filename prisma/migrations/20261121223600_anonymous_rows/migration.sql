-- AlterTable
ALTER TABLE "answer" ADD COLUMN     "done" BOOLEAN NOT NULL DEFAULT false;

-- What belongs to an answer of a survey carries random ids and days instead of times, whatever code writes it:
-- neither the time in a UUIDv7 nor a timestamp may be laid beside somebody's list of calls. Two things are left
-- exact while they are needed and gone afterwards: recording.next_attempt_at and job.lease_expires_at.

CREATE FUNCTION whole_day(at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE AS $$ SELECT date_trunc('day', at, 'UTC') $$;

CREATE FUNCTION timeless_id(id uuid) RETURNS uuid
LANGUAGE sql VOLATILE AS $$ SELECT CASE WHEN substr(id::text, 15, 1) = '4' THEN id ELSE gen_random_uuid() END $$;

CREATE FUNCTION is_anonymous(dictation uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$ SELECT EXISTS (SELECT FROM dictation d WHERE d.id = $1 AND d.answer_id IS NOT NULL) $$;

ALTER TABLE "dictation" ADD CONSTRAINT "answer_without_speaker" CHECK (answer_id IS NULL OR speaker_id IS NULL);

CREATE FUNCTION anonymous_dictation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN NEW.id := timeless_id(NEW.id); END IF;
  NEW.started_at := whole_day(NEW.started_at);
  NEW.submitted_at := whole_day(NEW.submitted_at);
  NEW.held_at := whole_day(NEW.held_at);
  NEW.dropped_at := whole_day(NEW.dropped_at);
  RETURN NEW;
END $$;
CREATE TRIGGER anonymous_dictation BEFORE INSERT OR UPDATE ON "dictation"
FOR EACH ROW WHEN (NEW.answer_id IS NOT NULL) EXECUTE FUNCTION anonymous_dictation();

CREATE FUNCTION anonymous_recording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT is_anonymous(NEW.dictation_id) THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN NEW.id := timeless_id(NEW.id); END IF;
  NEW.created_at := whole_day(NEW.created_at);
  NEW.announced_at := whole_day(NEW.announced_at);
  NEW.verified_at := whole_day(NEW.verified_at);
  NEW.carrier_deleted_at := whole_day(NEW.carrier_deleted_at);
  NEW.destroyed_at := whole_day(NEW.destroyed_at);
  RETURN NEW;
END $$;
CREATE TRIGGER anonymous_recording BEFORE INSERT OR UPDATE ON "recording"
FOR EACH ROW EXECUTE FUNCTION anonymous_recording();

-- Due at the end of a day, so that all that came in on one day are due together, in the order of random ids.
CREATE FUNCTION anonymous_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT is_anonymous(NEW.dictation_id) THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN NEW.id := timeless_id(NEW.id); END IF;
  NEW.created_at := whole_day(NEW.created_at);
  IF NEW.due_at <> whole_day(NEW.due_at) THEN NEW.due_at := whole_day(NEW.due_at) + interval '24 hours'; END IF;
  NEW.claimed_at := whole_day(NEW.claimed_at);
  NEW.finalized_at := whole_day(NEW.finalized_at);
  RETURN NEW;
END $$;
CREATE TRIGGER anonymous_job BEFORE INSERT OR UPDATE ON "job"
FOR EACH ROW EXECUTE FUNCTION anonymous_job();

CREATE FUNCTION anonymous_job_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT is_anonymous((SELECT j.dictation_id FROM job j WHERE j.id = NEW.job_id)) THEN RETURN NEW; END IF;
  NEW.id := timeless_id(NEW.id);
  NEW.at := whole_day(NEW.at);
  RETURN NEW;
END $$;
CREATE TRIGGER anonymous_job_event BEFORE INSERT ON "job_event"
FOR EACH ROW EXECUTE FUNCTION anonymous_job_event();

CREATE FUNCTION anonymous_transcript() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT is_anonymous(NEW.dictation_id) THEN RETURN NEW; END IF;
  NEW.id := timeless_id(NEW.id);
  NEW.created_at := whole_day(NEW.created_at);
  RETURN NEW;
END $$;
CREATE TRIGGER anonymous_transcript BEFORE INSERT ON "transcript"
FOR EACH ROW EXECUTE FUNCTION anonymous_transcript();

-- Who calls a survey line is not known to its call.
CREATE FUNCTION anonymous_call() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT l.purpose FROM line l WHERE l.id = NEW.line_id) <> 'survey' THEN RETURN NEW; END IF;
  NEW.id := timeless_id(NEW.id);
  NEW.carrier_call_id := NULL;
  NEW.from_number := NULL;
  NEW.user_id := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER anonymous_call BEFORE INSERT ON "call"
FOR EACH ROW EXECUTE FUNCTION anonymous_call();

-- Rows lie in a table in the order in which they were written, and say in which transaction. This writes those of a
-- survey anew, in one transaction and in random order.
CREATE FUNCTION shuffle_survey_rows(survey uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  row_id uuid;
BEGIN
  -- Shorter than the server waits before it looks for a deadlock: should two block each other, it is this that fails.
  PERFORM set_config('lock_timeout', '200ms', true);
  FOR row_id IN SELECT r.id FROM survey_response r WHERE r.survey_id = $1 ORDER BY random() LOOP
    UPDATE survey_response SET day = day WHERE id = row_id;
  END LOOP;
  FOR row_id IN
    SELECT a.id FROM answer a JOIN survey_response r ON r.id = a.response_id
    WHERE r.survey_id = $1 ORDER BY random()
  LOOP
    UPDATE answer SET done = done WHERE id = row_id;
  END LOOP;
  FOR row_id IN
    SELECT d.id FROM dictation d JOIN answer a ON a.id = d.answer_id
    JOIN survey_response r ON r.id = a.response_id WHERE r.survey_id = $1 ORDER BY random()
  LOOP
    UPDATE dictation SET urgent = urgent WHERE id = row_id;
    UPDATE recording SET part = part WHERE dictation_id = row_id;
    UPDATE job SET due_at = due_at WHERE dictation_id = row_id;
    UPDATE job_event SET kind = kind WHERE job_id = (SELECT j.id FROM job j WHERE j.dictation_id = row_id);
    UPDATE transcript SET version = version WHERE dictation_id = row_id;
  END LOOP;
END $$;
