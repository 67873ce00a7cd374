from .acceptance import Acceptance
from .assignment import RoleAssignment
from .contact import Contact
from .search import ContactSearch

__all__ = ["Acceptance", "Contact", "ContactSearch", "RoleAssignment"]
