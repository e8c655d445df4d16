"""A folder of journals is followed: each decision once, whoever writes it and however files are replaced."""

from qualcode.review.following import Following
from qualcode.review.journal import Journal


def test_each_decision_comes_once(tmp_path):
    following = Following(tmp_path / "decisions")
    assert following.new() == []
    mine, theirs = Journal(tmp_path / "decisions", "甲"), Journal(tmp_path / "decisions", "乙")
    first = mine.append("accept", document="I03", code="fear")
    assert following.new() == [first]
    second = theirs.append("reject", document="I03", code="fear")
    third = mine.append("memo", document="I03", memo="两人不同")
    assert sorted(one.id for one in following.new()) == sorted([second.id, third.id])
    assert following.new() == []


def test_a_line_is_read_when_it_is_whole(tmp_path):
    journal = Journal(tmp_path, "甲")
    made = journal.append("accept", document="I03", code="fear")
    data = journal.path.read_bytes()
    following = Following(tmp_path)
    journal.path.write_bytes(data[:-7])
    assert following.new() == [] and following.problems == []
    journal.path.write_bytes(data)
    assert following.new() == [made]


def test_a_file_that_a_synchroniser_replaced_is_read_again(tmp_path):
    journal = Journal(tmp_path, "甲")
    journal.append("accept", document="I03", code="fear")
    following = Following(tmp_path)
    following.new()
    other = Journal(tmp_path / "elsewhere", "甲")
    made = [other.append("reject", document="I03", code="fear"), other.append("memo", memo="x", code="fear")]
    journal.path.write_bytes(other.path.read_bytes())
    assert following.new() == made


def test_a_damaged_line_is_named_and_the_others_stand(tmp_path):
    journal = Journal(tmp_path, "甲")
    made = journal.append("accept", document="I03", code="fear")
    with journal.path.open("a", encoding="utf-8") as stream:
        stream.write("{broken\n")
    following = Following(tmp_path)
    assert following.new() == [made]
    assert [one.kind for one in following.problems] == ["damaged-decision"]
