"""How a file that somebody brought along leaves the portal."""

from io import BytesIO

from django.http import FileResponse

from approvals.models.stored_file import StoredFile


def handed_out(file: StoredFile, content: bytes) -> FileResponse:
    """The file as an answer. Never shown in the browser: sound files can be something else as well. So it is an
    attachment, of the type that was found in it and no other, and should a browser open it all the same, it may run and
    load nothing."""
    response = FileResponse(BytesIO(content), as_attachment=True, filename=file.name, content_type=file.content_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
