-- The application's only way to write an audit row from an ordinary transaction.
CREATE FUNCTION commit_audit(
  p_community bigint, p_actor uuid, p_role text, p_session uuid, p_request uuid, p_action text, p_subject_kind text,
  p_subject_id text, p_before_hash bytea, p_after_hash bytea, p_result text, p_detail jsonb)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM write_audit(p_community, p_actor, p_role, p_session, p_request, p_action, p_subject_kind, p_subject_id,
    p_before_hash, p_after_hash, p_result, p_detail);
END
$$;
