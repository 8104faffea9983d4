"""No screen in any of its main states has a serious fault of accessibility: axe-core's rules for WCAG 2.2 AA."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright

from tests.browser.conftest import launch
from tests.browser.house import House
from tests.browser.staging import Staged
from tests.browser.tour import Tour

pytestmark = [pytest.mark.browser, pytest.mark.timeout(480)]

AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CHECK = """async (tags) => {
  for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);  // colours have arrived
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  return found.violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) => ({
    rule: one.id, help: one.help, nodes: one.nodes.slice(0, 4).map((node) => `${node.target}: ${node.failureSummary}`),
  }));
}"""
# At least so many are met.
STATES = {"sign-in": 2, "docs": 1, "console": 65, "seat": 35, "wall": 23, "door": 7, "teller": 13, "site": 7}
FEW = 14  # delegates who come: enough for a list, a queue and a vote

Fault = tuple[str, dict[str, Any]]


class Checker:
    """Runs axe on every state; a seat is looked at by day and by night."""

    def __init__(self) -> None:
        self.states: dict[str, list[str]] = {}
        self.faults: dict[str, list[Fault]] = {}

    def __call__(self, surface: str, state: str, page: Page) -> None:
        """See Visit."""
        self.states.setdefault(surface, []).append(state)
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(AXE)
        self.check(surface, state, page)
        if surface == "seat":
            page.evaluate("document.documentElement.dataset.theme = 'dark'")
            self.check(surface, f"{state} in the dark", page)
            page.evaluate("document.documentElement.dataset.theme = 'light'")

    def check(self, surface: str, state: str, page: Page) -> None:
        """Note what axe finds."""
        self.faults.setdefault(surface, []).extend((state, one) for one in page.evaluate(CHECK, RULES))


@pytest.fixture(scope="module")
def checked(playwright: Playwright, house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    """One walk through a meeting."""
    checker = Checker()
    browser: Browser = launch(playwright, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
    staged = Staged(house, present=FEW, papers_of="2")
    tour = Tour(browser, staged, checker, tmp_path_factory.mktemp("tour"))
    try:
        tour.walk()
        yield checker
    finally:
        staged.close()
        browser.close()


@pytest.mark.parametrize("surface", sorted(STATES))
def test_no_state_of_a_surface_has_a_serious_fault(checked: Checker, surface: str) -> None:
    assert len(checked.states[surface]) >= STATES[surface], checked.states[surface]
    faults = [f"{state}: {one['rule']} ({one['help']})\n  " + "\n  ".join(one["nodes"])
              for state, one in checked.faults[surface]]
    assert faults == [], "\n".join(faults)
