"""What happens to the curriculum at night."""

import logging
from datetime import datetime

from curriculum.services import refresh_copies

logger = logging.getLogger("curriculum")


def mend_copies(*, at: datetime) -> None:
    """Prove that the copied columns equal their source; mend and report those that do not."""
    if stale := refresh_copies():
        logger.warning("%d rows of the curriculum had copies that differed from their source.", stale)
