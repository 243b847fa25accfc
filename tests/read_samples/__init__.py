"""Small files of each format, built by hand."""

from __future__ import annotations

import textwrap

CHAD = "Chad condemned the attack on the village on Monday and said that it would respond to those who had carried it out."
UNION = "The African Union called for calm and urged the two governments to return to the talks that they had left in March."
FRENCH = "Le président a condamné lundi l'attaque contre le village et a déclaré que son pays y répondrait avec ses alliés dans la région."

NEXIS = f"""User Name: A. Reader
Date and Time: Tuesday, March 9, 2021 4:00:00 PM CET
Job Number: 123456
Documents (3)
1. Chad condemns attack
Client/Matter: -None-
Search Terms: chad
Search Type: NATURAL LANGUAGE
| About LexisNexis | Privacy Policy | Terms & Conditions | Copyright © 2021 LexisNexis
Chad condemns attack
The Example Times (London)
March 9, 2021 Tuesday 12:00 PM GMT

Copyright 2021 Example Newspapers Ltd All Rights Reserved
Section: WORLD NEWS; Version:1
Length:\u00a0530 words
Byline:\u00a0By Jane Doe
Dateline: NAIROBI
Body

{CHAD}
{UNION}
Graphic

Photo of a village.
Classification

Language: ENGLISH
Publication-Type: Newspaper
Load-Date: March 10, 2021

End of Document
Mali follows; the talks go on
Agence Example
9 mars 2021
Edition 1, National Edition
Copyright 2021 Agence Example All Rights Reserved
Length: 100 words
Body
{UNION}
Load-Date: March 10, 2021
End of Document
A photograph
Agence Example
March 9, 2021
Copyright 2021
Length: 0 words
Body
Classification
Load-Date: March 10, 2021
End of Document
"""

OLD_NEXIS = f"""
Download Request: Selected Items: 1-2

                               1 of 2 DOCUMENTS


                                  Example.com

                            January 11, 2010 Monday
                                   Edition 1;
                                    Scotland

Chad condemns attack as the talks that were to end the war
stall again

BYLINE: Andrew Example

SECTION: FEATURES; Pg. 6

LENGTH: 355 words

{textwrap.fill(CHAD, 60)}

{textwrap.fill(UNION, 60)}

LOAD-DATE: January 11, 2010

LANGUAGE: ENGLISH


                       Copyright 2010 Example Unlimited
                              All Rights Reserved

                               2 of 2 DOCUMENTS

                     Copyright 2010 Associated Example
                              All Rights Reserved
                            The Associated Example

                     January 12, 2010 Tuesday 3:04 PM GMT

Mali follows

BYLINE: By JANE DOE, Example Writer

DATELINE: BAMAKO Mali

LENGTH: 120  words

   {UNION}

LOAD-DATE: January 13, 2010
"""

FACTIVA = f"""World News
Chad condemns attack
By Jane Doe
543 words
3 March 2014
10:15
Example News Service
LBA
English
(c) 2014 Example Limited

{CHAD}

{UNION}

Example Limited

Document LBA0000020140303ea33000rs

Mali follows as the talks go on
1,684 Wörter
9 Januar 1993
The New Example
NYTF
Late Edition - Final
Englisch
Copyright 1993 The New Example Company. All Rights Reserved.

{UNION}

Dokument NYTF000020050408dp1900j9s

Search Summary
Text   chad
"""

FACTIVA_CODED = f"""HD\tChad condemns attack
BY\tJane Doe
WC\t543 words
PD\t3 March 2014
ET\t10:15
SN\tExample News Service
SC\tLBA
LA\tEnglish
CY\t(c) 2014 Example Limited

LP\t
{CHAD}

IN the second paragraph nothing changes.
TD\t
{UNION}
CO\tex : Example
IN\tiint : Internet
AN\tDocument LBA0000020140303ea33000rs
"""

_FIELDS = {
    "HD": "<b class='enHeadline'>Mali follows</b>",
    "WC": "295 mots",
    "PD": "29 décembre 2011",
    "ET": "15:32",
    "SN": "Journal Example",
    "LA": "Anglais",
    "LP": f"<p class='articleParagraph'>{CHAD}</p><p class='articleParagraph'>{UNION}</p>",
    "TD": "<p class='articleParagraph'>The talks go on.</p>",
    "AN": "Document TESTFR0020111229e7ct0001r",
}
FACTIVA_PAGE = f"""<html><head><title>Factiva</title></head><body><div id="contentLeft"><span></span>
<div id="article-LBA" class="article"><div class="article enArticle"><p></p><div>News</div>
<div id="hd"><span class="enHeadline">Chad condemns attack </span></div><div class="author">By JANE DOE </div><div>Special</div>
<div>877 words</div><div>9 January 2013</div><div>10:15</div><div>Example News Service</div><div>LBA</div><div>English</div><div>(c) 2013 Example</div>
<p></p><p class="articleParagraph enarticleParagraph">{CHAD}</p><p class="articleParagraph enarticleParagraph">{UNION}</p>
<p>Example Limited</p><p>Document LBA0000020140303ea33000rs</p></div></div><br>
<div class="article enArticle"><table>{"".join(f"<tr><td class='index'><b>{k}</b>&nbsp;</td><td>{v}</td></tr>" for k, v in _FIELDS.items())}</table></div>
</div></body></html>"""

PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Chad condemns attack | Example News</title>
<meta property="og:site_name" content="Example News"><meta property="article:published_time" content="2021-03-09T10:00:00Z">
<link rel="canonical" href="https://www.example.org/africa/1"><meta name="author" content="Jane Doe"></head><body>
<div class="cookie-banner"><p>We use cookies to make the page better. Accept all cookies.</p></div><nav><a href="/">Home</a></nav>
<article><h1>Chad condemns attack</h1><p>{CHAD}</p><p>{UNION}</p></article><footer>Copyright 2019 Example</footer></body></html>"""


def rtf(text: str) -> bytes:
    """Some lines as an RTF document."""

    def escaped(line: str) -> str:
        return "".join("\\tab " if c == "\t" else f"\\{c}" if c in "\\{}" else c if ord(c) < 128 else f"\\u{ord(c)}?" for c in line)

    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\n" + "".join(f"\\pard {escaped(x)}\\par\n" for x in text.split("\n")) + "}").encode()


def pdf(pages: list[list[tuple[int, int, str]]], *, info: str = "", trailer: str = "", more: tuple[bytes, ...] = ()) -> bytes:
    """A PDF whose pages hold lines at places: (from the left, from the bottom, text), in points."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for i, lines in enumerate(pages):
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * i} 0 R >>"
        drawn = b"".join(b"1 0 0 1 %d %d Tm (%s) Tj\n" % (x, y, text.encode("cp1252")) for x, y, text in lines)
        body = b"BT /F1 11 Tf\n" + drawn + b"ET"
        objects += [page.encode(), b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body)]
    if info:
        objects.append(info.encode())
        trailer += f" /Info {len(objects)} 0 R"
    objects += more
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer.encode(), len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end
