"""A font that has Chinese characters, looked up on this machine; none is shipped (they are large)."""

from __future__ import annotations

from functools import cache

from qualcode.problems import Place, Problem, problem

# In order of preference: complete and free first, then what Windows, macOS and older Linux have.
FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Noto Sans CJK TC",
    "Noto Sans CJK JP",
    "Heiti SC",
    "SimSun",
    "Arial Unicode MS",
)


@cache
def cjk_font() -> str:
    """Return the family of the first such font that matplotlib finds, "" where there is none."""
    from matplotlib import font_manager

    found = {font.name for font in font_manager.fontManager.ttflist}
    return next((family for family in FAMILIES if family in found), "")


def missing_font() -> Problem:
    """Say that pictures show ids in place of Chinese names, and what to install."""
    return problem(
        "no-chinese-font",
        Place(),
        "no font with Chinese characters was found, so figures show the ids of codes",
        hint="install one: 'apt install fonts-noto-cjk' (Debian, Ubuntu), 'dnf install "
        "google-noto-sans-cjk-fonts' (Fedora), or Noto Sans CJK SC by hand, then run again",
        severity="warning",
    )
