"""What every installation shares. Secrets come from the environment; dev and test bring their own, production none."""

from pathlib import Path

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))

DEBUG = False
DEMO = False
PRODUCTION = False
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    "config.apps.Config",
    "portal",
    "transfers",
    "conferences",
    "learninglog",
    "access",
    "media_policy",
    "curriculum",
    "visibility",
    "people",
    "ground",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.office.apps.OfficeUsers",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "access.team.middleware.DeviceMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "visibility.middleware.ViewerMiddleware",
    "visibility.middleware.RefusalMiddleware",
    "access.middleware.ActivityMiddleware",
    "access.terms.gate.TermsMiddleware",
    "portal.middleware.HeadersMiddleware",
    "portal.office.door.OfficeDoorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "people.Person"
LOGIN_URL = "portal:sign_in"
# Where a mail says one can stop it: a lower room writes the mail, a higher one has the page.
NOTICE_CHOICE_URL = "portal:notices"
STAFF_START_URL = "portal:staff"
# Where a sign-in under each hat leads, when it was not on its way somewhere.
DOORS = {
    "guardian": "portal:family",
    "staff": "portal:staff",
    "school": "portal:school",
    "office": "wagtailadmin_home",
}
# What waits for the terms of use; answers, withdrawals, choices, the reading log and the own copy never do.
WAITS_FOR_TERMS = {
    "portal:family", "family:log", "family:filters", "family:entry", "family:message", "family:from_home",
    "family:contacts", "family:captions", "media_policy:picture", "media_policy:clip", "family_transfers:preview",
    "family_transfers:pick",
}  # fmt: skip
MEDIA_ADDRESSES = {"media_policy:picture", "media_policy:clip"}
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Our own pages are Jinja2; config/overrides holds the few templates of others that we replace, in Django's language.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "config.jinja.environment",
            "context_processors": ["django.contrib.messages.context_processors.messages"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "overrides"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": env.database("DATABASE_URL", sqlite=VAR_DIR / "learning-log.sqlite3")}

# Everything is private unless a storage says otherwise; the default one has no addresses at all.
PRIVATE_MEDIA_ROOT = VAR_DIR / "private"
SPOOL_ROOT = VAR_DIR / "spool"
SPOOL_ROOT.mkdir(parents=True, exist_ok=True, mode=0o700)
MEDIA_ROOT = VAR_DIR / "public"
MEDIA_URL = "/public-media/"
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "ground.storage.PrivateFileSystemStorage"},
    "children": {"BACKEND": "ground.storage.PrivateFileSystemStorage"},
    "editorial": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(MEDIA_ROOT), "base_url": MEDIA_URL},
    },
    "staticfiles": {"BACKEND": "ground.static.HashedStaticFilesStorage"},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": False}}
# Days that the result of a task is kept; what is stored of a failure is told in ground/results.py.
TASK_RESULTS_DAYS = env.whole("TASK_RESULTS_DAYS", 1)
FAILED_TASK_RESULTS_DAYS = env.whole("FAILED_TASK_RESULTS_DAYS", 30)

LANGUAGE_CODE = "sv"
# Who asks for none of these reads the organisation's own language, or the one that is named here.
FALLBACK_LANGUAGE = ""
LANGUAGES = [("sv", "Svenska"), ("nb", "Norsk bokmål"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_SECURE = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

SESSION_COOKIE_NAME = "learninglog"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = True
# Minutes in which nothing happens, after which a session has ended; what a page asks for by itself is nothing.
SESSION_IDLE_MINUTES = env.whole("SESSION_IDLE_MINUTES", 45)
SESSION_COOKIE_AGE = SESSION_IDLE_MINUTES * 60
ASKED_BY_PAGES = {"staff:here", "media_policy:clip_state"}
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Ways in. Each provider named here has variables of its own, such as SIGN_IN_FREJA_ISSUER: see docs/signing-in.md.
SIGN_IN_PROVIDERS = env.groups("SIGN_IN_PROVIDERS", "SIGN_IN")
# Until so many hours before a talk a home moves or cancels it by itself.
TALK_CHANGE_HOURS = env.whole("TALK_CHANGE_HOURS", 24)
SIGN_IN_CODE_DAYS = env.whole("SIGN_IN_CODE_DAYS", 14)
# How many proxies of our own stand in front and add to X-Forwarded-For.
TRUSTED_PROXIES = env.whole("TRUSTED_PROXIES", 0)
# allauth is the OpenID Connect client and keeps the second factors; none of its own pages is mounted.
ACCOUNT_ADAPTER = "access.signing.adapters.HouseAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_ADAPTER = "access.signing.adapters.HouseSocialAccountAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 8
MFA_ADAPTER = "access.signing.adapters.HouseMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_TOTP_ISSUER = "Learning Log"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("login", "given_name", "family_name", "email"), "max_similarity": 0.6}},
    {"NAME": "access.signing.passwords.VariedValidator"},
]  # fmt: skip

# Uploads: one picture at most, and a form of a few of them; measured in bytes and pixels.
PICTURE_MAX_BYTES = env.whole("PICTURE_MAX_BYTES", 30 * 1024 * 1024)
PICTURE_MAX_PIXELS = env.whole("PICTURE_MAX_PIXELS", 64_000_000)
# Films and recordings: bytes of the raw file, seconds, pixels of one picture; and what making one ready may take, in
# bytes of memory and seconds (fewer than after which a task counts as lost).
CLIP_MAX_BYTES = env.whole("CLIP_MAX_MEGABYTES", 100) * 1024 * 1024
CLIP_MAX_SECONDS = env.whole("CLIP_MAX_SECONDS", 120)
CLIP_MAX_PIXELS = env.whole("CLIP_MAX_PIXELS", 4096 * 2304)
CLIP_MEMORY = env.whole("CLIP_MEMORY_MEGABYTES", 3072) * 1024 * 1024
CLIP_SECONDS_TO_MAKE = 480
# Another ffmpeg than the one that was installed with us.
FFMPEG = env.text("FFMPEG", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = str(SPOOL_ROOT)
X_ACCEL_PREFIX = env.text("X_ACCEL_PREFIX", "")

# Keys: a list, newest first; old ones still open what they closed.
FIELD_KEYS: list[str] = []
HASH_KEY = ""
READING_LOG_ANCHOR = VAR_DIR / "reading-log-anchor.txt"
# Days that a refused attempt at something about a child is kept for the head.
REFUSED_LOOK_DAYS = env.whole("REFUSED_LOOK_DAYS", 400)

WAGTAIL_SITE_NAME = "Learning Log"
WAGTAILADMIN_BASE_URL = env.text("BASE_URL", "http://localhost:8000")
WAGTAILIMAGES_IMAGE_MODEL = "portal.EditorialImage"
WAGTAILDOCS_DOCUMENT_MODEL = "portal.EditorialDocument"
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.office.forms.EditorialImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.office.forms.EditorialDocumentForm"
WAGTAILIMAGES_RENDITION_STORAGE = "editorial"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
# A page has its words in several languages (portal/models/texts.py): one tree, one address, no locales of Wagtail's.
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "image"]},
    }
}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "learning-log@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name} {message}", "style": "{"}},
    "filters": {"without words": {"()": "ground.results.WithoutWords"}},
    # The message of an exception may quote a row, whoever logs it.
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without words"]},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # They print the exception of a task that failed, and whatever else listens must not have it either.
        "django_tasks": {"filters": ["without words"]},
        "django_tasks_db": {"filters": ["without words"]},
    },
}
