"""Metadata written as YAML: the front matter of a text, a sidecar `NAME.meta.yaml`, a study's defaults.

    ---
    id: I03
    kind: interview            # `type` means the same
    interview_date: 2021-03    # `date` means the same; a month is enough
    case: J市
    rank: 处级                  # any other key is an attribute
    speakers:
      访谈者: interviewer
      张处长: {role: respondent, actor: J市公安局, since: 2017}
    ---

`speakers` may also be a list: `[{id: 张处长, role: respondent, rank: 处级}, …]`. Values are read as written:
`no`, `007` and `1:30` stay text.
"""

from __future__ import annotations

from qualcode.corpus.metadata import Layer, check_role, check_value, known_key, note_near_key
from qualcode.model import Speaker
from qualcode.problems import Place, Problem, problem
from qualcode.yamlnodes import Node, read_yaml

_LABEL_KEYS = ("label", "id", "name")


def read_layer(node: Node, origin: str, problems: list[Problem]) -> Layer:
    """Read a map of metadata; every value checked, every mistake a Problem at its line."""
    if node.kind != "map":
        problems.append(
            problem(
                "wrong-type",
                node.place,
                "metadata is a map of keys and values",
                hint="write for example 'kind: interview', one key per line",
            )
        )
        return Layer(origin)
    values: dict[str, str] = {}
    places: dict[str, Place] = {}
    speakers: dict[str, Speaker] = {}
    for key_node, value in node.entries:
        key = known_key(key_node.text)
        if key == "speakers":
            speakers = read_speakers(value, problems)
            continue
        if key in values:  # `type` beside `kind`: the same key under two names
            problems.append(
                problem(
                    "duplicate-key",
                    key_node.place,
                    "'{written}' says '{key}' a second time; the first one stands",
                    written=key_node.text,
                    key=key,
                )
            )
            continue
        text = _value(key, value, problems)
        values[key] = check_value(key, text, value.place, problems)
        places[key] = value.place
        note_near_key(key, key_node.place, problems)
    return Layer(origin, values, speakers, places)


def read_sidecar(text: str, path: str) -> tuple[Layer, list[Problem]]:
    """Read the text of a `NAME.meta.yaml`; an empty one says nothing."""
    node, problems = read_yaml(text, path)
    if node is None:
        return Layer("sidecar"), problems
    return read_layer(node, "sidecar", problems), problems


def read_speakers(node: Node, problems: list[Problem]) -> dict[str, Speaker]:
    """Read `speakers:`: a map from label to role or to a map, or a list of maps that hold the label."""
    speakers: dict[str, Speaker] = {}
    if node.kind == "map":
        for key, said in node.entries:
            speakers[key.text.strip()] = _speaker(key.text.strip(), said, problems)
        return speakers
    for item in node.items:
        label_node = (
            next((found for key in _LABEL_KEYS if (found := item.get(key))), None) if item.entries else item
        )
        if label_node is None or not label_node.text.strip():
            problems.append(
                problem(
                    "missing-label",
                    item.place,
                    "this speaker has no label",
                    hint="add 'label:' with the name as it stands in the transcript",
                )
            )
            continue
        label = label_node.text.strip()
        speakers[label] = _speaker(label, item, problems, but=label_node)
    if node.kind == "text" and node.text.strip():
        problems.append(
            problem(
                "wrong-type",
                node.place,
                "speakers is a map from labels to roles",
                hint="write for example 'speakers: {{访谈者: interviewer, 张处长: respondent}}'",
            )
        )
    return speakers


def _speaker(label: str, node: Node, problems: list[Problem], but: Node | None = None) -> Speaker:
    if node.kind == "text":
        if node is but:  # a list of bare labels declares them as speakers, no more
            return Speaker(label)
        return speaker_from_texts(label, {"role": (node.text, node.place)}, problems)
    said = {
        key.text.strip(): (_value(key.text.strip(), value, problems), value.place)
        for key, value in node.entries
        if value is not but
    }
    return speaker_from_texts(label, said, problems)


def speaker_from_texts(label: str, said: dict[str, tuple[str, Place]], problems: list[Problem]) -> Speaker:
    """Make a declared speaker from texts by key; keys other than role, actor and since are attributes."""
    role_text, role_place = said.get("role", ("", Place()))
    role = check_role(role_text, role_place, problems) if role_text.strip() else "unknown"
    since, since_place = said.get("since", ("", Place()))
    return Speaker(
        label,
        role=role,
        role_source="declared" if role != "unknown" else "unknown",
        actor=said.get("actor", ("", Place()))[0].strip(),
        since=check_value("since", since, since_place, problems),
        attributes={
            key: text.strip()
            for key, (text, _) in sorted(said.items())
            if key not in {"role", "actor", "since"} and text.strip()
        },
    )


def _value(key: str, node: Node, problems: list[Problem]) -> str:
    """A scalar as written, a list of scalars joined by `;`; a map has no place in a table cell."""
    if node.kind == "text":
        return node.text
    if node.kind == "list" and all(item.kind == "text" for item in node.items):
        return "; ".join(item.text.strip() for item in node.items)
    problems.append(
        problem(
            "wrong-type",
            node.place,
            "'{key}' holds more than a value or a list of values",
            hint="give each part a key of its own",
            key=key,
        )
    )
    return ""
