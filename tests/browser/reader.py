"""What a reader's browser meets on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE, DESKTOP = (390, 844), (1280, 900)
SIZES = {"phone": PHONE, "desktop": DESKTOP}
SCHEMES = {"light": "default", "dark": "slate"}
"""What a reader prefers -> the scheme of the theme."""
READY_MS = 30_000
"""The search loads its index in a worker; on a busy machine that takes its time."""


class Faults(list[str]):
    """Everything that goes wrong on a page: console errors, uncaught exceptions, requests that leave the site."""

    def __init__(self, page: Page, address: str) -> None:
        super().__init__()
        page.on("console", lambda message: self.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(address) else self.append(request.url))
        page.on("requestfailed", lambda request: self._failed(request.url, str(request.failure)))

    def _failed(self, url: str, why: str) -> None:
        """A request that was still under way when the reader went on is no fault."""
        if why != "net::ERR_ABORTED":
            self.append(f"{url}: {why}")


def unfold(page: Page) -> None:
    """Open all that is folded: it is part of the page."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
