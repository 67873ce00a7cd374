import uuid
from typing import ClassVar

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _


def evidence_storage() -> Storage:
    return storages["evidence"]


def random_name(row: "StoredFile", filename: str) -> str:
    """Nothing of the name somebody gave a file reaches the disk."""
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name}"


class StoredFile(models.Model):
    """A file in the private store, with what is known of it without opening it (`approvals.storing`)."""

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    file = models.FileField(_("file"), storage=evidence_storage, upload_to=random_name, max_length=120)
    name = models.CharField(_("name"), max_length=200, help_text=_("As it was called, cleaned; for the download."))
    content_type = models.CharField(_("type"), max_length=40)
    size = models.PositiveIntegerField(_("size"), help_text=_("Bytes."))
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def belongs_to(self) -> str:
        """The public number of what it is filed under."""
        raise NotImplementedError
