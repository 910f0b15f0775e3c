"""Settings of Django. What differs between installations comes from vuonlen.config.environment."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from vuonlen.config import environment
from vuonlen.config.handlers import PROPOSAL_KINDS as PROPOSAL_KINDS
from vuonlen.config.navigation import HOME_CARDS as HOME_CARDS
from vuonlen.config.navigation import NAVIGATION as NAVIGATION

HOME = environment.home()
try:
    KEYS = environment.load_keys(environment.keys_file())
    KEYS_ARE_SAVED = True
except environment.NoKeys:  # `migrate` writes them for an empty database; every other command refuses to go on
    KEYS = environment.new_keys()
    KEYS_ARE_SAVED = False

DEMO = environment.flag("VUONLEN_DEMO")
HTTPS = environment.flag("VUONLEN_HTTPS")
DEBUG = False
SECRET_KEY = KEYS.session
ALLOWED_HOSTS = environment.hosts()
ROOT_URLCONF = "vuonlen.config.urls"
WSGI_APPLICATION = "vuonlen.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FILES = HOME / "files"  # uploaded originals, outside whatever the server shows
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
FILE_UPLOAD_PERMISSIONS = 0o600

INSTALLED_APPS = [
    "vuonlen.foundation",
    "vuonlen.journal",
    "vuonlen.places",
    "vuonlen.accounts",
    "vuonlen.jobs",
    "vuonlen.approval",
    "vuonlen.staff",
    "vuonlen.geography",
    "vuonlen.registry",
    "vuonlen.registry.intake",
    "vuonlen.registry.search",
    "vuonlen.oversight",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "vuonlen.foundation.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "vuonlen.foundation.web.nul.NulMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # a page is open only where its view says so
    "vuonlen.accounts.web.area.AreaMiddleware",
    "vuonlen.accounts.web.session.SessionMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "vuonlen.accounts.web.context.page",
            ],
            "builtins": ["vuonlen.foundation.templatetags.shown"],
        },
    }
]

# ---- the database -------------------------------------------------------------------------------------------------

_SQLITE = {
    "transaction_mode": "IMMEDIATE",  # a writer waits at BEGIN instead of failing in the middle
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    " PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;",
}
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{HOME / 'register.sqlite3'}", conn_max_age=600, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = dict(_SQLITE)

# ---- people -------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "vuonlen.accounts.web.adapter.Adapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": False}  # axes counts the failures
ACCOUNT_FORMS = {
    "login": "vuonlen.accounts.web.forms.Login",
    "change_password": "vuonlen.accounts.web.forms.ChangePassword",
    "reauthenticate": "vuonlen.accounts.web.forms.Reauthenticate",
}
MFA_ADAPTER = "vuonlen.accounts.web.adapter.SecondFactor"
MFA_FORMS = {
    "authenticate": "vuonlen.accounts.web.forms.Authenticate",
    "reauthenticate": "vuonlen.accounts.web.forms.Confirm",
    "activate_totp": "vuonlen.accounts.web.forms.Activate",
    "add_webauthn": "vuonlen.accounts.web.forms.AddKey",
    "edit_webauthn": "vuonlen.accounts.web.forms.EditKey",
    "generate_recovery_codes": "vuonlen.accounts.web.forms.NewCodes",
}
MFA_TOTP_TOLERANCE = 1  # half minutes by which the clock of a telephone may differ
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # passkeys on 127.0.0.1
MFA_TOTP_ISSUER = "Vươn Lên"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "vuonlen.accounts.web.session.locked_out"
REVEALS_A_DAY = 50  # ID numbers that one user may open in a day
EXPORTS_A_DAY = 20  # lists that one user may take out in a day
API_CALLS_A_MINUTE = 60  # of one user
DEMO_PASSWORD = "minh-hoa-vuon-len"  # of every user of the demonstration; the sign-in page shows it there
WATCHING_ROUTES: set[str] = {
    "jobs:progress"
}  # pages that ask by themselves how far a job is: they keep no session alive
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accounts_cache"}}
SESSION_IDLE = timedelta(minutes=30)
SESSION_ABSOLUTE = timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE.total_seconds())
SESSION_COOKIE_SAMESITE = "Lax"  # Strict would show the sign-in page to whoever follows a link from a letter
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
CSRF_FAILURE_VIEW = "vuonlen.foundation.web.errors.token_missing"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# ---- words, files, jobs -------------------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent.parent / "i18n" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
STATIC_URL = "/static/"
STATIC_ROOT = None  # served from where the packages are; nothing to collect
WHITENOISE_USE_FINDERS = True
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
