"""Everything the page says is said in both languages, with the same names in it; and nothing else is."""

import re

from qualcode.languages.zh_desk import PAGE
from qualcode.web.page import SCRIPTS, packaged
from qualcode.web.said import SAID

NAMES = re.compile(r"\{(\w+)\}")


def test_every_word_has_its_chinese_form():
    assert sorted(set(SAID.values()) - PAGE.keys()) == []
    assert sorted(PAGE.keys() - set(SAID.values())) == []


def test_both_forms_name_the_same():
    assert [text for text, form in PAGE.items() if set(NAMES.findall(text)) != set(NAMES.findall(form))] == []


def test_what_the_scripts_and_the_page_say_is_there():
    scripts = "".join(packaged(f"{name}.js") for name in SCRIPTS)
    asked = set(re.findall(r'say\("([\w.]+)"', scripts))
    asked |= set(re.findall(r'data-(?:say|label)="([\w.]+)"', packaged("page.html")))
    asked |= set(re.findall(r'does: "([\w.]+)"', scripts))
    assert asked and asked <= SAID.keys()
    # Keys put together (`status.${one}`) begin like those of the list.
    begun = set(re.findall(r"say\(`([\w.]+)\$\{", scripts))
    for start in begun:
        assert any(key.startswith(start) for key in SAID), start
    whole = {key for key in SAID if f'"{key}"' not in scripts + packaged("page.html")}
    unsaid = {
        key for key in whole if not any(key.startswith(start) for start in begun | {"did.", "said.", "help."})
    }
    ids = set(re.findall(r'id: "(\w+)"', scripts)) | {"acceptblind", "acceptnone"}
    assert unsaid - ids == set()


def test_no_script_makes_markup_of_words():
    for name in SCRIPTS:
        text = packaged(f"{name}.js")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
        )
