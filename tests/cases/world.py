"""What a case is tried on: an exchange with one open section, and the doors through which its file goes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from exchange.accounts.models import User
from exchange.contributions.attached import Attachment
from exchange.contributions.models import Contribution
from exchange.contributions.text import plain_text
from exchange.importing.models import Upload
from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from search import extraction
from tests.factories import InitiativeFactory


@dataclass
class World:
    """An exchange, and the folder of the case."""

    folder: Path
    section: MunicipalityPage
    person: Callable[..., User]
    # Runs what waits for the end of a transaction, such as telling the search index.
    committed: Callable[[], Any]

    def client(self, role: str = "author") -> Client:
        """Somebody of the section, signed in, to whom an error is a page as to everybody."""
        client = Client(raise_request_exception=False)
        client.force_login(self.person(role, self.section.municipality_id))
        return client

    def file(self, name: str) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, (self.folder / name).read_bytes())

    def lines(self, name: str) -> list[str]:
        return (self.folder / name).read_text(encoding="utf-8").strip("\n").split("\n")

    # --- a list

    def upload(self, name: str | SimpleUploadedFile, client: Client | None = None) -> Upload | str:
        """Upload a list and let it be tried; what the page says where it is refused."""
        client = client or self.client()
        file = self.file(name) if isinstance(name, str) else name
        answer = client.post(reverse("imports"), {"file": file})
        assert answer.status_code in {200, 302}, answer.status_code
        if answer.status_code == 200:
            return answer.content.decode()
        return self.go_on(client, Upload.objects.latest("pk"))

    def go_on(self, client: Client, upload: Upload) -> Upload:
        for _ in range(50):
            upload.refresh_from_db()
            if not upload.is_working:
                return upload
            answer = client.post(reverse("upload", args=[upload.pk]))
            assert answer.status_code == 302, answer.status_code
        raise AssertionError("the upload does not end")

    def tried(self, name: str) -> Upload:
        """A list that is taken."""
        upload = self.upload(name)
        assert isinstance(upload, Upload), "refused as a whole"
        return upload

    def imported(self, name: str) -> list[Any]:
        """The drafts that a list gives."""
        client = self.client()
        upload = self.upload(name, client)
        assert isinstance(upload, Upload), "refused as a whole"
        client.post(reverse("upload", args=[upload.pk]), {"begin": "1"})
        self.go_on(client, upload)
        pages = Contribution.objects.order_by("pk").specific()
        return [page.get_latest_revision_as_object() for page in pages]

    def mistakes(self, client: Client, upload: Upload) -> list[list[str]]:
        """The file of the rows that were left out, as a spreadsheet reads it."""
        content = client.get(reverse("upload_errors", args=[upload.pk])).content.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(content), delimiter=";"))

    # --- a document

    def from_file(self, name: str) -> Any:
        """The draft that a document gives."""
        return self._from_text({"file": self.file(name)})

    def from_paste(self, text: str) -> Any:
        return self._from_text({"text": text})

    def _from_text(self, data: dict[str, Any]) -> Any:
        before = set(InitiativePage.objects.values_list("pk", flat=True))
        answer = self.client().post(reverse("card_from_text"), data, follow=True)
        assert answer.status_code == 200, answer.status_code
        page = InitiativePage.objects.exclude(pk__in=before).get()
        draft = page.get_latest_revision_as_object()
        # What a test asks of it too: what the writer was told.
        draft.said_to_writer = answer.content.decode()
        return draft

    def attach(self, name: str) -> Any:
        """A published contribution with the file as attachment, and its text taken out."""
        with self.committed():
            page = InitiativeFactory(parent=self.section, title="Met een bijlage")
            file = ContentFile((self.folder / name).read_bytes(), name=name)
            document = get_document_model().objects.create(title=name, file=file)
            page.attachments.add(Attachment(document=document))
            page.save_revision().publish()
        extraction.extract_pending()
        call_command("search_index", "push", verbosity=0)
        return page

    # --- a picture

    def picture(self, name: str) -> bytes | None:
        """The bytes that are kept of an uploaded picture; None where it is refused."""
        client = self.client("editor")
        answer = client.post(reverse("wagtailimages:add"), {"title": "Foto", "file": self.file(name)})
        assert answer.status_code in {200, 302}, answer.status_code
        image = get_image_model().objects.order_by("pk").last()
        if image is None:
            assert answer.status_code == 200
            return None
        with image.file.open("rb") as file:
            return bytes(file.read())

    # --- a question

    def import_for_all(self, name: str) -> None:
        """A list by the command, on the site at once."""
        with self.committed():
            call_command("import_contributions", str(self.folder / name), "--publish", "--open-sections", verbosity=0)

    def finds(self, question: str) -> list[str]:
        """The numbers at the source of what a visitor finds."""
        answer = Client().get("/api/v1/search", {"q": question})
        assert answer.status_code == 200
        titles = [hit["title"] for hit in answer.json()["results"]]
        return list(Page.objects.filter(title__in=titles).values_list("contribution__external_id", flat=True))


def fields_of(draft: Any) -> dict[str, str]:
    """The texts of a draft as a reader sees them, white space folded."""
    names = ("title", "summary", "problem", "approach", "results")
    return {name: " ".join(plain_text(getattr(draft, name)).split()) for name in names}
