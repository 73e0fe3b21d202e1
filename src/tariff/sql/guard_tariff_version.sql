-- Trigger: a tariff that was approved is never edited, and none is ever deleted.
CREATE FUNCTION guard_tariff_version() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.status IN ('approved', 'refused') THEN
    RAISE EXCEPTION 'tariff version is settled' USING ERRCODE = 'EM009';
  END IF;
  IF OLD.status = 'submitted' AND NEW.document <> OLD.document THEN
    RAISE EXCEPTION 'tariff version is submitted' USING ERRCODE = 'EM009';
  END IF;
  RETURN NEW;
END
$$;
