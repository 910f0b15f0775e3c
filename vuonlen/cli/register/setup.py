"""Django made ready for a command. Loaded before whatever imports a model."""

from __future__ import annotations

import os

import django
from django.conf import settings
from django.core.checks import Error, run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError
from django.utils import translation

import vuonlen.domain.problems.installation  # noqa: F401  (fills the catalogue)
from vuonlen.accounts.row_security import widen_process
from vuonlen.config import environment
from vuonlen.domain.problems import Problem, Refused
from vuonlen.i18n import language


def start(*, migrated: bool = True, keys: bool = True) -> None:
    """Read the settings. Raises Refused where keys are missing, or the database is not there or not up to date.

    migrated, keys: False for the commands that make them.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vuonlen.config.settings")
    django.setup()
    translation.activate(language())
    widen_process()
    if keys and not settings.KEYS_ARE_SAVED:
        raise Refused(Problem("I-NO-KEYS", values={"path": environment.keys_file()}))
    if migrated:
        waiting = unapplied()
        if waiting:
            raise Refused(Problem("I-NOT-MIGRATED", values={"count": len(waiting)}))


def unapplied() -> list[str]:
    """Names of migrations that the database does not have yet. Raises Refused where it does not answer."""
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as why:
        raise Refused(Problem("I-NO-DATABASE", values={"why": str(why).strip().splitlines()[0]})) from why
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _ in plan]


def faults() -> list[str]:
    """What Django's own checks find wrong with this installation."""
    return [one.msg for one in run_checks() if isinstance(one, Error)]
