-- One audit row, in the transaction of the change it tells of (I-17). The detail never holds personal data (I-23).
CREATE FUNCTION write_audit(
  p_community bigint, p_actor uuid, p_role text, p_session uuid, p_request uuid, p_action text, p_subject_kind text,
  p_subject_id text, p_before_hash bytea, p_after_hash bytea, p_result text, p_detail jsonb)
RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
  INSERT INTO audit_record (community_id, audit_id, at, actor_id, actor_role, session_id, request_id, action,
    subject_kind, subject_id, before_hash, after_hash, result, detail)
  VALUES (p_community, new_id(), app_now(), p_actor, p_role, p_session, p_request, p_action,
    p_subject_kind, p_subject_id, p_before_hash, p_after_hash, p_result, p_detail);
END
$$;
