from .assignment import RoleAssignment
from .contact import Contact

__all__ = ["Contact", "RoleAssignment"]
