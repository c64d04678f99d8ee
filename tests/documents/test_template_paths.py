import pytest

from alttext.documents import parse, template_paths

KNOWN = {
    "Jekyll's filter": ("{{ '/img/a.png' | relative_url }}", "/img/a.png"),
    "the filter for whole addresses": ('{{"img/a b.png"|absolute_url}}', "/img/a b.png"),
    "white space taken away": ("{{- '/a.png' | relative_url -}}", "/a.png"),
    "the place of the site put before": ("{{ '/a.png' | prepend: site.baseurl }}", "/a.png"),
    "both parts of it put before": ("{{ '/a.png' | prepend: site.baseurl | prepend: site.url }}", "/a.png"),
    "Hugo's function": ('{{ "img/a.png" | relURL }}', "/img/a.png"),
    "the place of the site written before": ("{{ site.baseurl }}/img/a.png", "/img/a.png"),
    "without a slash": ("{{site.baseurl}}img/a.png", "/img/a.png"),
    "both parts of it written before": ("{{ site.url }}{{ site.baseurl }}/a.png?v=1", "/a.png?v=1"),
    "a file elsewhere": ("{{ 'https://a.example/a.png' | absolute_url }}", "https://a.example/a.png"),
}
UNKNOWN = [
    "",
    "a.png",
    "{{ page.image }}",
    "{{ site.baseurl }}",
    "{{ site.baseurl }}/img/{{ page.image }}",
    "{{ page.image | relative_url }}",
    "{{ '/a.png' | append: page.size | relative_url }}",
    "{{ '/a.png' | relative_url }}?v={{ site.time }}",
    "{{ '/a.png' }}",
    "{{ site.data.logo }}/a.png",
    "{{ '/a.png' | relative_url",
]


@pytest.mark.parametrize(("address", "path"), KNOWN.values(), ids=KNOWN)
def test_a_file_is_known_where_a_template_only_says_where_the_site_is(address, path):
    assert template_paths.known(address) == path


@pytest.mark.parametrize("address", UNKNOWN)
def test_what_a_template_makes_of_an_address_is_not_guessed(address):
    assert template_paths.known(address) == address


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ('![]({{ "/img/a.png" | relative_url }})', "markdown"),
        ("![]({{ site.baseurl }}/img/a.png)", "markdown"),
        ("<img src=\"{{ '/img/a.png' | relative_url }}\">", "html"),
        ("<img src='{{ site.baseurl }}/img/a.png'>", "html"),
    ],
)
def test_such_an_image_is_found_with_its_file_and_open(text, format):
    (ref,) = parse(text, format)
    assert (ref.src, ref.slot is not None, ref.blocked) == ("/img/a.png", True, "")
