"""What crawlers are told."""

from __future__ import annotations


def robots(site_url: str) -> str:
    """The text of robots.txt: everything may be read, and the sitemap stands there, where the site's address is known.

    Crawlers ask for it at the root of a host only. On a project page of GitHub (…github.io/name/) it is never asked
    for, and does no harm.
    """
    lines = ["User-agent: *", "Allow: /"]
    if site_url:
        lines += ["", f"Sitemap: {site_url.rstrip('/')}/sitemap.xml"]
    return "\n".join(lines) + "\n"
