"""Pytest plugin: a test that did not run, or was expected to fail, fails the run."""

from collections.abc import Iterator

import pytest
from _pytest.terminal import TerminalReporter

UNPROVEN = ("skipped", "xfailed", "xpassed")


def unproven(config: pytest.Config) -> list[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if not isinstance(reporter, TerminalReporter):
        return []
    return [report.nodeid for kind in UNPROVEN for report in reporter.stats.get(kind, [])]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    if unproven(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    yield


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    for nodeid in unproven(terminalreporter.config):
        terminalreporter.write_line(f"NOT PROVEN {nodeid}: tests are not skipped here", red=True)
