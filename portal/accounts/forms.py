"""Allauth's forms in our words: labels, hints, what is wrong and what to do about it."""

from typing import Any

from allauth.account import forms as allauth_forms
from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _

NEW_PASSWORD_HINT = _("At least 12 characters. A short sentence that only you would think of is good and easy to keep.")


def _reword(form: BaseForm, name: str, *, label: Any, missing: Any, hint: Any = "", **attrs: str) -> None:
    field = form.fields[name]
    field.label = label
    field.help_text = hint
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


def _reword_email(form: BaseForm, name: str, *, enterkeyhint: str) -> None:
    _reword(
        form,
        name,
        label=_("Email"),
        missing=_("Enter your e-mail address."),
        autocomplete="username",
        inputmode="email",
        autocapitalize="none",
        spellcheck="false",
        enterkeyhint=enterkeyhint,
    )
    form.fields[name].error_messages["invalid"] = _("Enter a whole e-mail address, like name@company.example.")


def _reword_new_passwords(form: BaseForm) -> None:
    _reword(form, "password1", label=_("New password"), missing=_("Enter a new password."), hint=NEW_PASSWORD_HINT)
    _reword(
        form,
        "password2",
        label=_("New password again"),
        missing=_("Enter the new password a second time."),
        enterkeyhint="go",
    )


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword_email(self, "login", enterkeyhint="next")
        _reword(self, "password", label=_("Password"), missing=_("Enter your password."), enterkeyhint="go")


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword_email(self, "email", enterkeyhint="send")


class ResetPasswordKeyForm(allauth_forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword_new_passwords(self)


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, "oldpassword", label=_("Current password"), missing=_("Enter your current password."))
        _reword_new_passwords(self)
