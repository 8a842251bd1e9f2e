"""Pages as Hugo and Asciidoctor write them."""

# Lines as long as the generators' own.
# ruff: noqa: E501

from .manual import Manual, document, steps, table


def hugo(manual: Manual) -> str:
    """A page as Hugo writes it in a theme that marks no main part."""
    tabs = "".join(
        f'<button class="tab-nav-button" role="tab" id="tab-{n}" aria-controls="pane-{n}">{name}</button>'
        for n, (name, _) in enumerate(manual.tabs)
    )
    panes = "".join(
        f'<div class="tab-pane" role="tabpanel" id="pane-{n}" aria-labelledby="tab-{n}"><p>{text}</p></div>'
        for n, (_, text) in enumerate(manual.tabs)
    )
    return document(
        manual,
        f"""<body><header class="site-header"><div class="brand"><a href="/">Workshop
</a></div><nav><ul><li><a href="/a">About</a></li></ul></nav></header><div class="wrapper"><div
id="sidebar" class="sidebar"><ul><li><a href="/1">First</a></li><li><a
href="/2">Second</a></li><li><a
href="/3">Third</a></li></ul></div><div class="post"><div id="TableOfContents"
class="toc"><ul><li><a
href="#steps">Elsewhere</a></li></ul></div><h1>{manual.title}</h1><p>{manual.opening}<sup
id="fnref:1"><a
href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup></p><h2 id="steps">Steps <a
class="anchor" href="#steps" aria-hidden="true">#</a></h2><ol
start="{manual.start}">{steps(manual)}</ol>
<figure class="code"><figcaption>{manual.file}</figcaption><div class="highlight"><div
class="chroma">
<table class="lntable"><tr><td class="lntd"><pre tabindex="0" class="chroma"><code><span
class="lnt">771
</span></code></pre></td><td class="lntd"><pre tabindex="0" class="chroma"><code
class="language-{manual.language}" data-lang="{manual.language}">{manual.code}</code></pre></td></tr>
</table></div></div></figure><blockquote class="alert"><p
class="alert-heading">Note</p><p>{manual.note}</p>
</blockquote><div class="tabs"><div class="tab-nav" role="tablist">{tabs}</div>{panes}</div>
{table(manual)}<h2 id="names">Names</h2><dl><dt>{manual.term}</dt><dd>{manual.meaning}</dd></dl>
<figure><img src="a.png" alt=""><figcaption><p>{manual.caption}</p></figcaption></figure>
<h2 id="questions">Questions</h2><h3><button class="accordion-button"
aria-expanded="false">{manual.question}
</button></h3><div class="panel">{manual.answer}</div><div class="footnotes"
role="doc-endnotes"><hr><ol>
<li id="fn:1"><p>{manual.footnote}&#160;<a href="#fnref:1" class="footnote-backref"
role="doc-backlink">&#x21a9;&#xfe0e;</a></p></li></ol></div><div class="share-buttons"><a
href="https://e.org/s">
Share it</a></div></div></div><footer class="site-footer">Powered by a generator</footer></body>""",
    )


def asciidoctor(manual: Manual) -> str:
    """A page as Asciidoctor writes it."""
    tabs = "".join(
        f'<div class="tab" id="_tabs_{n}" role="tab" aria-controls="_tabs_{n}_panel"><p>{name}</p></div>'
        for n, (name, _) in enumerate(manual.tabs)
    )
    panels = "".join(
        f'<div id="_tabs_{n}_panel" class="tabpanel is-hidden" role="tabpanel"><div class="paragraph">'
        f"<p>{text}</p></div></div>"
        for n, (_, text) in enumerate(manual.tabs)
    )
    items = "".join(f"<li><p>{step}</p></li>" for step in manual.steps)
    return document(
        manual,
        f"""<body class="article toc2 toc-left"><div id="header"><h1>{manual.title}</h1>
<div id="toc" class="toc2"><div id="toctitle">Table of Contents</div><ul class="sectlevel1"><li><a
href="#_steps">Steps</a></li><li><a href="#_names">Names</a></li><li><a
href="#_q">Questions</a></li></ul>
</div></div><div id="content"><div id="preamble"><div class="sectionbody"><div class="paragraph">
<p>{manual.opening}<sup class="footnote">[<a id="_footnoteref_1" class="footnote"
href="#_footnotedef_1"
title="View footnote.">1</a>]</sup></p></div></div></div><div class="sect1"><h2 id="_steps"><a
class="anchor" href="#_steps"></a>Steps</h2><div class="sectionbody"><div class="olist arabic"><ol
class="arabic" start="{manual.start}">{items}</ol></div><div class="listingblock"><div
class="title">
{manual.file}</div><div class="content"><pre class="highlight"><code
class="language-{manual.language}"
data-lang="{manual.language}">{manual.code}</code></pre></div></div><div class="admonitionblock
note">
<table><tr><td class="icon"><div class="title">Note</div></td><td class="content"><div
class="paragraph">
<p>{manual.note}</p></div></td></tr></table></div><div id="_tabs" class="openblock tabs"><div
class="content"><div class="tablist ulist" role="tablist">{tabs}</div>{panels}</div></div>
{table(manual)}</div></div><div class="sect1"><h2 id="_names">Names</h2><div
class="sectionbody"><div
class="dlist"><dl><dt
class="hdlist1">{manual.term}</dt><dd><p>{manual.meaning}</p></dd></dl></div><div
class="imageblock"><div class="content"><img src="a.png" alt="a"></div><div
class="title">{manual.caption}
</div></div></div></div><div class="sect1"><h2 id="_q">Questions</h2><div
class="sectionbody"><details>
<summary class="title">{manual.question}</summary><div class="content"><div class="paragraph">
<p>{manual.answer}</p></div></div></details></div></div></div><div id="footnotes"><hr><div
class="footnote" id="_footnotedef_1"><a href="#_footnoteref_1">1</a>. {manual.footnote}</div></div>
<div id="footer"><div id="footer-text">Last updated yesterday</div></div></body>""",
    )
