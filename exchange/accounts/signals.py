"""A membership changed: the groups of its user follow."""

from typing import Any

from .groups import derive_groups
from .models import Membership, User


def membership_changed(instance: Membership, **kwargs: Any) -> None:
    user = User.objects.filter(pk=instance.user_id).first()
    if user is not None:
        derive_groups(user)
