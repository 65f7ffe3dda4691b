"""The fixed choices of an adoption, each with its Dutch label."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.initiatives.bands import Phase


class Stage(models.TextChoices):
    CONSIDERING = "considering", _("Wij overwegen dit")
    PREPARING = "preparing", _("Wij bereiden dit voor")
    RUNNING = "running", _("Loopt bij ons")
    SECURED = "secured", _("Vast geregeld bij ons")
    STOPPED = "stopped", _("Gestopt")
    DECLINED = "declined", _("Bekeken, niet gedaan")


# Where it runs today, and where it came to an end: of those a reason is asked.
RUNS = frozenset({Stage.RUNNING, Stage.SECURED})
ENDED = frozenset({Stage.STOPPED, Stage.DECLINED})
# The phase that a stage is found by; what was only considered or turned down has none.
PHASES = {Stage.RUNNING: Phase.RUNNING, Stage.SECURED: Phase.SECURED, Stage.STOPPED: Phase.STOPPED}


class Result(models.TextChoices):
    """What it gave, next to what the source tells of it."""

    BETTER = "better", _("beter dan bij de bron")
    SAME = "same", _("net zo goed als bij de bron")
    LESS = "less", _("minder goed dan bij de bron")
    TOO_EARLY = "too_early", _("nog te vroeg om te zeggen")


class Fate(models.TextChoices):
    """What became of something that, says the source, has to stay."""

    KEPT = "kept", _("gehouden")
    CHANGED = "changed", _("veranderd")
    DROPPED = "dropped", _("weggelaten")


class Why(models.TextChoices):
    """Why it was done differently."""

    SCALE = "scale", _("onze grootte")
    BUDGET = "budget", _("geld")
    PARTNERS = "partners", _("andere partners")
    TARGET_GROUP = "target_group", _("andere doelgroep")
    LAW = "law", _("regels")
    OTHER = "other", _("iets anders")


class Reason(models.TextChoices):
    """Why it was stopped, or not begun."""

    MONEY = "money", _("geen geld (meer)")
    PEOPLE = "people", _("geen mensen (meer)")
    PARTNERS = "partners", _("partners deden niet (meer) mee")
    NO_NEED = "no_need", _("niet (meer) nodig")
    NO_EFFECT = "no_effect", _("het werkte niet")
    LAW = "law", _("regels lieten het niet toe")
    OTHER = "other", _("iets anders")


class Answer(models.TextChoices):
    """What the source says of an adoption."""

    TOLD = "told", _("de bron weet het; er valt niets te bevestigen")
    ASKED = "asked", _("nog niet bevestigd door de bron")
    CONFIRMED = "confirmed", _("bevestigd door de bron")
    DOUBTED = "doubted", _("de bron twijfelt")
    SILENT = "silent", _("nog niet bevestigd: de bron antwoordde niet binnen 30 dagen")

    @property
    def action(self) -> str:
        """How it is named in the log of the page, and so in that of the section."""
        return f"adoption.{self.value}"


# What somebody of the source may say.
BY_SOURCE = (Answer.CONFIRMED, Answer.DOUBTED)
# The answers after which an adoption counts: silence does not hold anybody up.
COUNTS = frozenset({Answer.CONFIRMED, Answer.SILENT})
