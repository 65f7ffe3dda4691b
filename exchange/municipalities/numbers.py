"""Numbers as people write them."""

from django.utils.formats import number_format


def grouped(number: int) -> str:
    """A whole number with its thousands apart, in the language of the reader: 23.400, 23,400."""
    return str(number_format(number, use_l10n=True, force_grouping=True))
