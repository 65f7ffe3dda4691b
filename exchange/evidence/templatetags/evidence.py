"""What is known about an initiative, for the page of an initiative."""

from __future__ import annotations

from typing import Any

from django import template

from exchange.accounts.viewer import viewer_of
from exchange.adoptions.uses import Use
from exchange.evidence.looking import Known, known
from exchange.initiatives.models import InitiativePage

register = template.Library()


@register.simple_tag(takes_context=True)
def what_is_known(context: dict[str, Any], initiative: InitiativePage, uses: tuple[Use, ...]) -> Known:
    """`{% what_is_known page uses as known %}`: of what the reader may see."""
    return known(initiative, uses, viewer_of(context["request"]))
