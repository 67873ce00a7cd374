from .acceptance import Acceptance
from .assignment import RoleAssignment
from .contact import Contact

__all__ = ["Acceptance", "Contact", "RoleAssignment"]
