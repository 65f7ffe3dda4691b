"""The workflow itself, laid over all sections. Safe to repeat."""

from __future__ import annotations

from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from .models import PlatformReading, ReadingAlong

NAME = "Meelezen"


def add_workflow(index: Page) -> Workflow:
    """Let everything under a page be read along before it is placed."""
    workflow, _ = Workflow.objects.get_or_create(name=NAME)
    for order, model in enumerate((ReadingAlong, PlatformReading)):
        task = model.objects.first() or model.objects.create(name=str(model._meta.verbose_name).capitalize())
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": order})
    WorkflowPage.objects.get_or_create(page=index, defaults={"workflow": workflow})
    return workflow
