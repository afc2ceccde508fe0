"""The house style of the pictures: one font, one palette, one way to save.

Colours follow Okabe and Ito (2008), told apart by colour-blind readers, and belong to an arm by name, so that an arm
looks the same in every picture of every report. The font (``fonts/``) ships with the project: Simplified Chinese is
drawn on a machine that has no Chinese font. Figures are made without pyplot, so nothing is global but the font list.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import matplotlib
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from sim.locale.words import columns

__all__ = ["FAINT", "FAMILY_TONES", "FONT", "GREY", "INK", "RULES", "STAGE_COLOURS", "colours", "contrast",
           "house_style", "new_figure", "picture", "readable", "register", "to_png"]  # fmt: skip

FONT = Path(__file__).with_name("fonts") / "ShequnSansSC.otf"
INK, GREY, FAINT = "#222222", "#6b6b6b", "#dddddd"
DPI = 120
_READABLE = 4.5

# Reference in grey, the combination in black, single strategies in the palette.
OWN = {
    "nothing": "#8a8a8a",
    "group_cap": "#0072B2",
    "paid_entry": "#E69F00",
    "red_packet": "#D55E00",
    "fixed_time": "#009E73",
    "irregular_time": "#882255",
    "advert_ban": "#56B4E9",
    "all_four": "#000000",
    "together": "#000000",
}
SPARE = ("#CC79A7", "#882255", "#44AA99", "#999933", "#332288", "#AA4499", "#661100", "#6699CC", "#117733", "#DDCC77")
# Families of strategies, where there are more arms than colours; a family is always named beside its colour.
FAMILY_TONES = {
    "entry": "#0072B2", "welcome": "#56B4E9", "content": "#009E73", "rewards": "#D55E00", "people": "#CC79A7",
    "order": "#7d1166", "renewal": "#999933", "growth": "#1f1f99", "events": "#6a2d14", "money": "#E69F00",
    "own": "#a35ce6", "several": "#000000",
}  # fmt: skip
STAGE_COLOURS = {
    "germination": "#cfe3f1",
    "growth": "#56B4E9",
    "activity": "#009E73",
    "decline": "#E69F00",
    "dead": "#9c9c9c",
    "dissolved": "#CC79A7",
}
RULES: dict[str, Any] = {
    "font.family": ["Shequn Sans SC", "DejaVu Sans"],
    "font.size": 9.5,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": "#999999",
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 10.5,
    "axes.titlelocation": "left",
    "axes.titlepad": 6,
    "text.parse_math": False,  # a label like a$b$ is a label, and no mathematics
    "axes.titley": 1.0,  # fixed: searching a free place costs a second look at every tick
    "axes.axisbelow": True,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.major.size": 3,
    "ytick.major.size": 3,
    "legend.frameon": False,
    "lines.linewidth": 1.7,
    "lines.solid_capstyle": "round",
    "path.simplify_threshold": 0.3,
}
Draw = TypeVar("Draw", bound=Callable[..., Figure])


@functools.cache
def register() -> None:
    """Make the shipped font known to matplotlib, once."""
    font_manager.fontManager.addfont(str(FONT))


def house_style() -> None:
    """Draw every picture from here on in the house style: for notebooks, in which people draw themselves."""
    register()
    matplotlib.rcParams.update(RULES)


def picture(draw: Draw) -> Draw:
    """Decorate a ``draw_x`` function: it draws in the house style and leaves matplotlib's settings as they were."""

    @functools.wraps(draw)
    def styled(*args: Any, **kwargs: Any) -> Figure:
        register()
        with matplotlib.rc_context(RULES):
            return draw(*args, **kwargs)

    return styled  # type: ignore[return-value]


def new_figure(width: float, height: float, title: str, caption: str) -> Figure:
    """An empty figure (inches) with what one sees above and how it was made below."""
    figure = Figure(figsize=(width, height), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    size = min(13.0, 9 * width * 13 / max(columns(title), 1))
    figure.text(0.012, 1 - 0.1 / height, title, fontsize=size, va="top", ha="left")
    figure.text(0.012, 0.09 / height, caption, fontsize=8.5, color=GREY, va="bottom", ha="left")
    return figure


def colours(arms: Iterable[str]) -> dict[str, str]:
    """A colour for every arm: its own where the house knows it, else the next spare one in sorted order."""
    names = sorted(set(arms))
    unknown = [name for name in names if name not in OWN]
    joint = [name for name in unknown if "+" in name]
    given = {name: OWN[name] for name in names if name in OWN}
    if len(joint) == 1 and "#000000" not in given.values():
        given[joint[0]] = "#000000"
    spare = [tone for tone in SPARE if tone not in given.values()]
    rest = [name for name in unknown if name not in given]
    return given | {name: spare[i % len(spare)] for i, name in enumerate(rest)}


def contrast(one: str, other: str) -> float:
    """How much two colours differ in brightness, 1 to 21 (WCAG 2.2); words need 4.5."""
    dark, light = sorted((_brightness(one), _brightness(other)))
    return (light + 0.05) / (dark + 0.05)


def _brightness(colour: str) -> float:
    """Relative luminance, 0 of black and 1 of white."""
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@functools.cache
def readable(tone: str) -> str:
    """The colour of words about a thing of some colour: that colour, as much darker as reading on white needs."""
    while contrast(tone, "white") < _READABLE:
        tone = to_hex([0.97 * part for part in to_rgb(tone)])
    return tone


def to_png(figure: Figure) -> bytes:
    """The figure as PNG bytes, the same bytes on every call (no date inside); opaque, so without an alpha channel."""
    register()
    canvas = FigureCanvasAgg(figure)
    with matplotlib.rc_context(RULES):
        canvas.draw()
    image = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB")
    info, buffer = PngInfo(), io.BytesIO()
    info.add_text("Software", "shequn")
    image.save(buffer, format="png", pnginfo=info, dpi=(figure.dpi, figure.dpi), compress_level=3)
    return buffer.getvalue()
