from .evidence import Evidence
from .registration import RegistrationRequest
from .submission import Decision, Submission

__all__ = ["Decision", "Evidence", "RegistrationRequest", "Submission"]
