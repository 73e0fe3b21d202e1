-- finish_request for the same transactions. A reply that is kept already is never replaced.
CREATE FUNCTION commit_finish(p_community bigint, p_actor uuid, p_key uuid, p_reply text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM 1 FROM request
  WHERE community_id = p_community AND actor_id = p_actor AND idem_key = p_key AND reply IS NULL AND is_refused IS NULL
  FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'request is answered or was never begun' USING ERRCODE = 'EM009';
  END IF;
  PERFORM finish_request(p_community, p_actor, p_key, false, p_reply);
END
$$;
