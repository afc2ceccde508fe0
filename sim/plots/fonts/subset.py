"""Make ShequnSansSC.otf, the small Chinese font of the pictures, from Noto Sans CJK. Run once, by hand.

``python sim/plots/fonts/subset.py NotoSansCJK-Regular.ttc`` keeps the 3,755 characters of GB 2312 level 1, Chinese
punctuation, full-width forms, Latin-1 and a few signs; hinting and layout tables go. See README.md beside this file.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

FACE, NAME = "Noto Sans CJK SC", "Shequn Sans SC"


def kept() -> str:
    """Every character the subset keeps."""
    rows = [(0xA1, 0xA1), (0xA3, 0xA3), (0xB0, 0xD7)]  # GB 2312: punctuation, full-width forms, level 1
    pairs = [bytes([hi, lo]) for first, last in rows for hi in range(first, last + 1) for lo in range(0xA1, 0xFF)]
    latin = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)]))
    return b"".join(pairs).decode("gb2312", "ignore") + latin + "–—‘’“”…†•−×≤≥≈→←↑↓±·¥€"


def make(collection: str, target: Path) -> None:
    """Write the subset of the collection's Simplified Chinese face to ``target``."""
    faces = [font["name"].getDebugName(4) for font in TTCollection(collection, lazy=True).fonts]
    options = subset.Options()
    options.font_number, options.hinting, options.layout_features = faces.index(FACE), False, []
    options.name_IDs, options.notdef_outline = [0, 1, 2, 4, 5, 6, 13, 14], True
    options.drop_tables += ["vmtx", "vhea", "VORG", "BASE", "GPOS", "GSUB", "GDEF"]
    font = subset.load_font(collection, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=kept())
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            record.string = NAME.replace(" ", "") if record.nameID == 6 else NAME
    subset.save_font(font, str(target), options)


if __name__ == "__main__":
    make(sys.argv[1], Path(__file__).with_name("ShequnSansSC.otf"))
