"""Fields of models as people name them: `app.Model.picture:alternative`, or `app.Model.text`."""

from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Field, FileField, Model, Q, TextField


class FieldError(ValueError):
    """No such fields, or none that hold pictures and words. The message says what to name instead."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """A field of pictures, and the field of the same model that holds their alternatives."""

    model: type[Model]
    picture: FileField
    alternative: Field

    @property
    def unanswered(self) -> Q:
        """Records with a picture that nobody has said anything about.

        Where the alternative can be NULL, an empty one was put there on purpose: the mark for decoration.
        """
        empty = {"isnull": True} if self.alternative.null else {"exact": ""}
        nothing = {f"{self.alternative.name}__{lookup}": value for lookup, value in empty.items()}
        without = Q(**{self.picture.name: ""}) | Q(**{f"{self.picture.name}__isnull": True})
        return Q(**nothing) & ~without

    def holds(self, text: str) -> bool:
        """Whether an alternative is short enough for its field."""
        return self.alternative.max_length is None or len(text) <= self.alternative.max_length


@dataclass(frozen=True, slots=True)
class Documents:
    """A field of HTML or Markdown."""

    model: type[Model]
    text: Field


def parse(named: str) -> Pictures | Documents:
    """The fields that somebody named. Raises FieldError."""
    path, _, alternative = named.partition(":")
    model, field = _field(path, named)
    if not alternative:
        return Documents(model, _of_words(model, field, named))
    if not isinstance(field, FileField):
        raise FieldError(f"{named}: {field.name} is no field of pictures; name an ImageField")
    return Pictures(model, field, _of_words(model, _named(model, alternative, named), named))


def parse_pictures(named: str) -> Pictures:
    """The same, where only pictures will do."""
    found = parse(named)
    if isinstance(found, Pictures):
        return found
    raise FieldError(f"{named}: no field for the alternative; name it as in app.Model.picture:alternative")


def _field(path: str, named: str) -> tuple[type[Model], Field]:
    parts = path.split(".")
    if len(parts) != 3:
        raise FieldError(
            f"{named}: not a field; name it as in app.Model.picture:alternative or app.Model.text"
        )
    try:
        model = apps.get_model(parts[0], parts[1])
    except LookupError as error:
        raise FieldError(f"{named}: {error}") from error
    return model, _named(model, parts[2], named)


def _named(model: type[Model], name: str, named: str) -> Field:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist as error:
        known = ", ".join(each.name for each in model._meta.concrete_fields)
        raise FieldError(f"{named}: {error}; the model has {known}") from error
    if not field.concrete:
        raise FieldError(f"{named}: {name} is not stored with the model; name a field that is")
    return field


def _of_words(model: type[Model], field: Field, named: str) -> Field:
    if isinstance(field, FileField):
        raise FieldError(
            f"{named}: {field.name} holds pictures; add the field for their alternatives, "
            f"as in {model._meta.label}.{field.name}:alternative"
        )
    if not isinstance(field, (CharField, TextField)):
        raise FieldError(f"{named}: {field.name} holds no words; name a CharField or TextField")
    return field
