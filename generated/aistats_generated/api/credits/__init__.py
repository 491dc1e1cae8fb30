"""Operations of one room: each module has `_get_kwargs` and `_parse_response`."""
