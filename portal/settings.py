"""All settings, from the environment. The README has the table of variables."""

from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import environ
from bootstrap_wrapper import get_bootstrap_dir
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from approvals.working_time import Office
from customers import vat

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
# Tried out on one machine, without https and without anything installed: never reachable from another.
LOCAL = env.bool("LOCAL", default=DEBUG)
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development-and-demonstrations" if LOCAL else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY to a long random text, or LOCAL=1 to try the portal out.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOOPBACK if LOCAL else [])
if LOCAL and not DEBUG and not set(ALLOWED_HOSTS) <= set(LOOPBACK):
    raise ImproperlyConfigured("LOCAL=1 is for this machine alone: leave LOCAL or ALLOWED_HOSTS out.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")

# Ours come last, so that the staff groups find the permissions of all apps; templates of ours come first by DIRS.
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "portal.apps.PortalAdminConfig",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_countries",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "formtools",
    "simple_history",
    "customers",
    "contacts",
    "approvals",
    "portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "portal.middleware.PrivatePagesMiddleware",
    "portal.middleware.SoundRequestsMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.navigation.frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Data -------------------------------------------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE makes check-then-write safe: SQLite has no row locks, so the second writer waits for the first.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        timeout=20,
        transaction_mode="IMMEDIATE",
        init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    )
else:
    # A database that does not answer must not hang a page; a lock somebody else holds must not either.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    DATABASES["default"]["OPTIONS"].setdefault("tcp_user_timeout", 10_000)
    DATABASES["default"]["OPTIONS"].setdefault(
        "options",
        # Compiling a query takes longer than running it; 4 MB hold the pages alone of what is found among a million.
        "-c statement_timeout=15000 -c lock_timeout=8000 -c idle_in_transaction_session_timeout=60000 -c jit=off"
        " -c work_mem=32MB",
    )
    DATABASES["default"].update(CONN_MAX_AGE=600, CONN_HEALTH_CHECKS=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
# What each process may count for itself: a search must not write to a database to be counted.
CACHES["process"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process"}

# --- Accounts ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = ["portal.accounts.backend.MembershipBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # Accounts are made by administrators, who know the address.
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.LoginForm",
    "reset_password": "portal.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "portal.accounts.forms.ResetPasswordKeyForm",
    "change_password": "portal.accounts.forms.ChangePasswordForm",
}
SESSION_COOKIE_AGE = 60 * 60 * 12
PASSWORD_RESET_TIMEOUT = 60 * 60 * 2  # The mail and its pages name the two hours.

# --- Pages ------------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
COMMUNICATION_LANGUAGES = [("nl", _("Dutch")), ("fr", _("French")), ("en", _("English")), ("de", _("German"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["portal.formats"]
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Brussels")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "var" / "static"))()
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", get_bootstrap_dir())]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = LOCAL  # Files as they lie in the source, without collectstatic.

# Never routed: evidence and exports leave only through the views that check who asks.
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))
EVIDENCE_MAX_BYTES = 10 * 1024 * 1024
private: dict[str, Any] = {"base_url": None, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    **{
        folder: {
            "BACKEND": "approvals.storage.WholeFileStorage",
            "OPTIONS": private | {"location": str(Path(MEDIA_ROOT) / folder)},
        }
        for folder in ("evidence", "exports")
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# A document that is too large gets its answer beside the field; what is far larger is not read at all.
REQUEST_MAX_BYTES = 3 * EVIDENCE_MAX_BYTES
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# --- Mail and tasks ---------------------------------------------------------------------------------------------------

EMAIL_FILE_PATH: str | None = None
vars().update(env.email_url("EMAIL_URL", default="consolemail://" if LOCAL else "smtp://localhost:25"))
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Arxus Portal <portal@arxus.example>")
SERVER_EMAIL = env.str("SERVER_EMAIL", default=DEFAULT_FROM_EMAIL)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- Rules of the operator --------------------------------------------------------------------------------------------

COMMERCIAL_EMAIL_BLOCKED_DOMAINS = env.list("COMMERCIAL_EMAIL_BLOCKED_DOMAINS", default=["cronos.be"])
SERVICE_DESK_PHONE = env.str("SERVICE_DESK_PHONE", default="+3235550100")
SERVICE_DESK_EMAIL = env.str("SERVICE_DESK_EMAIL", default="servicedesk@arxus.example")
SERVICE_DESK_HOURS = env.str("SERVICE_DESK_HOURS", default="Day and night, when a service fails")
OPERATOR_VAT_NUMBERS = env.list("OPERATOR_VAT_NUMBERS", default=[])  # Of no customer.
CSM_HOURS = env.str("CSM_HOURS", default="Monday to Friday, 9:00 to 17:00")
MESSAGES_PER_HOUR = env.int("MESSAGES_PER_HOUR", default=30)  # Of one person.
EXPORTS_PER_HOUR = env.int("EXPORTS_PER_HOUR", default=20)  # Of one person.
EXPORTS_AT_ONCE = env.int("EXPORTS_AT_ONCE", default=2)  # Files of one person that are made in the background.
if EXPORTS_PER_HOUR < 1 or EXPORTS_AT_ONCE < 1:
    raise ImproperlyConfigured("Set EXPORTS_PER_HOUR and EXPORTS_AT_ONCE to at least 1.")
SEARCHES_PER_MINUTE = env.int("SEARCHES_PER_MINUTE", default=300)  # Of one person.
HOLD_MINUTES = env.int("HOLD_MINUTES", default=30)  # After so long left alone, a request is free again.
if HOLD_MINUTES < 1:
    raise ImproperlyConfigured("Set HOLD_MINUTES to a number of minutes, at least 1.")
GROUNDS = ["red_signal", "liability", "exception", "override"]
SECOND_APPROVER_GROUNDS = env.list("SECOND_APPROVER_GROUNDS", default=GROUNDS)
if unknown := set(SECOND_APPROVER_GROUNDS) - set(GROUNDS):
    raise ImproperlyConfigured(f"SECOND_APPROVER_GROUNDS knows {', '.join(GROUNDS)}; not {', '.join(sorted(unknown))}.")

# By when we answer a request, in hours of the office; amber and red are the hours left at which staff are warned.
ANSWER_TARGET_HOURS = env.float("ANSWER_TARGET_HOURS", default=8.0)
ANSWER_AMBER_HOURS = env.float("ANSWER_AMBER_HOURS", default=2.0)
ANSWER_RED_HOURS = env.float("ANSWER_RED_HOURS", default=0.0)
try:
    OFFICE = Office(
        zone=ZoneInfo(TIME_ZONE),
        opens=time.fromisoformat(env.str("OFFICE_OPENS", default="09:00")),
        closes=time.fromisoformat(env.str("OFFICE_CLOSES", default="17:00")),
        days=frozenset(env.list("OFFICE_DAYS", cast=int, default=[1, 2, 3, 4, 5])),
        country=env.str("OFFICE_COUNTRY", default="BE"),
        region=env.str("OFFICE_REGION", default=""),
        closed_on=frozenset(map(date.fromisoformat, env.list("OFFICE_CLOSED_ON", default=[]))),
    )
except ValueError as error:
    raise ImproperlyConfigured(f"Read the OFFICE_ settings again, the README has their table: {error}") from error

# --- What the checks of a request go by (docs/production.md) ---------------------------------------------------------

CHECK_REGISTER_ANSWER_DAYS = env.int("CHECK_REGISTER_ANSWER_DAYS", default=30)
CHECK_MANY_REQUESTS = env.int("CHECK_MANY_REQUESTS", default=10)
CHECK_QUICKEST_SECONDS = env.int("CHECK_QUICKEST_SECONDS", default=30)
CHECK_NEW_MEMBER_DAYS = env.int("CHECK_NEW_MEMBER_DAYS", default=14)
CHECK_USUAL_SHARE = env.float("CHECK_USUAL_SHARE", default=0.9)

# --- The European Union's VAT register --------------------------------------------------------------------------------

VIES_URL = env.str("VIES_URL", default="")  # Empty: the register is not asked.
if VIES_URL and not VIES_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured("Write VIES_URL in full, like https://ec.europa.eu/taxation_customs/vies/rest-api")
VIES_TIMEOUT = env.float("VIES_TIMEOUT", default=2.0)
VIES_REQUESTER = env.str("VIES_REQUESTER", default="")  # With it the register gives a consultation number.
if VIES_REQUESTER and not vat.is_in_register(VIES_REQUESTER):
    raise ImproperlyConfigured("Write VIES_REQUESTER as a VAT number of an EU country, with its prefix: BE0123456749")

# --- Security ---------------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not LOCAL)
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_HSTS_PRELOAD = not LOCAL
SECURE_REFERRER_POLICY = "same-origin"
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # Limits count the sender, not the proxy.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_NAME = "sessionid" if LOCAL else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if LOCAL else "__Host-csrftoken"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's stylesheet draws its marks as data: images.
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"httpx": {"level": "WARNING"}},  # Its notes hold whole addresses, VAT numbers included.
    "root": {"handlers": ["console"], "level": "INFO"},
}
