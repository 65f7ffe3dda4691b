"""People and what they may do: the user, and the membership that ties a user to a municipality."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.municipalities.models import Municipality

from .rights import Held, Place, without_second_factor
from .roles import PLATFORM_ROLES, Role


class GoneError(Exception):
    """What somebody works on, or who does, was removed by somebody else in this very second."""


class NoReturn(models.Model):
    """What was removed meanwhile is not made anew by saving it: Django adds a row where it finds none to change."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and not kwargs.get("force_insert") and not kwargs.get("update_fields"):
            kwargs["force_update"] = True
        super().save(*args, **kwargs)


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make an administrator: like everybody, it is one by membership."""
        user = self.create_user(email, password, **{"is_staff": True, "is_superuser": True} | fields)
        Membership.objects.create(user=user, role=Role.ADMINISTRATOR)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(NoReturn, AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in with an e-mail address."""

    email = models.EmailField(_("e-mailadres"), unique=True)
    first_name = models.CharField(_("voornaam"), max_length=150, blank=True)
    last_name = models.CharField(_("achternaam"), max_length=150, blank=True)
    language = models.CharField(
        _("taal van mails"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    # The mail domain gives membership once: who left does not come back by signing in.
    welcomed_at = models.DateTimeField(null=True, editable=False)
    is_staff = models.BooleanField(_("beheerder van de techniek"), default=False)
    is_active = models.BooleanField(
        _("actief"), default=True, help_text=_("Zet dit uit in plaats van een account weg te halen.")
    )
    date_joined = models.DateTimeField(_("account sinds"), default=timezone.now)

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email_address")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name

    @cached_property
    def has_second_factor(self) -> bool:
        """Does signing in take a second step?"""
        return bool(is_mfa_enabled(self))

    def clean(self) -> None:
        super().clean()
        self.email = User.objects.normalize_email(self.email).lower()


class Membership(NoReturn):
    """The truth about who may do what. Wagtail's groups are derived from it (`accounts.groups`)."""

    user = models.ForeignKey(User, verbose_name=_("gebruiker"), on_delete=models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("gemeente"),
        on_delete=models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
    )
    department = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("afdeling of team"),
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Leeg: de rol geldt voor de hele gemeente."),
    )
    role = models.CharField(_("rol"), max_length=20, choices=Role, default=Role.MEMBER)

    class Meta:
        verbose_name = _("deelname")
        verbose_name_plural = _("deelnames")
        constraints = [
            models.CheckConstraint(
                name="a_platform_role_has_no_municipality_and_every_other_has_one",
                condition=Q(role__in=PLATFORM_ROLES, municipality=None)
                | (~Q(role__in=PLATFORM_ROLES) & Q(municipality__isnull=False)),
            ),
            # In SQL no two nulls are equal: one constraint for each depth a role can have.
            models.UniqueConstraint(
                fields=["user", "municipality", "department", "role"],
                name="one_row_per_role_in_a_department",
                condition=Q(department__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["user", "municipality", "role"],
                name="one_row_per_role_in_a_municipality",
                condition=Q(department=None, municipality__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["user", "role"], name="one_row_per_platform_role", condition=Q(municipality=None)
            ),
        ]

    def __str__(self) -> str:
        place = self.department or self.municipality or _("het platform")
        return f"{self.user}: {self.get_role_display()} ({place})"

    @property
    def place(self) -> Place | None:
        """Where the role holds; None for a platform role."""
        return Place(self.municipality_id, self.department_id) if self.municipality_id else None

    def clean(self) -> None:
        super().clean()
        if (self.role in PLATFORM_ROLES) != (self.municipality is None):
            raise ValidationError({"municipality": _("Alleen een platformrol is zonder gemeente.")})


class SentForm(models.Model):
    """The key of a form that somebody sent, and what it made (`accounts.once`). Nothing of what was written in it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sent_forms")
    key = models.CharField(max_length=64, help_text="A digest.")
    made = models.PositiveBigIntegerField(null=True)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="a_form_once_per_person")]

    def __str__(self) -> str:
        return self.key


class MailAbout(models.Model):
    """A mail in the queue names this user or is about this page. Neither: whom it is about was noted."""

    email = models.ForeignKey("post_office.Email", on_delete=models.CASCADE, related_name="about")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    # Where the page goes, who removes a person still wants to know.
    page_id = models.PositiveBigIntegerField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.email_id}: {self.user_id or self.page_id or '-'}"


def roles_of(user: User | AnonymousUser) -> list[Held]:
    """The roles somebody holds; none for a visitor, and for who has a closed account.

    A role that asks for a second factor (`SECOND_FACTOR_ROLES`) counts for less until there is one.
    """
    if not user.is_authenticated or not user.is_active:
        return []
    held = held_by(Membership.objects.filter(user=user))
    return held if _is_proven(user, held) else without_second_factor(held, frozenset(settings.SECOND_FACTOR_ROLES))


def lacks_second_factor(user: User) -> bool:
    """Does somebody hold a role that asks for a second factor, without having one?"""
    return not _is_proven(user, held_by(Membership.objects.filter(user=user)))


def _is_proven(user: User, held: Iterable[Held]) -> bool:
    return not any(one.role in settings.SECOND_FACTOR_ROLES for one in held) or user.has_second_factor


def held_by(memberships: Iterable[Membership]) -> list[Held]:
    """The roles that these memberships give."""
    return [Held(Role(membership.role), membership.place) for membership in memberships]
