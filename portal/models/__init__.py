from .saved_view import SavedView
from .user import User, UserManager

__all__ = ["SavedView", "User", "UserManager"]
