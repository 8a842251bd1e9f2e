"""Headless Chromium: the words of a page that it shows, with everything opened that opens."""

import html
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

MEASURED = "measured"  # in the address of a page that tells its words
SHOWN = re.compile(r'<pre id="shown">(.*?)</pre>', re.S)
# Opens what a reader opens, takes out what leads elsewhere, and leaves the words that are shown.
SCRIPT = """
<script>
addEventListener('load', () => setTimeout(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const main = all('main, [role=main], article').filter((each) => !each.parentElement.closest(
    'main, [role=main], article'))[0] || document.body;
  all('details').forEach((each) => { each.open = true; });
  const opened = all('[aria-controls]').map((each) => each.getAttribute('aria-controls'));
  all('[role=tabpanel], [hidden]').forEach((each) => {
    if (each.role === 'tabpanel' || opened.includes(each.id)) each.removeAttribute('hidden');
  });
  const style = document.createElement('style');
  style.textContent =
    '* { content-visibility: visible !important; text-transform: none !important }';
  document.head.append(style);
  all('details > div').forEach((each) => each.style.cssText = '');
  all('[role=tabpanel], .tabbed-block, .sd-tab-content, .vp-code-group .blocks > *').forEach(
    (each) => each.style.setProperty('display', 'block', 'important'));
  all(`nav, script, style, footer.site-footer, #footer, .VPDocFooter, .VPDocAside, .pagination-nav,
    .theme-doc-footer, .theme-doc-toc-mobile, .md-source-file, .toc, #toc, #TOC, .sphinxsidebar,
    .toc-drawer, .table-of-contents, .related, .toctree-wrapper, .breadcrumbs, [role=navigation],
    .VPLocalNav, .theme-doc-breadcrumbs, .rst-footer-buttons, .view-this-page, .edit-this-page,
    .content-icon-container, .back-to-top, button[title], button[class*=copy],
    button[data-clipboard-target], .headerlink, .hash-link, .header-anchor, a.anchor, .lang,
    .line-numbers-wrapper, .linenos, .linenodiv, .lnt, footer > hr, [role=contentinfo],
    sup > a[href^="#"], a[role=doc-noteref], a[role=doc-backlink], a.footnote-backref,
    a.footnote-reference, a.data-footnote-backref, sup.footnote, sup.footnoteref, s, del, strike,
    .line-through, .visually-hidden, .sr-only, [id="md-source"], .md-content__button`
  ).forEach((each) => each.remove());
  const words = main.innerText;
  document.documentElement.innerHTML = '<body><pre id="shown"></pre></body>';
  document.getElementById('shown').textContent = words;
}, 1500));
</script>
"""


class _Handler(SimpleHTTPRequestHandler):
    """Serves a site, with the script in the pages that are asked for it."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not self.path.endswith(f"?{MEASURED}") or not path.exists():
            super().do_GET()
            return
        data = path.read_bytes() + SCRIPT.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of what was asked for."""


@contextmanager
def _served(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def shown_in_browser(site: Path, path: str) -> str:
    """The words of a page of a site, as Chromium shows them."""
    with TemporaryDirectory() as profile, _served(site) as address:
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
        options = [f"--user-data-dir={profile}", "--virtual-time-budget=6000"]
        url = f"{address}/{path}?{MEASURED}"
        done = subprocess.run([*command, *options, url], capture_output=True, text=True, check=True)
    found = SHOWN.search(done.stdout)
    if found is None:
        raise SystemExit(f"{path}: Chromium showed nothing: {done.stderr[-500:]}")
    return html.unescape(found[1])
