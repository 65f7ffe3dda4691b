from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.signals import page_published, task_submitted, workflow_approved, workflow_rejected, workflow_submitted


class PublishingConfig(AppConfig):
    name = "exchange.publishing"
    label = "publishing"
    verbose_name = _("Plaatsen")

    def ready(self) -> None:
        """Our mails take the place of Wagtail's own, which this app must come after to find."""
        from django.db.models.signals import post_save
        from wagtail.models import ModelLogEntry, TaskState, WorkflowState

        from exchange.sections.models import DepartmentPage

        from . import comparisons, signals, vocabulary

        for signal, uid in (
            (task_submitted, "group_approval_task_submitted_email_notification"),
            (workflow_submitted, "workflow_state_submitted_email_notification"),
            (workflow_rejected, "workflow_state_rejected_email_notification"),
            (workflow_approved, "workflow_state_approved_email_notification"),
        ):
            sender = TaskState if signal is task_submitted else WorkflowState
            signal.disconnect(sender=sender, dispatch_uid=uid)
        task_submitted.connect(signals.offered, dispatch_uid="tell_who_reads_along")
        workflow_approved.connect(signals.placed, dispatch_uid="tell_the_author_it_is_placed")
        workflow_rejected.connect(signals.sent_back, dispatch_uid="tell_the_author_what_to_change")
        post_save.connect(vocabulary.changed, sender=ModelLogEntry, dispatch_uid="tell_that_the_vocabulary_changed")
        comparisons.register()
        page_published.connect(signals.department_published, sender=DepartmentPage, dispatch_uid="open_the_department")
