-- A refusal is an answer like any other and is kept: a late duplicate must not turn it into a deduction nobody sees.
CREATE FUNCTION refuse_request(
  p_community bigint, p_actor uuid, p_key uuid, p_request uuid, p_code text, p_params jsonb,
  OUT is_refused boolean, OUT is_replay boolean, OUT reply text)
LANGUAGE plpgsql
AS $$
BEGIN
  is_refused := true;
  is_replay := false;
  reply := finish_request(p_community, p_actor, p_key, true,
    jsonb_build_object('code', p_code, 'params', p_params, 'requestId', p_request)::text);
END
$$;
