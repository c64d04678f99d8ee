"""Awkward pieces of documents: properties and the fuzzer put them together in every order."""

HTML = [
    '<img src="a.jpg">', "<img src=b.jpg>", "<IMG SRC='c.jpg' />", "<img\r\n\tsrc = d.jpg\r\n>", "<img>",
    "<img/>", '<img src="e.jpg" alt="Rex">', "<img alt src=f.jpg>",
    '<img src="g.jpg"width=1 title="a > b">', "<img src=h.jpg alt='' alt=x>",
    "<img data-src=i.jpg loading=lazy>", "<img src=j.jpg aria-label=Rex>",
    "<picture><source srcset=k.webp><img srcset='l.jpg 2x'></picture>", "<image src=m.jpg>",
    "<input type=image src=n.png>", "<map><area href=/o></map>", "<svg role=img></svg>",
    "<svg role=img><title>Rex</title></svg>", "<i role=img></i>", "<object data=p.png></object>",
    "<embed src=q.gif>", "<img src=r.jpg role=none>", "<img src=s.jpg {{ attributes }}>",
    '<img src="<?php echo "t" ?>">', "<!-- <img src=no> -->", "<!-- alttext: ignore -->", "<!-->",
    "<!-- a --!>", "<script>'<img src=no>'</script>", "<style>/*<img src=no>*/</style>",
    "<textarea><img src=no></textarea>", "<template>", "</template>", "<noscript>", "</noscript>",
    "<a href='/u'>", "</a>", "<p>", "</p>", "<table><tr><td>", "</table>", "<figure>",
    "<figcaption>Rex</figcaption>", "</figure>", "<ul><li>", "</ul>", "<button>", "<div hidden>", "</div>",
    "<![CDATA[<img src=no>]]>", "<svg><image href=no /></svg>", "<select><option>", "</select>", "<pre>\n",
    "</pre>", "<a title='<img src=no>'>", "&amp;&lt;&hellip;&notit;", "\0", "\ufeff", "\r", "\n", "\t",
    "\f", "a < b", "é 山 😀", "{{ x }}", "<?x <img src=no> ?>", "</", "<", ">", '"', "'", "<b title=\"",
    "<h1>", "</h1>", "\u2028",
]  # fmt: skip
XHTML = [
    "<p>", "</p>", "<div role='img'/>", "<img/>", '<img src="a.jpg"/>', "<img src='b.jpg' alt=''/>",
    "<a href='/u'>", "</a>", "<svg xmlns='http://www.w3.org/2000/svg' role='img'>", "</svg>",
    "<svg:svg xmlns:svg='http://www.w3.org/2000/svg' role='img'/>", "<![CDATA[<img src='no'/>]]>", "<br/>",
    "<object data='c.png'/>", "<object data='d.png'>", "</object>", "<!-- <img/> -->", "<?x <img/> ?>",
    "<title>", "</title>", "<script>", "</script>", "<template>", "</template>", "&amp;", "&#233;", "é 山",
    "<h:img xmlns:h='http://www.w3.org/1999/xhtml' src='e.jpg'/>", "<IMG src='f.jpg'/>", "a", "\n", "\r\n",
    "<img\n  src='g.jpg'\n/>", "<select>", "</select>", "<table><tr>", "</tr></table>", "<noscript>",
    "</noscript>", '<img src="h.jpg" title="a > b"/>', "<area href='/o'/>", "<b/>", "</html>",
]  # fmt: skip
INLINE = [
    "![](a.jpg)", '![](<b c.jpg> "T")', "![][r]", "![r]", "![r][]", "[![](d.jpg)](/u)", "![Rex](e.jpg)",
    "![ ](f.jpg)", "![](g.jpg){.wide width=3}", "![](h.jpg){.decorative}", '![](i.jpg){fig-alt="Rex"}',
    '<img src="j.jpg">', "<img src='k.jpg' alt=''>", '{{< figure src="l.jpg" >}}',
    '{{< figure src="m.jpg" alt="Rex" >}}', '{% include image.html src="n.jpg" alt="" %}', "`![](no)`",
    "\\![](no)", "!\\[](no)", "<!-- ![](no) -->", "$n![](no)$", "<!-- alttext: ignore -->", "![](", "![",
    "](o.jpg)", "[", "]", "(", "!", "`", "``", "*", "_", "**", "~~", "|", "\\", "^", "$", "&amp;",
    "&#33;[](no)", "a word", "é 山 😀", "\0", "\ufeff", "\u00a0", "\u2028", "\f", "  \n", "\\\n", "\n",
    "[^1]", "^[", "<b>", "</b>", "<a href=/u>", "</a>", "{x}", "{", "}", "{{ x }}",
    '![]({{ "/p.jpg" | url }})', "![](q%20r.jpg)",
]  # fmt: skip
BLOCKS = [
    "```\n![](no)\n```", "~~~\n<img src=no>", "    ![](no)", "# ![](a.jpg) #", "![](b.jpg)\n---", "***",
    "| a | ![](c.jpg) |\n|---|---|\n| x \\| ![](d.jpg) | ![](e.jpg) |", "[r]: r.jpg", "[^1]: ![](f.jpg)",
    "<div>\n<img src=g.jpg>\n![](no)\n</div>", "<!--\n![](no)\n-->", "<script>\n'<img src=no>'\n</script>",
    "::: {#fig-a}\n![](h.jpg)\n:::", "![The kennel](i.jpg)", "!!! note\n\n    ![](j.jpg)",
    "<details>\n\n![](k.jpg)\n\n</details>", "$$\n![](no)\n$$", '{{< figure\n  src="l.jpg"\n>}}',
    "{% highlight md %}\n![](no)\n{% endhighlight %}", "<pre>\n![](no)\n</pre>", "import a from 'b'",
    '<Image src="m.jpg" width={3} />', "{x && <img src='n.jpg' />}", "- one\n\n  ![](o.jpg)",
    "1. ![](p.jpg)\n   <img src=q.jpg>", "> a\n![](s.jpg)", "-\t![](t.jpg)", ">\t![](u.jpg)", "",
]  # fmt: skip
FRONT = [
    "",
    "---\ntitle: '![](no)'\nlang: en\n---\n",
    "+++\ntitle = '![](no)'\n+++\n",
    "---\n",
    "---\nformat: html\n---\n",
]
WORDS = [
    "A dog",
    'Tom\'s "old" dog, 50 % <b>山</b> & &amp; more',
    "[x](y) *z* _a_ `b` $c$ | \\ ~~d~~ {e} ^f <!-- g",
]
