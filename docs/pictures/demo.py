"""Makes the picture of the README from what the demonstration really prints.

FORCE_COLOR=1 COLUMNS=110 ./run vuonlen demo-judge | ./run exec python docs/pictures/demo.py
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

WIDTH = 110
# A picture must not fetch fonts from elsewhere: any fixed-width font of the reader will do.
FORMAT = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace(
    "Fira Code", "DejaVu Sans Mono"
)

sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
console.print(Text.from_ansi(sys.stdin.read()))
target = Path(__file__).with_suffix(".svg")
target.write_text(console.export_svg(title="./run vuonlen demo-judge", code_format=FORMAT, unique_id="demo"), "utf-8")
