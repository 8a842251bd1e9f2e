#!/usr/bin/env bash
# PDFium 5.15.2 (pypdfium2): where a document's viewer preferences say that it is bound on the right
# (/Direction /R2L), the words of every line are given back in reverse, English ones too. Typst 0.15
# writes that preference by itself into a document that has a passage of Hebrew or Arabic. A page's
# look, and pypdf's text of it, don't change. Where each character stands (FPDFText_GetCharOrigin)
# is right. Seen: ".five to nine from Open" with the preference, and "Open from nine to five."
# without it.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pypdfium2==5.15.2
"$folder/venv/bin/python" - <<'PYTHON'
import pypdfium2

TEXT = "Open from nine to five."


def pdf(preference):
    content = f"BT /F 12 Tf 50 500 Td ({TEXT}) Tj ET"
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{preference}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, offsets = "%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(data)
    data += f"xref\n0 6\n0000000000 65535 f \n{table}trailer <</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    return data.encode()


def text(preference):
    return pypdfium2.PdfDocument(pdf(preference))[0].get_textpage().get_text_range().strip()


plain, turned = text(""), text("/ViewerPreferences<</Direction/R2L>>")
print(repr(plain), repr(turned))
assert plain == TEXT
assert turned.split()[-1].strip(".") == "Open", "PDFium doesn't turn the words around any more"
PYTHON
