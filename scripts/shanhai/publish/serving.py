"""A built site over HTTP, below a path, answered as GitHub Pages answers for a project's site.

What counts for links is the same: names are told apart by case; a folder gives its `index.html`, and its name without
the slash a redirect; what is missing gives the site's own `404.html` with status 404, and what lies outside of the
site's path a bare 404; hidden files are not published; text comes compressed to whoever takes it.

One habit is left out on purpose: Pages also finds `name.html` under `name`, other servers and a disk do not, so that
a link which needs it counts as broken.
"""

from __future__ import annotations

import gzip
import mimetypes
import threading
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INDEX, NOT_FOUND = "index.html", "404.html"

COMPRESSED = frozenset({"text", "application/javascript", "application/json", "application/xml", "image/svg+xml"})
"""Types, or their first part, that come compressed."""

LARGEST_COMPRESSED_BYTES = 10_000_000
"""GitHub's own limit is not published; above this a data file is sent as it is, so that no answer fills the memory."""

PIECE_BYTES = 1 << 16

TYPES = {".jsonl": "application/jsonl", ".js": "text/javascript", ".svg": "image/svg+xml", ".xml": "application/xml"}
"""Beside those that Python knows, which differ with the machine's own list."""


def published(site: Path) -> frozenset[str]:
    """The files of a site by path below it; hidden ones, which the upload to Pages leaves out, are not among them."""
    paths = (path.relative_to(site) for path in site.rglob("*") if path.is_file())
    return frozenset(path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts))


@contextmanager
def served(site: Path, base: str) -> Iterator[int]:
    """Serve a folder on this machine below the path `base` ("/shanhai/", or "/") while in use; gives the port."""
    files = published(site)
    handler = type("Answer", (_Answer,), {"site": site, "base": base, "files": files, "folders": _folders(files)})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def _folders(files: frozenset[str]) -> frozenset[str]:
    return frozenset(str(folder) for file in files for folder in PurePosixPath(file).parents)


class _Answer(BaseHTTPRequestHandler):
    """What one connection gets; the four fields are set by `served`."""

    site: Path
    base: str
    files: frozenset[str]
    folders: frozenset[str]

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if not path.startswith(self.base):
            self._text(HTTPStatus.NOT_FOUND, b"There is no site here.\n")
            return
        name = path[len(self.base) :]
        if not name or name.endswith("/"):
            name += INDEX
        if name in self.files:
            self._file(HTTPStatus.OK, name)
        elif name in self.folders:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{urlsplit(self.path).path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif NOT_FOUND in self.files:
            self._file(HTTPStatus.NOT_FOUND, NOT_FOUND)
        else:
            self._text(HTTPStatus.NOT_FOUND, b"File not found.\n")

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def _file(self, status: HTTPStatus, name: str) -> None:
        path = self.site / name
        content_type = TYPES.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        size_bytes = path.stat().st_size
        compress = (
            "gzip" in self.headers.get("Accept-Encoding", "")
            and bool(COMPRESSED & {content_type, content_type.partition("/")[0]})
            and size_bytes <= LARGEST_COMPRESSED_BYTES
        )
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        if compress:
            body = gzip.compress(path.read_bytes(), compresslevel=1, mtime=0)
            self.send_header("Content-Encoding", "gzip")
            self._send(body)
            return
        self.send_header("Content-Length", str(size_bytes))
        self.end_headers()
        if self.command == "HEAD":
            return
        with path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                self.wfile.write(piece)

    def _text(self, status: HTTPStatus, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self._send(body)

    def _send(self, body: bytes) -> None:
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
