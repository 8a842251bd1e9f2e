"""Pages as MkDocs and Sphinx write them."""

# Lines as long as the generators' own.
# ruff: noqa: E501

from html import escape

from .manual import Manual, document, steps, table


def material(manual: Manual) -> str:
    """A page as MkDocs with its theme Material writes it."""
    lines = "\n".join(
        f'<span id="__span-0-{n}"><a id="__codelineno-0-{n}" name="__codelineno-0-{n}" '
        f'href="#__codelineno-0-{n}"></a>{escape(line)}</span>'
        for n, line in enumerate(manual.code.split("\n"), 1)
    )
    labels = "".join(
        f'<label for="__tabbed_1_{n}">{name}</label>' for n, (name, _) in enumerate(manual.tabs, 1)
    )
    radios = "".join(f'<input id="__tabbed_1_{n}" name="__tabbed_1" type="radio">' for n in (1, 2))
    blocks = "".join(f'<div class="tabbed-block"><p>{text}</p></div>' for _, text in manual.tabs)
    return document(
        manual,
        f"""<body dir="ltr"><input class="md-toggle" type="checkbox" id="__drawer">
<label class="md-overlay" for="__drawer"></label><div data-md-component="skip"><a href="#steps"
class="md-skip">Skip to content</a></div><header class="md-header"><nav class="md-header__inner">
<span class="md-ellipsis">Workshop</span></nav></header><div class="md-container">
<main class="md-main"><div class="md-main__inner md-grid"><div class="md-sidebar
md-sidebar--primary">
<div class="md-sidebar__inner"><nav class="md-nav md-nav--primary"><label class="md-nav__title">Menu
</label><ul><li><a href="/">Other</a></li></ul></nav></div></div><div class="md-content"
data-md-component="content"><article class="md-content__inner md-typeset"><a
href="https://example.org/edit" title="Edit this page" class="md-content__button md-icon"><svg></svg></a>
<h1 id="top">{manual.title}<a class="headerlink" href="#top" title="Permanent link">&para;</a></h1>
<p>{manual.opening}<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>
<h2 id="steps">Steps<a class="headerlink" href="#steps" title="Permanent link">&para;</a></h2>
<ol start="{manual.start}">{steps(manual)}</ol><div class="language-{manual.language} highlight">
<span class="filename">{manual.file}</span><pre><span></span><code>{lines}
</code></pre></div><div class="admonition note"><p
class="admonition-title">Note</p><p>{manual.note}</p>
</div><div class="tabbed-set tabbed-alternate" data-tabs="1:2">{radios}<div class="tabbed-labels">
{labels}</div><div class="tabbed-content">{blocks}</div></div>
<div class="md-typeset__scrollwrap"><div class="md-typeset__table">{table(manual)}</div></div>
<h2 id="names">Names</h2><dl><dt>{manual.term}</dt><dd><p>{manual.meaning}</p></dd></dl>
<figure><img alt="" src="a.png"><figcaption>{manual.caption}</figcaption></figure>
<h2 id="questions">Questions</h2><details class="question"><summary>{manual.question}</summary>
<p>{manual.answer}</p></details><div class="footnote"><hr><ol><li
id="fn:1"><p>{manual.footnote}&#160;<a
class="footnote-backref" href="#fnref:1" title="Jump back">&#8617;</a></p></li></ol></div></article></div>
<div class="md-sidebar md-sidebar--secondary"><nav class="md-nav md-nav--secondary"
aria-label="Table of contents"><ul><li><a href="#steps">Elsewhere</a></li></ul></nav></div></div>
<button type="button" class="md-top md-icon" hidden>Back to top</button></main>
<footer class="md-footer"><nav><a
href="/n">Next</a></nav><div>Made with Material</div></footer></div>
<div class="md-dialog" data-md-component="dialog"></div></body>""",
    )


def sphinx(manual: Manual) -> str:
    """A page as Sphinx writes it in the theme of Read the Docs."""
    tabs = "".join(
        f'<input id="sd-tab-item-{n}" name="sd-tab-set-0" type="radio"><label class="sd-tab-label" '
        f'for="sd-tab-item-{n}">{name}</label><div class="sd-tab-content docutils"><p>{text}</p></div>'
        for n, (name, text) in enumerate(manual.tabs)
    )
    return document(
        manual,
        f"""<body class="wy-body-for-nav"><div class="wy-grid-for-nav">
<nav data-toggle="wy-nav-shift" class="wy-nav-side"><div class="wy-side-scroll"><a
href="index.html">
Workshop</a><ul><li class="toctree-l1"><a href="x.html">Other</a></li></ul></div></nav>
<section data-toggle="wy-nav-shift" class="wy-nav-content-wrap"><nav class="wy-nav-top"><a
href="index.html">Workshop</a></nav><div class="wy-nav-content"><div class="rst-content">
<div role="navigation" aria-label="Page navigation"><ul class="wy-breadcrumbs"><li><a href="i.html">
Docs</a></li><li class="wy-breadcrumbs-aside"><a
href="_sources/x.txt">View page source</a></li></ul>
</div><div role="main" class="document" itemscope="itemscope"><div itemprop="articleBody">
<section id="handbook"><h1>{manual.title}<a class="headerlink" href="#handbook"
title="Link to this heading"></a></h1><p>{manual.opening} <a class="footnote-reference brackets"
href="#f1" id="id1" role="doc-noteref"><span class="fn-bracket">[</span>1<span
class="fn-bracket">]</span>
</a></p><section id="steps"><h2>Steps<a class="headerlink" href="#steps">¶</a></h2>
<ol class="arabic simple" start="{manual.start}">{steps(manual)}</ol>
<div class="literal-block-wrapper docutils container"><div class="code-block-caption"><span
class="caption-text">{manual.file}</span><a class="headerlink" href="#id3">¶</a></div>
<div class="highlight-{manual.language} notranslate"><div class="highlight"><table
class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre><span
class="normal">771</span>
<span class="normal">772</span></pre></div></td><td
class="code"><div><pre><span></span>{manual.code}
</pre></div></td></tr></table></div></div></div><div class="admonition note"><p
class="admonition-title">
Note</p><p>{manual.note}</p></div><div class="sd-tab-set docutils">{tabs}</div>
<div class="wy-table-responsive">{table(manual)}</div></section><section id="names"><h2>Names</h2>
<dl class="simple glossary"><dt id="term-x">{manual.term}<a class="headerlink"
href="#term-x">¶</a></dt>
<dd><p>{manual.meaning}</p></dd></dl><figure class="align-default"><img alt=""
src="a.png"><figcaption><p>
<span class="caption-text">{manual.caption}</span><a class="headerlink"
href="#id4">¶</a></p></figcaption>
</figure></section><section id="questions"><h2>Questions</h2><details
class="sd-sphinx-override"><summary
class="sd-summary-title"><span class="sd-summary-text">{manual.question}</span></summary><div>
<p>{manual.answer}</p></div></details><aside class="footnote-list brackets"><aside
class="footnote brackets" id="f1" role="doc-footnote"><span class="label"><span class="fn-bracket">[
</span><a role="doc-backlink" href="#id1">1</a><span class="fn-bracket">]</span></span>
<p>{manual.footnote}</p></aside></aside></section></section></div></div><footer><div
class="rst-footer-buttons" role="navigation"><a
href="n.html">Next</a></div><hr/><p>Copyright Someone</p>
Built with Sphinx</footer></div></div></section></div></body>""",
    )
