from .asking import AskedChange, Snippet
from .conversation import Attachment, Message, Reading, Thread, ThreadState
from .evidence import Evidence
from .first_approval import FirstApproval
from .mailing import Mailing, MailKind, MailOutcome
from .registration import RegistrationRequest
from .submission import Decision, Submission

__all__ = [
    "AskedChange",
    "Attachment",
    "Decision",
    "Evidence",
    "FirstApproval",
    "MailKind",
    "MailOutcome",
    "Mailing",
    "Message",
    "Reading",
    "RegistrationRequest",
    "Snippet",
    "Submission",
    "Thread",
    "ThreadState",
]
