"""Pages and people for tests. A page needs its parent, and is published: `InitiativeFactory(parent=section)`."""

from __future__ import annotations

from typing import Any

import factory
import wagtail_factories
from django.contrib.auth.hashers import make_password
from wagtail.models import Page

from exchange.accounts.models import User
from exchange.adoptions.models import AdoptionPage
from exchange.contacts.models import ContactPage
from exchange.contributions.choices import SafetyCheck
from exchange.contributions.models import Contribution
from exchange.initiatives.models import InitiativePage
from exchange.lessons.models import LessonPage
from exchange.sections.models import DepartmentPage
from exchange.themes.models import TargetGroup, Theme


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence("persoon{}@waterhoven.example".format)
    first_name = "Noor"
    last_name = "Verzonnen"
    # Signs in with a mailed code.
    password = factory.LazyFunction(lambda: make_password(None))


class DepartmentFactory(wagtail_factories.PageFactory):
    class Meta:
        model = DepartmentPage

    title = factory.Sequence("Team {}".format)


class ContributionFactory(wagtail_factories.PageFactory):
    """Themes and target groups by slug, keywords as words; `published=False` leaves a draft."""

    class Meta:
        abstract = True

    title = factory.Sequence("Bijdrage {}".format)
    summary = "Een korte samenvatting."
    safety_check = SafetyCheck.DONE

    @classmethod
    def _create_instance(cls, model_class: type[Contribution], parent: Page, kwargs: dict[str, Any]) -> Contribution:
        themes = kwargs.pop("themes", ["sleutelpersonen"])
        keywords = kwargs.pop("keywords", [])
        targets = kwargs.pop("target_groups", [])
        together_with = kwargs.pop("together_with", [])
        published = kwargs.pop("published", True)
        page: Contribution = model_class(live=False, **kwargs)
        page.themes.set(list(Theme.objects.filter(slug__in=themes)))
        page.keywords.set(keywords)
        page.target_groups.set(TargetGroup.objects.filter(slug__in=targets))
        page.together_with.set(together_with)
        parent.add_child(instance=page)
        revision = page.save_revision()
        if published:
            revision.publish()
        saved: Contribution = model_class.objects.get(pk=page.pk)
        return saved


class InitiativeFactory(ContributionFactory):
    class Meta:
        model = InitiativePage


class LessonFactory(ContributionFactory):
    class Meta:
        model = LessonPage


class AdoptionFactory(ContributionFactory):
    """An adoption of `initiative`, in the section of another municipality."""

    class Meta:
        model = AdoptionPage

    stage = "running"


class ContactFactory(ContributionFactory):
    class Meta:
        model = ContactPage

    team_mailbox = "team@waterhoven.example"
