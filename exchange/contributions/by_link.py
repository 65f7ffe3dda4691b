"""What a link from a mail may show. It says whose it is, but who opens it did not sign in: a mail is passed on.

So it shows what its receiver may read, but for what is for one municipality only: that is shown to who signed in.
"""

from __future__ import annotations

from django.http import HttpRequest

from exchange.accounts.models import User
from exchange.accounts.viewer import viewer_for

from .choices import Visibility
from .models import Contribution
from .visibility import ContributionQuerySet


def shown_by_link(request: HttpRequest, receiver: User | None) -> ContributionQuerySet:
    """The contributions that a page behind a link to somebody may show; none where the account is gone."""
    if receiver is None:
        nothing: ContributionQuerySet = Contribution.objects.none()
        return nothing
    found: ContributionQuerySet = Contribution.objects.visible_to(viewer_for(receiver))
    return found if request.user == receiver else found.exclude(visibility=Visibility.OWN)
