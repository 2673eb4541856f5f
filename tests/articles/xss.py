"""Ways in which HTML has been made to run a script, each of which must come out harmless.

Own words; the lists of others, which may not be copied, are read where they lie beside the project.
"""

import re

from tests import samples

VECTORS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//x.test/a.js></sCrIpT>",
    "<script\n>alert(1)</script\t>",
    "<<script>alert(1)//<</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script/src=data:,alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<img/src='x'/onerror='alert(1)'>",
    '<img src="x` `<script>alert(1)</script>"` `>',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text y=9>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    '<svg><style><img src="</style><img src=x onerror=alert(1)>">',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<p onclick=alert(1)>x</p>",
    "<p onmouseover=alert(1) style='position:fixed'>x</p>",
    "<p style=background:url(javascript:alert(1))>x</p>",
    "<p/onclick=alert(1)//>x",
    "<em onpointerenter=alert(1)>x</em>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java&#x0A;script:alert(1)'>x</a>",
    "<a href='&#106;&#97;&#118;&#97;script:alert(1)'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='//x.test/a'>x</a>",
    "<a href='/\\x.test/a'>x</a>",
    "<a href='/\t/x.test/a'>x</a>",
    "<a href='blob:https://x.test/1' onfocus=alert(1) autofocus>x</a>",
    "<a data-article='1\" onclick=\"alert(1)'>x</a>",
    "<figure data-image='1\" onclick=\"alert(1)'></figure>",
    "<figure data-image=1 onclick=alert(1)><script>alert(1)</script></figure>",
    "<aside data-waiting='\"><script>alert(1)</script>'></aside>",
    "<aside data-waiting=\"' onload='alert(1)\"></aside>",
    "<div data-embed='javascript:alert(1)'></div>",
    "<div data-embed='javascript://x.test/%0Aalert(1)'></div>",
    "<div data-embed='https://x.test/\"onclick=alert(1) x=\"'></div>",
    "<div data-embed='https://x.test/<script>alert(1)</script>'></div>",
    "<div data-embed='//x.test/'></div>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input onfocus=alert(1) autofocus>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<body onload=alert(1)>",
    "<base href=javascript:alert(1)//>",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<style>@import 'javascript:alert(1)'</style>",
    "<style><!--</style><script>alert(1)//--></script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<title><img title='</title><img src=x onerror=alert(1)>'></title>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<xmp><img title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<!--><script>alert(1)</script>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<table background=javascript:alert(1)><td background=javascript:alert(1)>x",
    "<table><td colspan='1 onclick=alert(1)'>x</table>",
    "<th scope='col\" onclick=\"alert(1)'>x</th>",
    "<blockquote cite=javascript:alert(1) data-pull='\" onclick=\"alert(1)'>x</blockquote>",
    "<plaintext><script>alert(1)</script>",
    "<select><style></select><img src=x onerror=alert(1)></style>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<p>x</p><custom-element onclick=alert(1) is=x>y</custom-element>",
]


def vectors_of_others():
    """Return every vector of the lists beside the project, by where it stands; {} without them."""
    vectors = {}
    if samples.FOLDER.exists():
        html5 = (samples.XSS / "H5SC" / "vectors.txt").read_text(errors="replace")
        payloads = (samples.XSS / "H5SC" / "payloads.js").read_text(errors="replace")
        sheet = next(samples.XSS.glob("CheatSheetSeries/*.md")).read_text(errors="replace")
        vectors |= _numbered("html5", re.split(r"(?=<div id=\"\d+\">)", html5))
        vectors |= _numbered("payload", re.findall(r"'((?:[^'\\]|\\.)*)'", payloads))
        vectors |= _numbered("sheet", re.findall(r"```\w*\n(.*?)```", sheet, re.DOTALL))
        vectors |= {path.name: path.read_text() for path in samples.XSS.glob("bleach/*.test")}
    return vectors


def _numbered(name, vectors):
    return {f"{name}-{number}": vector for number, vector in enumerate(vectors, start=1)}
