-- begin_request for use cases that are ordinary transactions of several statements (an import, a merge of households).
CREATE FUNCTION commit_begin(
  p_community bigint, p_actor uuid, p_key uuid, p_route text, p_body_hash bytea,
  OUT is_known boolean, OUT was_refused boolean, OUT known_reply text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  SELECT b.is_known, b.was_refused, b.known_reply INTO is_known, was_refused, known_reply
  FROM begin_request(p_community, p_actor, p_key, p_route, p_body_hash) AS b;
END
$$;
