"""A web server that sends what GitHub Pages would, and counts it."""

from __future__ import annotations

import gzip
import threading
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKED_SUFFIXES = frozenset({".html", ".js", ".mjs", ".css", ".json", ".xml", ".svg", ".txt"})
"""What GitHub Pages sends as gzip; other files (Pagefind's are packed already) go as they are."""


class Sent(NamedTuple):
    """One answer: path below the folder, the bytes of the file and those that were sent for it, without headers."""

    path: str
    raw: int
    sent: int


class Served(NamedTuple):
    """A running server: its address with a slash at the end, and what it has sent since `sent` was last cleared."""

    address: str
    sent: list[Sent]


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serve a folder until the block ends."""
    sent: list[Sent] = []
    packed: dict[str, bytes] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, folder, sent, packed))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_port}/", sent)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    # One packet an answer: a head sent before its body waits for the browser's delayed acknowledgement, 40 ms a file.
    disable_nagle_algorithm = True
    wbufsize = -1

    def __init__(self, folder: Path, sent: list[Sent], packed: dict[str, bytes], *arguments: object) -> None:
        self.sent, self.packed = sent, packed
        super().__init__(*arguments, directory=str(folder))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = Path(self.translate_path(urlsplit(self.path).path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        content = path.read_bytes()
        body = self._packed(path, content) if path.suffix in PACKED_SUFFIXES else content
        self.sent.append(Sent(urlsplit(self.path).path.lstrip("/"), len(content), len(body)))
        with suppress(ConnectionError):
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", self.guess_type(str(path)))
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=600")
            if path.suffix in PACKED_SUFFIXES:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

    def _packed(self, path: Path, content: bytes) -> bytes:
        """Packed once: a web server that packs on every request would be measured, not the search."""
        key = str(path)
        if key not in self.packed:
            self.packed[key] = gzip.compress(content, 6, mtime=0)
        return self.packed[key]

    def handle(self) -> None:
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, *_: object) -> None:
        """Say nothing."""
