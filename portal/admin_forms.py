"""Making an account in admin."""

from typing import Any

from django import forms

from portal.models import User


class AccountCreationForm(forms.ModelForm):
    """An account without a usable password: its owner sets one through the reset mail."""

    class Meta:
        model = User
        fields = ("email", "first_name", "last_name", "phone")

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def save(self, commit: bool = True) -> Any:
        user = super().save(commit=False)
        user.set_unusable_password()
        if commit:
            user.save()
        return user
