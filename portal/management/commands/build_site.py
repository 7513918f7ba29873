from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ground.clock import local_day, now
from people.models import Organisation
from portal.site.building import build


class Command(BaseCommand):
    help = "Makes the first public pages and the office's rights; what is there already is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.order_by("pk").first()
        if organisation is None:
            raise CommandError("There is no organisation yet.")
        day = local_day(now(), organisation.time_zone)
        made = build(organisation=organisation, day=day, language=organisation.language)
        self.stdout.write(f"{len(made)} pages made.")
