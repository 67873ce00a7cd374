from .asking import AskedChange, Snippet
from .conversation import Attachment, Message, Reading, Thread, ThreadState
from .evidence import Evidence
from .first_approval import FirstApproval
from .mailing import Mailing, MailOutcome
from .notification import Notification, NotificationChoice, NotificationKind
from .registration import RegistrationRequest
from .submission import Decision, Submission

__all__ = [
    "AskedChange",
    "Attachment",
    "Decision",
    "Evidence",
    "FirstApproval",
    "MailOutcome",
    "Mailing",
    "Message",
    "Notification",
    "NotificationChoice",
    "NotificationKind",
    "Reading",
    "RegistrationRequest",
    "Snippet",
    "Submission",
    "Thread",
    "ThreadState",
]
