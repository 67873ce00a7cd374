from .contacts import ContactsForm
from .person import PersonForm

__all__ = ["ContactsForm", "PersonForm"]
