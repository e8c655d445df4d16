"""简体中文。Keys are the English templates exactly as the code says them; `{names}` must be the same."""

from qualcode.languages import (
    zh_agreement,
    zh_analyses,
    zh_claims,
    zh_codebook,
    zh_commands,
    zh_corpus,
    zh_help,
    zh_lint,
    zh_pages,
    zh_report,
    zh_review,
    zh_scale,
    zh_theory,
    zh_time,
    zh_wording,
    zh_workshop,
)

CATALOGUE: dict[str, str] = {
    **zh_report.CATALOGUE,
    **zh_agreement.CATALOGUE,
    **zh_analyses.CATALOGUE,
    **zh_claims.CATALOGUE,
    **zh_wording.CATALOGUE,
    **zh_theory.CATALOGUE,
    **zh_time.CATALOGUE,
    **zh_workshop.CATALOGUE,
    **zh_review.CATALOGUE,
    **zh_scale.CATALOGUE,
    **zh_pages.CATALOGUE,
    **zh_corpus.CATALOGUE,
    **zh_codebook.CATALOGUE,
    **zh_help.CATALOGUE,
    **zh_lint.CATALOGUE,
    **zh_commands.CATALOGUE,
}
NOUNS: dict[str, str] = {**zh_codebook.NOUNS, **zh_theory.NOUNS, **zh_time.NOUNS, **zh_claims.NOUNS}
