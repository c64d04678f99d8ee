"""Records of what was seen."""

from alttext.scale import Wanted, unseen


def test_a_picture_that_cannot_be_looked_at_is_left_for_a_person():
    wanted = Wanted(sources=("a.png",), files=("/site/a.png",), document="/site/x.html", root="/site")
    seen = unseen(wanted, "image-unreadable", "/site/a.png: damaged; replace the file")
    assert (seen.description.text, seen.description.review) == (None, True)
    assert seen.description.reasons == ("image-unreadable",)
    assert (seen.error, seen.vector, seen.facts) == ("image-unreadable", None, None)
