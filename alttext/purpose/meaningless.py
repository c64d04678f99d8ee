"""Words that say nothing about a picture: placeholders, and the names that machines give to files.

Sources: WCAG failure F30; the Design rules for Camera File systems (JEITA CP-3461, names of four letters
and four digits); the default names of phones, messengers and screenshot tools; the templates of site
generators. The lists are written by hand; a word is only in them if it cannot be the whole alternative of
any picture.
"""

import re

from alttext.purpose.word_lists import phrase_set

_SUFFIX_RE = re.compile(r"\.(?:jpe?g|jfif|png|gif|webp|avif|svgz?|bmp|tiff?|heic|heif)$", re.IGNORECASE)
_NUMBER = r"[\W_]*\d[\d\W_]*"
_GIVEN_RE = re.compile(
    rf"""^(?:
      _?(?:img|dsc[nf]?|dcim|pict|p|pxl|mvi|mvimg|gopr|gp|dji|imgp|sam|cimg|kif|hpim|fb_img|wp|sdc|stp)
      [\W_]*\d{{3}}[\d\W_]*
      (?:[a-z]{{0,4}}|burst\w*|portrait|night|edited|cropped)   # what phones add
    | (?:image|picture|photo|foto|pic|bild|imagen|immagine|grafik|scan|unnamed|untitled|download)s?{_NUMBER}
      (?:[a-z]{{1,2}})?
    | (?:screen[ _-]?shot|bildschirmfoto|capture[ ]d[’'][eé]cran|captura[ ]de[ ]pantalla|schermafbeelding)
      [\W_]*(?:(?:from|vom|du|le|de|op)\b)?{_NUMBER}
      (?:(?:at|um|à|a[ ]las|om|from){_NUMBER})?(?:[ap]\.?m\.?)?[\W_\d]*
    | (?:whatsapp|signal|telegram)[ _-](?:image|photo|bild)?{_NUMBER}(?:at{_NUMBER})?(?:[ap]\.?m\.?)?[\W_\d]*
    | \d{{8}}[_-]\d{{4,}}\w*                                                    # 20240131_154501
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_HASH_RE = re.compile(
    r"^(?=\w*\d)(?=\w*[a-f])(?:[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$", re.IGNORECASE
)
_LONG_NUMBER_RE = re.compile(r"^\d{7,}(?:[_-]\w+)*$")
_LIKE_FILE_RE = re.compile(r"_|-.*-|^\d{5,}$")  # one hyphen is in "e-mail" and "COVID-19", too
_LONGEST_NAME = 100  # characters
_EDGES = " \t\r\n\u00a0\u200b.:;,!?…*_-–—#()[]{}<>\"'“”„«»"

# Names of the medium alone: say as little as no words at all, but can name what a button makes.
_NOUNS = phrase_set(
    """image, images, img, imgs, photo, photos, photograph, picture, pictures, pic, graphic, graphics,
    illustration, thumbnail, thumb, screenshot, screen shot, screen capture, an image, a photo, a picture,
    the image, the picture, this image, none, bild, bilder, foto, fotos, grafik, abbildung, das bild, ein
    bild, photographie, une image, une photo, imagen, imágenes, fotografía, ilustración, una imagen, una
    foto, immagine, imagem, afbeelding, 画像, 写真, 图片, 图像, 照片, изображение, фото"""
)
_PLACEHOLDERS = phrase_set(
    """image of, photo of, picture of, an image of, a picture of, a photo of, graphic of, screenshot of,
    image here, your image here, picture here, photo here, alt, alt text, alttext, alt-text, alt tag,
    alt_text, alternative text, alternate text, image alt, image alt text, image alternative text, img
    alt, alt text here, alt text goes here, your alt text, your alt text here, insert alt text, insert alt
    text here, enter alt text, enter alt text here, add alt text, add alt text here, write alt text here,
    alt text for image, alt text of image, describe image, describe image here, describe the image,
    description here, placeholder, placeholder image, image placeholder, placeholder text, placeholder alt
    text, image description, image description here, picture description, photo description, description
    of image, description of the image, no description, no description available, no description has been
    provided for this image, no image description, no alt, no alt text, no alt text provided, no
    alternative text, no alternative text description for this image, missing alt, missing alt text, todo,
    tbd, fixme, untitled, untitled image, untitled design, unnamed, null, undefined, n/a, xxx, xxxx, asdf,
    test image, sample image, spacer, image title, image caption, image name, image missing, image coming
    soon, decorative, decorative image, lorem ipsum, lorem ipsum dolor sit amet, image may contain, may be
    an image, alternativtext, alternativer text, hier alternativtext, bildbeschreibung, kein
    alternativtext, kein alternativtext vorhanden, platzhalter, platzhalterbild, bild von, foto von, ohne
    titel, unbenannt, texte alternatif, texte de remplacement, image de, photo de, description de l'image,
    sans titre, image sans titre, image sans description, texto alternativo, texto alternativo de la
    imagen, descripción de la imagen, imagen de, foto de, sin título, sin descripción, sin texto
    alternativo, testo alternativo, immagine di, senza titolo, sem título, alttekst, zonder titel"""
)


def is_placeholder(alt: str, *, may_be_noun: bool = False) -> bool:
    """Return whether an alternative only stands in for one; with `may_be_noun`, "image" is let pass."""
    said = " ".join(alt.strip(_EDGES).lower().split())
    return said in _PLACEHOLDERS or (said in _NOUNS and not may_be_noun)


def is_given_by_machine(alt: str) -> bool:
    """Return whether it is the kind of name that a camera, phone or program gives to a file."""
    bare = _SUFFIX_RE.sub("", alt.strip())
    return len(bare) <= _LONGEST_NAME and any(
        pattern.match(bare) for pattern in (_GIVEN_RE, _HASH_RE, _LONG_NUMBER_RE)
    )


def has_picture_suffix(alt: str) -> bool:
    """Return whether it ends like the name of a picture file."""
    return _SUFFIX_RE.search(alt) is not None


def is_spelled_like_file(alt: str) -> bool:
    """Return whether words are joined as in file names: "red_barn", "red-barn-2"."""
    return " " not in alt and _LIKE_FILE_RE.search(alt) is not None
