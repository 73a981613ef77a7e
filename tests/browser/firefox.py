"""A real Firefox without a network, spoken to in WebDriver BiDi.

Debian's Firefox speaks it by itself: no driver program, and none of Playwright's own builds.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from websockets.sync.client import ClientConnection

NAMES = ("firefox-esr", "firefox")
HOW_TO_GET_ONE = "no Firefox found: install the package `firefox-esr` (or `firefox`) of your system"
WAIT_S = 60
"""On a busy machine a browser takes its time."""

NOWHERE = "127.0.0.1"
DISCARD_PORT = 9
"""Where nobody answers: every request that is to leave the machine goes there and fails."""

PREFERENCES: dict[str, object] = {
    "network.proxy.type": 1,
    "network.proxy.http": NOWHERE,
    "network.proxy.http_port": DISCARD_PORT,
    "network.proxy.ssl": NOWHERE,
    "network.proxy.ssl_port": DISCARD_PORT,
    "network.proxy.socks": NOWHERE,
    "network.proxy.socks_port": DISCARD_PORT,
    "network.proxy.socks_remote_dns": True,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "remote.active-protocols": 1,
}
"""A proxy that is not there, and silence about everything that Firefox asks for of its own accord."""

_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


def installed() -> str:
    """The Firefox of this machine; without one, the test is skipped and says so."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip(HOW_TO_GET_ONE)
    return found


class RefusedError(Exception):
    """The browser could not do what it was asked for: a script threw, or its page is gone."""


class Firefox:
    """One tab. What pages ask for stands in `requests`, what goes wrong in them in `faults`."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._number = 0
        self.requests: list[str] = []
        self.faults: list[str] = []
        self._ask("session.new", {"capabilities": {}})
        self._ask("session.subscribe", {"events": ["network.beforeRequestSent", "log.entryAdded"]})
        self._tab = self._ask("browsingContext.getTree", {})["contexts"][0]["context"]
        self._ask("browsingContext.activate", {"context": self._tab})

    def open(self, address: str) -> None:
        """Go to a page and wait until it has loaded."""
        self._ask("browsingContext.navigate", {"context": self._tab, "url": address, "wait": "complete"})

    def run(self, expression: str) -> Any:
        """The value of an expression, promises awaited: text, a number, a truth value or nothing."""
        target = {"context": self._tab}
        asked = {"expression": expression, "target": target, "awaitPromise": True, "userActivation": True}
        answer = self._ask("script.evaluate", asked)
        if answer["type"] != "success":
            raise RefusedError(answer["exceptionDetails"]["text"])
        return answer["result"].get("value")

    def press(self, keys: str) -> None:
        """Type keys into what has the focus; private characters name special keys as WebDriver has it."""
        strokes = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        actions = [{"type": "key", "id": "keyboard", "actions": strokes}]
        self._ask("input.performActions", {"context": self._tab, "actions": actions})

    def point(self, x: float, y: float) -> None:
        """Click with the mouse at a point of the window."""
        steps: list[dict[str, object]] = [{"type": "pointerMove", "x": round(x), "y": round(y)}]
        steps += [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        actions = [{"type": "pointer", "id": "mouse", "actions": steps}]
        self._ask("input.performActions", {"context": self._tab, "actions": actions})

    def _ask(self, method: str, parameters: dict[str, object]) -> dict[str, Any]:
        self._number += 1
        self._connection.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._connection.recv(timeout=WAIT_S))
            if message["type"] == "event":
                self._note(message["method"], message["params"])
            elif message["id"] == self._number:
                if message["type"] != "success":
                    raise RefusedError(f"{method}: {message.get('message')}")
                return message["result"]

    def _note(self, event: str, told: dict[str, Any]) -> None:
        if event == "network.beforeRequestSent":
            self.requests.append(told["request"]["url"])
        elif told.get("level") == "error":
            self.faults.append(str(told.get("text")))


@contextmanager
def firefox(executable: str, profile: Path, tab: type[Firefox]) -> Iterator[Firefox]:
    """A tab of a headless Firefox with a profile of its own, which is ended with all its processes."""
    connect = pytest.importorskip("websockets.sync.client", reason="the package `websockets` is not here").connect
    profile.mkdir()
    lines = (f"user_pref({json.dumps(key)}, {json.dumps(value)});\n" for key, value in PREFERENCES.items())
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [executable, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8")
    try:
        with connect(f"{_address(process)}/session", max_size=None, proxy=None) as connection:
            yield tab(connection)
    finally:
        process.terminate()
        process.communicate(timeout=WAIT_S)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if found := _LISTENING.search(line):
            return found[1]
    pytest.fail("Firefox ended before it could be spoken to")
