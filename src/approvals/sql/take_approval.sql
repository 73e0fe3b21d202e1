-- I-13: marks an approval as given, once, by somebody else than its maker, within its time, for the payload that was
-- submitted. Returns NULL, or the code of the refusal. Called inside the commit function that carries the payload out.
CREATE FUNCTION take_approval(
  p_community bigint, p_approval uuid, p_kind text, p_payload_hash bytea, p_actor uuid, p_household uuid, p_now timestamptz)
RETURNS text
LANGUAGE plpgsql
AS $$
DECLARE
  v_approval record;
BEGIN
  SELECT status, maker_id, expires_at, payload_hash, kind INTO v_approval
  FROM approval WHERE community_id = p_community AND approval_id = p_approval FOR NO KEY UPDATE;
  IF NOT FOUND OR v_approval.kind <> p_kind OR v_approval.payload_hash <> p_payload_hash THEN
    RETURN 'approvals.not-found';
  ELSIF v_approval.status <> 'pending' THEN
    RETURN 'approvals.already-decided';
  ELSIF v_approval.expires_at <= p_now THEN
    RETURN 'approvals.expired';
  ELSIF v_approval.maker_id = p_actor THEN
    RETURN 'approvals.own-submission';
  END IF;
  PERFORM 1 FROM staff_household
  WHERE community_id = p_community AND household_id = p_household AND person_id = p_actor;
  IF FOUND THEN
    RETURN 'approvals.own-household';
  END IF;
  UPDATE approval SET status = 'approved', decided_by = p_actor, decided_at = p_now
  WHERE community_id = p_community AND approval_id = p_approval;
  RETURN NULL;
END
$$;
