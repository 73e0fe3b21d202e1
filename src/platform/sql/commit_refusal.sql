-- Keeps a refusal that TypeScript decided on before anything was locked. Answers with what the key was given first.
CREATE FUNCTION commit_refusal(
  p_community bigint, p_actor uuid, p_role text, p_session uuid, p_request uuid, p_key uuid, p_route text,
  p_body_hash bytea, p_code text, p_params jsonb,
  OUT is_refused boolean, OUT is_replay boolean, OUT reply text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  v_begun record;
BEGIN
  v_begun := begin_request(p_community, p_actor, p_key, p_route, p_body_hash);
  IF v_begun.is_known THEN
    is_refused := v_begun.was_refused;
    is_replay := true;
    reply := v_begun.known_reply;
    RETURN;
  END IF;
  SELECT r.is_refused, r.is_replay, r.reply INTO is_refused, is_replay, reply
  FROM refuse_request(p_community, p_actor, p_key, p_request, p_code, p_params) AS r;
END
$$;
