"""Images of many kinds in HTML and in templates, sorted by what alttext should say of each.

Nearly all show "dot.png"; "@" becomes the number of the kind on its page, so that links and labels differ.
"""

# Nobody has said anything about them.
UNSAID = {
    "an image": '<img src="dot.png">',
    "an image in capitals": '<IMG SRC="dot.png">',
    "an image by its old name": '<image src="dot.png">',
    "an image without a source": "<img>",
    "no quotes": "<img src=dot.png>",
    "single quotes": "<img src='dot.png'>",
    "a tag that is closed": '<img src="dot.png"/>',
    "a tag over several lines": '<img\n  src="dot.png"\n  width="40"\n>',
    "a bracket in a value": '<img src="dot.png" data-sum="1>0">',
    "an alternative in data only": '<img src="dot.png" data-alt="A dog.">',
    "an alternative in another value": '<img src="dot.png" data-old=\'alt="A dog."\'>',
    "an empty title": '<img src="dot.png" title="">',
    "an empty label": '<img src="dot.png" aria-label="">',
    "a label that is not there": '<img src="dot.png" aria-labelledby="nowhere">',
    "a label that is empty": '<img src="dot.png" aria-labelledby="L@"><b id="L@"></b>',
    "a description, which is no name": '<img src="dot.png" aria-describedby="D@"><b id="D@">A dog.</b>',
    "a decorative image with focus": '<img src="dot.png" role="presentation" tabindex="0">',
    "a decorative image with an ARIA state": '<img src="dot.png" role="none" aria-live="polite">',
    "a role after the role of an image": '<img src="dot.png" role="img none">',
    "an image as a button": '<img src="dot.png" role="button">',
    "transparency": '<img src="dot.png" style="opacity:0">',
    "an image off screen": '<img src="dot.png" style="position:absolute;left:-999px">',
    "a visible image within something invisible": (
        '<p style="visibility:hidden"><img src="dot.png" style="visibility:visible"></p>'
    ),
    "a decorative container": '<p role="presentation"><img src="dot.png"></p>',
    "loaded late by the browser": '<img src="dot.png" loading="lazy">',
    "loaded late by a script": '<img data-src="dot.png" class="lazyload">',
    "several sizes": '<img src="dot.png" srcset="dot.png 40w, dot.png 80w" sizes="50vw">',
    "a data URI": '<img src="data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=">',
    "a picture": '<picture><source srcset="dot.png"><img src="dot.png"></picture>',
    "a figure with a caption": '<figure><img src="dot.png"><figcaption>A dog.</figcaption></figure>',
    "a figure in a link": (
        '<a href="/@"><figure><img src="dot.png"><figcaption>A dog.</figcaption></figure></a>'
    ),
    "a list": '<ul><li><img src="dot.png"></li><li>Dogs</li></ul>',
    "a list of terms": '<dl><dt>Dogs</dt><dd><img src="dot.png"></dd></dl>',
    "a table": '<table><tr><th scope="col">Dogs</th></tr><tr><td><img src="dot.png"></td></tr></table>',
    "a quotation": '<blockquote><p>Look: <img src="dot.png"></p></blockquote>',
    "a heading": '<h2><img src="dot.png"> Dogs</h2>',
    "another language": '<p lang="de"><img src="dot.png"></p>',
    "two in a line": '<p><img src="dot.png"><img src="dot.png"></p>',
    "a single pixel": '<img src="dot.png" width="1" height="1">',
    "all of a link": '<a href="/@"><img src="dot.png"></a>',
    "a drawing as all of a link": '<a href="/@"><svg role="img"></svg></a>',
    "beside the words of a link": '<a href="/@"><img src="dot.png"> Dogs</a>',
    "a named link": '<a href="/@" aria-label="Dogs"><img src="dot.png"></a>',
    "a link to the picture": '<a href="dot.png"><img src="dot.png"></a>',
    "all of a button": '<button type="button"><img src="dot.png"></button>',
    "an image button": '<input type="image" src="dot.png">',
    "an image button with a value": '<input type="image" src="dot.png" value="Go">',
    "an area": '<img src="dot.png" alt="A map." usemap="#M@"><map name="M@"><area href="/@"></map>',
    "a drawing": '<svg role="img"><rect width="9" height="9"/></svg>',
    "a drawing by another name": '<svg role="image"></svg>',
    "a document of graphics": '<svg role="graphics-document"></svg>',
    "a symbol": '<svg role="graphics-symbol"></svg>',
    "a drawing with an empty title": '<svg role="img"><title> </title></svg>',
    "a drawing with the title of a part": '<svg role="img"><g><title>A leg.</title></g></svg>',
    "a drawing with words": '<svg role="img"><text>A dog.</text></svg>',
    "a part of a drawing": '<svg><g role="img"><rect width="9" height="9"/></g></svg>',
    "a picture in a drawing": '<svg><image role="img" href="dot.png"/></svg>',
    "a role": '<div role="img"></div>',
    "a role by another name": '<div role="image"></div>',
    "a role with words": '<div role="img">A dog.</div>',
    "a role with an empty label": '<div role="img" aria-label=" "></div>',
    "a role with an image that is described": '<div role="img"><img src="dot.png" alt="A dog."></div>',
    "a canvas": '<canvas role="img"></canvas>',
    "a page in the role of an image": '<iframe role="img" src="about:blank"></iframe>',
    "an object": '<object data="dot.png"></object>',
    "an object of a stated type": '<object data="dot.png" type="image/png"></object>',
    "an object with an image in it": '<object data="dot.png"><img src="dot.png" alt="A dog."></object>',
    "an object with words in it": '<object data="dot.png">A dog.</object>',
    "what opens on demand": "<details><summary>More</summary><img src='dot.png'></details>",
    "an image button in capitals": '<input type="IMAGE" src="dot.png">',
    "a document of graphics by its role": '<div role="graphics-document"></div>',
    "a symbol by its role": '<div role="graphics-symbol"></div>',
    "an embedded image": '<embed type="image/png" src="dot.png">',
}
# What a person has said, or a mark of decoration, is not enough; it is not replaced unasked.
POOR = {
    "white space": '<img src="dot.png" alt=" ">',
    "white space that does not break": '<img src="dot.png" alt="&nbsp;">',
    "white space and a title": '<img src="dot.png" alt=" " title="A dog.">',
    "an empty alternative as all of a link": '<a href="/@"><img src="dot.png" alt=""></a>',
    "white space as all of a link": '<a href="/@"><img src="dot.png" alt=" "></a>',
    "a title that is not read as all of a link": '<a href="/@"><img src="dot.png" alt="" title="Dogs"></a>',
    "two empty alternatives as all of a link": (
        '<a href="/@"><img src="dot.png" alt=""><img src="dot.png" alt=""></a>'
    ),
    "hidden words beside an empty alternative": (
        '<a href="/@"><img src="dot.png" alt=""><span hidden>Dogs</span></a>'
    ),
    "words hidden from some": '<a href="/@"><img src="dot.png" alt=""><i aria-hidden="true">Dogs</i></a>',
    "a decorative role as all of a link": '<a href="/@"><img src="dot.png" role="presentation"></a>',
    "all of a link to nowhere": '<a href=""><img src="dot.png" alt=""></a>',
    "the words of its link": '<a href="/@"><img src="dot.png" alt="Dogs"> Dogs</a>',
    "the words of its button": '<button><img src="dot.png" alt="Dogs"> dogs</button>',
    "an image button with an empty alternative": '<input type="image" src="dot.png" alt="">',
    "an image button with white space": '<input type="image" src="dot.png" alt=" ">',
    "an image button with a decorative role": '<input type="image" src="dot.png" role="presentation">',
    "an area with an empty alternative": (
        '<img src="dot.png" alt="A map." usemap="#M@"><map name="M@"><area href="/@" alt=""></map>'
    ),
    "all of a link by its role": '<b role="link" tabindex="0"><img src="dot.png" alt=""></b>',
    "an empty alternative as all of a button": '<button type="button"><img src="dot.png" alt=""></button>',
}
SOUND = {
    "an alternative": '<img src="dot.png" alt="A dog.">',
    "an empty alternative": '<img src="dot.png" alt="">',
    "no value": '<img src="dot.png" alt>',
    "a title": '<img src="dot.png" title="A dog.">',
    "a label": '<img src="dot.png" aria-label="A dog.">',
    "a label elsewhere": '<img src="dot.png" aria-labelledby="L@"><b id="L@">A dog.</b>',
    "a hidden label elsewhere": '<img src="dot.png" aria-labelledby="L@"><b id="L@" hidden>A dog.</b>',
    "a decorative role": '<img src="dot.png" role="presentation">',
    "a decorative role by its short name": '<img src="dot.png" role="none">',
    "a decorative role and a title": '<img src="dot.png" role="none" title="A dog.">',
    "hidden from assistive technology": '<img src="dot.png" aria-hidden="true">',
    "hidden": '<img src="dot.png" hidden>',
    "not displayed": '<img src="dot.png" style="display:none">',
    "invisible": '<img src="dot.png" style="visibility:hidden">',
    "within something hidden": '<p hidden><img src="dot.png"></p>',
    "within something not displayed": (
        '<p style="display:none"><img src="dot.png" style="visibility:visible"></p>'
    ),
    "a picture": '<picture><source srcset="dot.png"><img src="dot.png" alt="A dog."></picture>',
    "all of a link": '<a href="/@"><img src="dot.png" alt="Dogs"></a>',
    "a title as all of a link": '<a href="/@"><img src="dot.png" title="Dogs"></a>',
    "an empty alternative beside the words of a link": '<a href="/@"><img src="dot.png" alt=""> Dogs</a>',
    "an empty alternative in a named link": '<a href="/@" aria-label="Dogs"><img src="dot.png" alt=""></a>',
    "an empty alternative in a link with a title": '<a href="/@" title="Dogs"><img src="dot.png" alt=""></a>',
    "an empty alternative beside words off screen": (
        '<a href="/@"><img src="dot.png" alt=""><i style="position:absolute;left:-999px">Dogs</i></a>'
    ),
    "an empty alternative beside an alternative": (
        '<a href="/@"><img src="dot.png" alt="Dogs"><img src="dot.png" alt=""></a>'
    ),
    "an empty alternative beside a drawing with a title": (
        '<a href="/@"><svg><title>Dogs</title></svg><img src="dot.png" alt=""></a>'
    ),
    "an empty alternative in a link that leads nowhere": '<a><img src="dot.png" alt=""></a>',
    "an image button": '<input type="image" src="dot.png" alt="Go">',
    "an image button with a title": '<input type="image" src="dot.png" title="Go">',
    "an image button with an empty alternative and a title": (
        '<input type="image" src="dot.png" alt="" title="Go">'
    ),
    "an area": (
        '<img src="dot.png" alt="A map." usemap="#M@"><map name="M@"><area href="/@" alt="There"></map>'
    ),
    "an area that leads nowhere": '<img src="dot.png" alt="A map." usemap="#M@"><map name="M@"><area></map>',
    "a drawing without a role": "<svg></svg>",
    "a drawing with a title": '<svg role="img"><title>A dog.</title></svg>',
    "a drawing with a label": '<svg role="img" aria-label="A dog."></svg>',
    "a hidden drawing": '<svg role="img" aria-hidden="true"></svg>',
    "a role with a label": '<div role="img" aria-label="A dog."></div>',
    "a role with a title": '<div role="img" title="A dog."></div>',
    "an object with a label": '<object data="dot.png" aria-label="A dog."></object>',
    "an object with a title": '<object data="dot.png" title="A dog."></object>',
    "a decorative object": '<object data="dot.png" role="presentation"></object>',
    "white space and a label": '<img src="dot.png" alt=" " aria-label="A dog.">',
    "an unknown role before a decorative one": '<img src="dot.png" role="unknown none">',
    "an image button with a label": '<label for="B@">Go</label><input id="B@" type="image" src="dot.png">',
    "an image button in a label": '<label>Go <input type="image" src="dot.png"></label>',
    "an image within an image": '<div role="img" aria-label="Dogs."><img src="dot.png"></div>',
    "a hidden image as all of a link": '<a href="/@"><img src="dot.png" aria-hidden="true" alt="Dogs"></a>',
    "an alternative in capitals": '<IMG SRC="dot.png" ALT="A dog.">',
    "an alternative without quotes": "<img src=dot.png alt=Dogs>",
    "an alternative over several lines": '<img\n  src="dot.png"\n  alt="A\ndog."\n>',
    "a comment": '<!-- <img src="dot.png"> -->',
    "words about an image": '<code>&lt;img src="dot.png"&gt;</code>',
    "a text field": '<textarea aria-label="Source"><img src="dot.png"></textarea>',
    "a script": "<script>const image = '<img src=\"dot.png\">';</script>",
    "another attribute": "<b title='<img src=\"dot.png\">'>Dogs</b>",
    "a picture in a drawing without a role": '<svg><image href="dot.png"/></svg>',
}
# Reported, and left alone on purpose.
KEPT = {
    "an object that plays sound": '<object data="dot.mp3"></object>',
    "a template": '<template><img src="dot.png"></template>',
    "again without scripts": '<noscript><img src="dot.png"></noscript>',
    "a request to ignore it": '<!-- alttext: ignore --><img src="dot.png">',
}

# Templates of Django, Jinja and others, before they are filled in.
UNSAID_TEMPLATES = {
    "an address": '<img src="{{ cover }}">',
    "a part of an address": '<img src="/covers/{{ book.id }}.png">',
    "a part of a tag": '<img src="dot.png" {{ attributes }}>',
    "a condition around it": '{% if dogs %}<img src="dot.png">{% endif %}',
    "a condition in a tag": '<img src="dot.png" {% if wide %}width="40"{% endif %}>',
    "a condition around an alternative": '<img src="dot.png" {% if dogs %}alt="A dog."{% endif %}>',
    "a loop": '{% for dog in dogs %}<p><img src="dot.png"></p>{% endfor %}',
    # Read as the HTML that a template is before it is filled in.
    "a comment": '{# <img src="dot.png"> #}',
    "a comment in a block": '{% comment %}<img src="dot.png">{% endcomment %}',
}
SOUND_TEMPLATES = {
    "an alternative": '<img src="{{ cover }}" alt="{{ title }}">',
    "an alternative in a condition": '{% if dogs %}<img src="dot.png" alt="A dog.">{% endif %}',
}
