"""Pages as Docusaurus and VitePress write them."""

# Lines as long as the generators' own.
# ruff: noqa: E501

from html import escape

from .manual import Manual, document, steps, table


def docusaurus(manual: Manual) -> str:
    """A page as Docusaurus writes it."""
    lines = "".join(
        f'<span class="token-line" style="color:#393A34"><span class="token plain">{escape(line)}'
        "</span><br></span>"
        for line in manual.code.split("\n")
    )
    tabs = "".join(
        f'<li role="tab" tabindex="0" class="tabs__item">{n}</li>' for n, _ in manual.tabs
    )
    panels = "".join(
        f'<div role="tabpanel" class="tabItem_Ymn6"{hidden}><pre tabindex="0"><code>{code}<br></code>'
        "</pre></div>"
        for (_, code), hidden in zip(manual.tabs, ("", ' hidden=""'), strict=True)
    )
    link = '<a href="#{0}" class="hash-link" aria-label="Direct link to {0}" title="Direct link">\u200b</a>'
    return document(
        manual,
        f"""<body class="navigation-with-keyboard"><div id="__docusaurus">
<div role="region" aria-label="Skip to main content"><a class="skipToContent_fXgn" href="#main">Skip
to main content</a></div><nav aria-label="Main" class="navbar navbar--fixed-top"><a
href="/">Home</a>
</nav><div id="main" class="theme-layout-main main-wrapper"><div class="docsWrapper_hBAB">
<aside class="theme-doc-sidebar-container"><nav class="menu"><ul><li><a
href="/x">Other pages</a></li>
</ul></nav></aside><main class="docMainContainer_TBSr"><div class="container"><div class="row">
<div class="col docItemCol_VOVn"><div class="docItemContainer_Djhp"><article>
<nav class="theme-doc-breadcrumbs" aria-label="Breadcrumbs"><ul class="breadcrumbs"><li>Parent</li>
</ul></nav><div class="tocCollapsible_ETCw theme-doc-toc-mobile"><button type="button"
class="clean-btn">On this page</button></div>
<div class="theme-doc-markdown markdown"><header><h1>{manual.title}</h1></header>
<p>{manual.opening}<sup><a href="#user-content-fn-1" id="user-content-fnref-1"
data-footnote-ref="true">1</a></sup></p>
<h2 class="anchor" id="steps">Steps{link.format("steps")}</h2><ol start="{manual.start}">
{steps(manual)}</ol><div class="language-{manual.language} codeBlockContainer_Ckt0">
<div class="codeBlockTitle_Ktv7">{manual.file}</div><div class="codeBlockContent_biex">
<pre tabindex="0" class="prism-code language-{manual.language} codeBlock_bY9V"><code
class="codeBlockLines_e6Vv">{lines}</code></pre><div class="buttonGroup__atx"><button type="button"
aria-label="Copy code to clipboard">Copy</button></div></div></div>
<div class="theme-admonition theme-admonition-note alert alert--secondary">
<div class="admonitionHeading_Gvgb"><span class="admonitionIcon_Rf37"><svg viewBox="0 0 14 16"><path
d="M6"></path></svg></span>Note</div><div
class="admonitionContent_BuS1"><p>{manual.note}</p></div></div>
<div class="tabs-container"><ul role="tablist" class="tabs">{tabs}</ul><div class="margin-top--md">
{panels}</div></div>{table(manual)}
<h2 class="anchor" id="names">Names{link.format("names")}</h2><dl><dt>{manual.term}</dt>
<dd>{manual.meaning}</dd></dl><figure><img src="/a.png"
alt=""><figcaption>{manual.caption}</figcaption>
</figure><h2 id="questions">Questions</h2><details class="details_lb9f
alert"><summary>{manual.question}
</summary><div><div class="collapsibleContent_i85q"><p>{manual.answer}</p></div></div></details>
<section data-footnotes="true" class="footnotes"><h2 class="anchor sr-only" id="footnote-label">
Footnotes</h2><ol><li id="user-content-fn-1"><p>{manual.footnote} <a href="#user-content-fnref-1"
data-footnote-backref="" class="data-footnote-backref">↩</a></p></li></ol></section></div>
<footer class="theme-doc-footer"><a href="https://example.org/edit"
class="theme-edit-this-page">Edit
this page</a></footer></article><nav class="pagination-nav docusaurus-mt-lg"><a
href="/p">Previous</a>
</nav></div></div><div class="col col--3"><div class="tableOfContents_bqdL
theme-doc-toc-desktop"><ul
class="table-of-contents"><li><a
href="#steps">Elsewhere</a></li></ul></div></div></div></div></main>
</div></div><footer class="footer"><div>Copyright Somebody</div></footer></div></body>""",
    )


def vitepress(manual: Manual) -> str:
    """A page as VitePress writes it."""
    lines = "\n".join(
        f'<span class="line"><span style="--shiki-light:#6F42C1;">{escape(line)}</span></span>'
        for line in manual.code.split("\n")
    )
    tabs = "".join(
        f'<input type="radio" name="group-a" id="tab-{n}"><label data-title="{name}" for="tab-{n}">'
        f"{name}</label>"
        for n, (name, _) in enumerate(manual.tabs)
    )
    blocks = "".join(
        f'<div class="language-sh vp-adaptive-theme"><button title="Copy Code" class="copy"></button>'
        f'<span class="lang">sh</span><pre class="shiki" tabindex="0"><code><span class="line"><span>'
        f"{text}</span></span></code></pre></div>"
        for _, text in manual.tabs
    )
    anchor = '<a class="header-anchor" href="#{0}" aria-label="Permalink to “{0}”">\u200b</a>'
    return document(
        manual,
        f"""<body><div id="app"><div class="Layout"><span tabindex="-1"></span><a
href="#VPContent" class="VPSkipLink visually-hidden">Skip to content</a><header class="VPNav"><div
class="title"><a href="/">Workshop</a></div></header><div class="VPLocalNav"><button class="menu"
aria-expanded="false" aria-controls="VPSidebarNav"><span
class="menu-text">Menu</span></button></div>
<aside class="VPSidebar" id="VPSidebar"><nav id="VPSidebarNav"><a href="/x">Other</a></nav></aside>
<div class="VPContent has-sidebar" id="VPContent"><div class="VPDoc has-sidebar has-aside"><div
class="container"><div class="aside"><div class="VPDocAside"><nav class="VPDocAsideOutline"><div
class="outline-title">On this page</div></nav></div></div><div class="content"><main
class="main"><div
class="vp-doc external-link-icon-enabled"><div><h1 id="top" tabindex="-1">{manual.title}
{anchor.format("top")}</h1><p>{manual.opening}<sup class="footnote-ref"><a
href="#footnote1">[1]</a><a
class="footnote-anchor" id="footnote-ref1"></a></sup></p><h2 id="steps" tabindex="-1">Steps
{anchor.format("steps")}</h2><ol start="{manual.start}">{steps(manual)}</ol><p>{manual.file}</p>
<div class="language-{manual.language} vp-adaptive-theme line-numbers-mode"><button title="Copy
Code"
class="copy">Copy</button><span class="lang">{manual.language}</span><pre class="shiki" tabindex="0"
><code>{lines}</code></pre><div class="line-numbers-wrapper" aria-hidden="true"><span
class="line-number">771</span><br></div></div><div class="note custom-block"><p
class="custom-block-title">Note</p><p>{manual.note}</p></div><div class="vp-code-group"><div
class="tabs">{tabs}</div><div class="blocks">{blocks}</div></div>{table(manual)}<h2
id="names">Names
</h2><dl><dt>{manual.term}</dt><dd>{manual.meaning}</dd></dl><figure><figcaption>{manual.caption}
</figcaption></figure><h2 id="questions">Questions</h2><details class="details
custom-block"><summary>
{manual.question}</summary><p>{manual.answer}</p></details><section class="footnotes"><ol><li
id="footnote1" class="footnote-item"><p>{manual.footnote} <a href="#footnote-ref1"
class="footnote-backref">↩︎</a></p></li></ol></section></div></div></main><footer
class="VPDocFooter">
<div class="edit-info"><a class="edit-link-button"
href="https://example.org/e">Edit this page</a></div>
<nav class="prev-next"><a href="/n">Next page</a></nav></footer></div></div></div></div>
<footer class="VPFooter"><p>Released under a licence.</p></footer></div></div></body>""",
    )
