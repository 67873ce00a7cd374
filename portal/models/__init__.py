from .export import Export, ExportFault, ExportFormat, ExportState
from .saved_view import SavedView
from .user import User, UserManager

__all__ = ["Export", "ExportFault", "ExportFormat", "ExportState", "SavedView", "User", "UserManager"]
