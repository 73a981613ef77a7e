"""The build script, callable alone: `python scripts/build.py` writes the Markdown pages, MkDocs renders them.

It takes the options of `shanhai build`; the way of the data is `shanhai/build.py`.
"""

from __future__ import annotations

import sys

from shanhai.cli import main

if __name__ == "__main__":
    sys.exit(main(["build", *(sys.argv[1:] or ["--pages-only"])]))
