"""Who may read a file: whoever may read a page that uses it, or who looks after the collection it lies in."""

from __future__ import annotations

import mimetypes
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest
from wagtail.documents.models import Document
from wagtail.images.models import Image, Rendition
from wagtail.permissions import policy_registry

from exchange.accounts.viewer import Viewer, viewer_of

from .models import Contribution

# Files of the platform itself, such as a picture on the home page, lie in this collection: they are for everybody.
PUBLIC_COLLECTION = "Openbaar"


def may_read_document(request: HttpRequest, document: Document) -> bool:
    return _may_read(request, document, Q(attachments__document=document))


def may_read_image(request: HttpRequest, image: Image) -> bool:
    return _may_read(request, image, Q(image=image))


def _may_read(request: HttpRequest, file: models.Model, used: Q) -> bool:
    viewer = viewer_of(request)
    if _is_used_on_a_visible_page(viewer, used) or _is_public(file, used):
        return True
    policy = policy_registry.get_by_type(type(file))
    return request.user.is_authenticated and bool(policy.user_has_permission_for_instance(request.user, "change", file))


def _is_used_on_a_visible_page(viewer: Viewer, used: Q) -> bool:
    return bool(Contribution.objects.visible_to(viewer).filter(used).exists())


def _is_public(file: Any, used: Q) -> bool:
    """In the public collection, and not on a contribution: a contribution's own visibility always wins."""
    return file.collection.name == PUBLIC_COLLECTION and not Contribution.objects.filter(used).exists()


def serve_image_file(request: HttpRequest, path: str) -> FileResponse:
    """`/media/<path>`: an image or one of its sizes, for who may read a page that shows it.

    Raises:
        Http404: no such image, or not for this reader; the two look alike.
    """
    image = Image.objects.filter(file=path).first()
    if image is None:
        rendition = Rendition.objects.select_related("image__collection").filter(file=path).first()
        image = rendition.image if rendition is not None else None
    if image is None or not may_read_image(request, image):
        raise Http404
    try:
        file = default_storage.open(path)
    except (FileNotFoundError, SuspiciousFileOperation) as error:
        raise Http404 from error
    content_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
    response = FileResponse(file, content_type=content_type)
    response["Cache-Control"] = "private, max-age=300"
    response["X-Content-Type-Options"] = "nosniff"
    return response
