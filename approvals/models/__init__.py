from .evidence import Evidence
from .mailing import Mailing, MailKind, MailOutcome
from .registration import RegistrationRequest
from .submission import Decision, Submission

__all__ = ["Decision", "Evidence", "MailKind", "MailOutcome", "Mailing", "RegistrationRequest", "Submission"]
