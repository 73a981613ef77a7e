"""The command `shanhai`.

Exit codes: 0 all is well; 1 finished, but more articles were set aside than the settings allow, a bundle is not what
its manifest says, or a link of the site leads nowhere; 2 the settings, the input or the output folder, the bundle or
the site cannot be used, or another build is at work; 3 a fault of ours.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException
from rich.console import Console

from shanhai import __version__, report
from shanhai.build import build_data, build_pages
from shanhai.errors import PathError, SettingsError, ShanhaiError
from shanhai.explain import explain
from shanhai.pages.output import remove_tree
from shanhai.publish import atomic
from shanhai.publish import check as publish_check
from shanhai.publish.bundle import bundle_name, bundle_note, write_bundle
from shanhai.publish.lock import locked
from shanhai.publish.verify_bundle import verify_bundle
from shanhai.settings import load_settings
from shanhai.site import hooks
from shanhai.verify import verify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs.config.defaults import MkDocsConfig

    from shanhai.settings import Settings

OK, SET_ASIDE, BAD_USE, OUR_FAULT = range(4)
NOT_AS_LISTED = SET_ASIDE

REPORT_FILE = Path("build", "report.json")
"""The last run's report, below the project's folder."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    arguments = _parser().parse_args(argv)
    console = Console(stderr=True)
    try:
        code: int = arguments.run(arguments, console)
    except (SettingsError, PathError) as fault:
        console.print(str(fault), style="red", markup=False, soft_wrap=True)
        return BAD_USE
    except ShanhaiError as fault:
        console.print(str(fault), style="red", markup=False, soft_wrap=True)
        return OUR_FAULT
    except OSError as fault:  # a full disk, a folder that may not be read
        where = f"{fault.filename}: " if fault.filename else ""
        console.print(f"{where}{fault.strerror or fault}", style="red", markup=False, soft_wrap=True)
        return BAD_USE
    except Exception:  # noqa: BLE001 - Python's own exit code would say that articles were set aside
        console.print(traceback.format_exc(), style="red", markup=False, soft_wrap=True)
        return OUR_FAULT
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="shanhai", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"shanhai {__version__}")
    parser.add_argument(
        "--config", type=Path, default=Path("mkdocs.yml"), help="the site's mkdocs.yml (default: ./mkdocs.yml)"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="convert the corpus and render the site")
    build.add_argument("--corpus", type=Path, help="folder of articles (default: extra.shanhai.corpus)")
    target = build.add_mutually_exclusive_group()
    target.add_argument("--site", type=Path, help="folder for the rendered site (default: site_dir)")
    target.add_argument("--pages-only", action="store_true", help="write the Markdown pages, render nothing")
    target.add_argument("--data-only", type=Path, metavar="OUT", help="write only the data files, to OUT")
    build.set_defaults(run=_build)

    bundle = commands.add_parser(
        "bundle", help="pack the site into a zip archive that opens from disk by a double click"
    )
    bundle.add_argument("--corpus", type=Path, help="folder of articles (default: extra.shanhai.corpus)")
    bundle.add_argument(
        "--out", type=Path, default=Path("dist"), metavar="DIR", help="folder for the archive (default: dist)"
    )
    bundle.set_defaults(run=_bundle)

    verify_bundle = commands.add_parser("verify-bundle", help="compare a bundle, packed or unpacked, with its manifest")
    verify_bundle.add_argument(
        "bundle", type=Path, metavar="PATH", help="the zip archive, or the folder unpacked from it"
    )
    verify_bundle.set_defaults(run=_verify_bundle)

    check = commands.add_parser("publish-check", help="serve the site as GitHub Pages does and follow every link of it")
    publish_check.add_arguments(check)
    check.set_defaults(run=lambda arguments, _console: publish_check.run(arguments))

    verify = commands.add_parser("verify", help="undo the edit log of every article and compare with the raw text")
    verify.add_argument("--corpus", type=Path, help="folder of articles (default: extra.shanhai.corpus)")
    verify.set_defaults(run=_verify)

    explain = commands.add_parser("explain", help="show what was done to one file, edit by edit")
    explain.add_argument("file", type=Path, metavar="FILE", help="an article, or its name within the corpus")
    explain.add_argument("--corpus", type=Path, help="folder of articles (default: extra.shanhai.corpus)")
    explain.add_argument("--all", action="store_true", dest="every", help="show every edit, not the first of its kind")
    explain.set_defaults(run=_explain)

    clean = commands.add_parser("clean", help="remove the generated pages from the docs folder")
    clean.set_defaults(run=_clean)
    return parser


def _build(arguments: argparse.Namespace, console: Console) -> int:
    settings = load_settings(arguments.config, arguments.corpus)
    if arguments.data_only:
        with locked(arguments.data_only):
            run = build_data(settings, arguments.data_only, console)
        return _conclude(run, settings, arguments.config, console)
    config = load_config(str(arguments.config), site_dir=_absolute(arguments.site), strict=True)
    if not arguments.pages_only:
        atomic.check(Path(config.site_dir))
    with locked(Path(config.docs_dir)):
        run = build_pages(settings, Path(config.docs_dir), console, config.site_url or "")
        code = _conclude(run, settings, arguments.config, console)
        if arguments.pages_only or code == OUR_FAULT:
            return code
        if fault := _render(config, console):
            return fault
    print(f"The site is in {_shown(Path(config.site_dir))}: open index.html there, or run `make serve`.")  # noqa: T201 - the result
    return code


def _render(config: MkDocsConfig, console: Console) -> int:
    """Let MkDocs make the site of the pages; `OK` or the exit code of what kept it from that."""
    config.extra[hooks.CONVERTED] = True
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build.build(config)
    except (Abort, MkDocsException) as fault:
        console.print(f"MkDocs could not render the site: {fault}", style="red", markup=False, soft_wrap=True)
        return BAD_USE if fault.exit_code == BAD_USE else OUR_FAULT
    finally:
        config.plugins.on_shutdown()
    return OK


def _bundle(arguments: argparse.Namespace, console: Console) -> int:
    settings = load_settings(arguments.config, arguments.corpus)
    name = bundle_name(__version__)
    target, site = arguments.out / f"{name}.zip", arguments.out.resolve() / f".{name}.site"
    config = load_config(str(arguments.config), site_dir=os.fspath(site), site_url="", strict=True)
    atomic.check(site)
    with locked(target), locked(Path(config.docs_dir)):
        run = build_pages(settings, Path(config.docs_dir), console)
        code = _conclude(run, settings, arguments.config, console)
        if code == OUR_FAULT:
            return code
        try:
            if fault := _render(config, console):
                return fault
            bundle = write_bundle(site, target, bundle_note(config.site_name, run.published, __version__))
        finally:
            shutil.rmtree(site, ignore_errors=True)
    print(  # noqa: T201 - the result
        f"The bundle is {_shown(bundle.path)}: {bundle.files} files, SHA-256 of their list {bundle.fingerprint}"
    )
    return code


def _verify_bundle(arguments: argparse.Namespace, console: Console) -> int:
    found = verify_bundle(arguments.bundle)
    for what, names in (("missing", found.missing), ("changed", found.changed), ("extra", found.extra)):
        for name in names:
            console.print(
                f"{what}: {name if name.isprintable() else ascii(name)}", style="red", markup=False, soft_wrap=True
            )
    if not found.holds:
        return NOT_AS_LISTED
    print(f"All {found.files} files are as listed; SHA-256 of their list {found.fingerprint}")  # noqa: T201 - the result
    return OK


def _conclude(run: report.RunReport, settings: Settings, config_file: Path, console: Console) -> int:
    report.show(run, console)
    target = config_file.parent / REPORT_FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(report.to_json(run), encoding="utf-8", newline="\n")
    for line in report.complaints(run, settings.allowed_set_aside_share):
        console.print(line, style="yellow", markup=False)
    if run.failures:
        return OUR_FAULT
    return SET_ASIDE if run.set_aside_share > settings.allowed_set_aside_share else OK


def _verify(arguments: argparse.Namespace, console: Console) -> int:
    found = verify(load_settings(arguments.config, arguments.corpus), console)
    for file in found.wrong:
        console.print(f"{file}: undoing the log does not give the raw text", style="red", markup=False)
    for file in found.failed:
        console.print(f"{file}: a fault of this program kept it from having a log", style="red", markup=False)
    total = found.published + found.set_aside
    print(  # noqa: T201 - the result
        f"{total - len(found.wrong)} of {total} logs lead back to the raw text ({found.published} published, "
        f"{found.set_aside} set aside later); {found.without_log} set aside before there was a log"
    )
    return OUR_FAULT if found.wrong or found.failed else OK


def _explain(arguments: argparse.Namespace, _console: Console) -> int:
    settings = load_settings(arguments.config, arguments.corpus)
    explain(arguments.file, settings.corpus, settings.max_file_bytes, Console(), every=arguments.every)
    return OK


def _clean(arguments: argparse.Namespace, console: Console) -> int:
    config = load_config(str(arguments.config))
    with locked(Path(config.docs_dir)):
        console.print(f"{remove_tree(Path(config.docs_dir))} generated files removed")
    return OK


def _absolute(path: Path | None) -> str | None:
    return os.fspath(path.resolve()) if path else None


def _shown(path: Path) -> Path:
    """The path as the reader would type it from here."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


if __name__ == "__main__":
    sys.exit(main())
