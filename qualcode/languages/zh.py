"""简体中文。Keys are the English templates exactly as the code says them; `{names}` must be the same."""

CATALOGUE: dict[str, str] = {}
