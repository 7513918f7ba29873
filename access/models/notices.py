"""What the system tells people by mail: whether they want it, and one row a person and day that says it was sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NoticeChoice(models.Model):
    """A person's answer to "may we mail you when there is something new?"; without a row the answer is yes."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choice")
    by_mail = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"NoticeChoice {self.pk}"


class NoticeMail(models.Model):
    """The outbox: one mail of a kind to one person on one day. It holds no words and no address; those are made when
    it is sent.

    `claimed_at` is committed before the mail server is called, so a worker that is killed in between cannot send twice.
    """

    class About(models.TextChoices):
        NEWS = "news", _("Something new")
        READING_ENDS = "reading_ends", _("The day on which reading ends")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_mails")
    about = models.CharField(max_length=12, choices=About, default=About.NEWS, db_default=About.NEWS)
    day = models.DateField()
    written_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    # Not wanted or not possible any more when its turn came.
    dropped_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day", "about"],
                name="access_noticemail_once_a_day",
                violation_error_message=_("This person has got today’s mail."),
            ),
            models.CheckConstraint(
                name="access_noticemail_sent_or_dropped",
                condition=Q(sent_at__isnull=True) | Q(dropped_at__isnull=True),
                violation_error_message=_("A mail was either sent or dropped."),
            ),
        ]
        indexes = [models.Index(fields=["person", "-sent_at"], name="access_noticemail_last")]

    def __str__(self) -> str:
        return f"NoticeMail {self.pk}"
