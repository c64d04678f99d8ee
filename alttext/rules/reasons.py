"""Why something was decided about an image: by its purpose, its picture, what was found out, or its place."""

from alttext.rules.rule import LOOK, WRITE_ONE, Rule

PURPOSES = (
    Rule(
        "sole-content-of-link",
        "It is all that a link contains",
        "Write where the link leads, not what is seen.",
    ),
    Rule("sole-content-of-button", "It is all that a button contains", "Write what the button does."),
    Rule("link-to-image-file", "Its link opens the picture itself, larger", "Write what the picture shows."),
    Rule(
        "named-by-link",
        "Its link or button has a name already",
        "Nothing more is needed than an empty alternative.",
    ),
    Rule("image-button", "It is a button that submits a form", "Write what the button does."),
    Rule("image-map-area", "It is an area of an image map", "Write where the area leads."),
    Rule(
        "image-map",
        "Parts of it are links",
        "Write what the map is for; each of its areas has an alternative of its own.",
    ),
    Rule(
        "beside-link-text",
        "Its link or button has text that says it",
        "An empty alternative avoids saying it twice.",
    ),
    Rule(
        "presentational-role",
        "Its role marks it as decorative",
        "Remove the role if the image tells something.",
        act=("46ca7f", "e88epe"),
    ),
    Rule(
        "hidden-from-everyone",
        "It is hidden from assistive technology",
        "Show it, or leave it as it is.",
        act=("e88epe",),
    ),
    Rule(
        "marked-decorative",
        "It is marked as decorative",
        "Remove the mark if the image tells something.",
        act=("46ca7f", "e88epe"),
    ),
    Rule("spacer", "It only makes room", "Mark it as decorative, or make the room with CSS."),
    Rule("tracking-pixel", "It only counts visits", "Mark it as decorative."),
    Rule("divider", "It seems to be ornament", "Mark it as decorative if it is."),
    Rule("background", "It seems to be a background", "Mark it as decorative, or set it with CSS."),
    Rule(
        "icon-beside-text",
        "It seems to be an icon beside its text",
        "Mark it as decorative if the text says it all.",
    ),
    Rule(
        "within-sentence",
        "A sentence goes on through it, so it stands for a word",
        "Write the word that it stands for.",
    ),
    Rule(
        "text-says-it", "The text beside it seems to say it", "Mark it as decorative if the text says it all."
    ),
    Rule("caption-says-it", "The caption seems to say it", "Say what the caption does not."),
    Rule("logo", "It seems to be a logo", "Write the name that the logo stands for."),
    Rule("icon", "It seems to be an icon", "Write what the icon means here."),
    Rule("avatar", "It seems to be the picture that somebody goes by", "Write whose picture it is."),
    Rule(
        "chart",
        "It seems to be a chart",
        "Name the type, what is measured, and what it shows; give the data in the text.",
    ),
    Rule(
        "diagram", "It seems to be a diagram", "Name the type and what it explains; describe it in the text."
    ),
    Rule("map", "It seems to be a map", "Name the place and what the map shows of it."),
    Rule(
        "figure",
        "It seems to be a numbered figure, such as of a paper",
        "Name its type and what it shows; describe it in the text.",
    ),
    Rule("table", "It seems to be a picture of a table", "Put the table into the page as text."),
    Rule("equation", "It seems to be a formula", "Write the formula in words, or use MathML."),
    Rule("screenshot", "It seems to be a screenshot", "Write what it is meant to show."),
    Rule(
        "image-of-text",
        "It seems to be a picture of text",
        "Write the same words.",
        wcag=("1.1.1", "1.4.5"),
        act=("0va7u6",),
    ),
    Rule("qr-code", "It seems to be a code to scan", "Write where the code leads, and link to it."),
    Rule(
        "described-elsewhere",
        "A longer description belongs to it",
        "Write a short alternative that goes with it.",
    ),
    Rule("no-other-purpose", "It seems to be there for what it shows", WRITE_ONE),
)

IMAGES = (
    Rule("image-not-found", "The image file was not found", "Correct the path, or set the site root."),
    Rule(
        "image-outside-root",
        "The image lies outside the project",
        "Move it, or allow it with --allow-outside-root.",
    ),
    Rule(
        "remote-image",
        "The image is on another server and was not looked at",
        "Look at the image and write what it is there for, or list its host under `remote`.",
    ),
    Rule(
        "remote-refused",
        "The address of the image leads where nothing is fetched from, such as into a private network",
        "Correct the address, or write what the image tells.",
    ),
    Rule(
        "remote-unavailable",
        "The other server did not send the image",
        "Correct the address, or try again later.",
    ),
    Rule("image-unreadable", "The image file is damaged or cannot be opened", "Repair or replace the file."),
    Rule(
        "image-too-large", "The image is larger than the limits allow", "Make it smaller, or raise the limit."
    ),
    Rule("no-source", "The image names no source", "Give it a source, or write what it shows."),
    Rule("sound-or-video", "It plays sound or video", "Write what it plays into a title or an aria-label."),
    Rule("drawn-inline", "The document itself draws the image, so there is no file to look at", LOOK),
    Rule("unsupported-image", "The image is of a kind that cannot be looked at", LOOK),
    Rule(
        "template-expression",
        "A template decides about this image",
        "Write the alternative in the template, or fix the built page.",
    ),
)

DECISIONS = (
    Rule("described", "The description was certain enough", "Read it once."),
    Rule("text-read", "Its words were read with certainty", "Read them once."),
    Rule("text-uncertain", "Its words were read, but not with certainty", "Compare them with the picture."),
    Rule("text-too-long", "It holds too many words for an alternative", "Put the words on the page as text."),
    Rule("title-read", "Only its title was read", "Add what it shows; the title alone is not enough."),
    Rule("author-text", "Its file or markup holds a description by its author", "Read it once."),
    Rule(
        "author-text-in-other-language",
        "Its file holds a description by its author in another language than the page",
        "Translate it, or declare the language of the page.",
    ),
    Rule("accepted-elsewhere", "A person accepted it for the same picture in another place", "Read it once."),
    Rule("author-alt", "A person wrote the alternative", "Nothing needs to be done."),
    Rule("decorative-alt", "A person marked the image as decorative", "Nothing needs to be done."),
    Rule("low-confidence", "No description was certain enough", LOOK),
    Rule("not-a-photograph", "It is no photograph, so it was not described", LOOK),
    Rule(
        "exchanged-alt",
        "It and the alternative of another image seem to have been exchanged",
        "Compare both images; each of the alternatives fits the other picture better.",
    ),
    Rule("language-without-vocabulary", "The vocabulary cannot say it in the language of the page", LOOK),
    Rule(
        "suppressed",
        "A comment in the document asks to leave it alone",
        "Remove the comment to have it looked at.",
    ),
    Rule(
        "inert-content", "It is inside a template or noscript element", "Use --include to have it looked at."
    ),
    Rule(
        "could-not-verify", "Writing it might have changed something else", "Write the alternative by hand."
    ),
    Rule("not-encodable", "The encoding of the document lacks a character", "Save the document as UTF-8."),
)

PLACES = (
    Rule(
        "jsx-expression",
        "An expression decides about the alternative",
        "Write the alternative into the expression.",
    ),
    Rule(
        "alt-becomes-caption",
        "The alternative would be shown as a caption",
        "Write a caption yourself, or use fig-alt.",
    ),
    Rule(
        "drawn-table",
        "It is in a table that is drawn with characters, whose columns would move",
        "Write the alternative and draw the table anew.",
    ),
    Rule(
        "shortcode-without-alt",
        "The shortcode has no known place for an alternative",
        "Look up its parameter and write it there.",
    ),
)
