"""Addresses that are open to all, and those of a third party: see table.py."""

# Nothing on these tells anything about a child or a person; test_every_door looks at them as nobody.
PUBLIC = {
    "portal:home",
    "portal:language",
    "portal:robots",
    "portal:editorial",
    "portal:sign_in",
    "published:keys",
    "published:schema",
    "published:verifier",
    # Behind a link nobody is named; what it opens takes a code.
    "packages:package",
    "packages:download",
    "demo:personas",
    "demo:sign_in",
    "demo:tablet",
    "wagtail_serve",
    "signing:ways",
    "signing:begin",
    "signing:callback",
    "signing:password",
    "signing:passkey",
    "signing:passkey_options",
    "signing:new_passkey",
    "signing:new_passkey_options",
    "signing:second",
    "signing:code",
    "signing:set_up",
    "signing:left",
    "signing:ended_there",
    "terms:privacy",
    "tablet:home",
    "tablet:show_code",
    "tablet:pin",
    "tablet:lock",
    "tablet:pictures",
}
# What stands in the addresses of some of them; no provider is set up where the doors are walked.
PUBLIC_PARTS: dict[str, dict[str, str]] = {
    "packages:package": {"package": "11111111-2222-4333-8444-555555555555"},
    "packages:download": {"package": "11111111-2222-4333-8444-555555555555"},
    "signing:ways": {"hat": "guardian"},
    "signing:begin": {"hat": "guardian", "way": "unknown"},
    "signing:callback": {"way": "unknown"},
    "signing:password": {"hat": "staff"},
    "signing:passkey": {"hat": "staff"},
    "signing:passkey_options": {"hat": "staff"},
    "signing:left": {"way": "unknown"},
    "signing:ended_there": {"way": "unknown"},
}
THIRD_PARTY = ("cms/", "documents/")
