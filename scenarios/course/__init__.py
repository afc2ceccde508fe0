"""The course: nine lessons, each a notebook with a question, a picture to predict and exercises that are checked.

In a notebook:

    from scenarios.course import begin, check, hand_in, interval, predict

    lesson = begin("03", "en", seed=1)
    played = lesson.play()
    check("03.1", 0.02)
    hand_in("name or nickname")

For teachers ``shequn course key`` tells the right answers, ``shequn course collect FOLDER`` reads what was handed in.
"""

from __future__ import annotations

import warnings

warnings.filterwarnings("ignore", "IProgress not found")  # Mesa's bar, which no lesson shows, asks for widgets

from scenarios.course.intervals import interval  # noqa: E402
from scenarios.course.session import begin, check, hand_in, predict  # noqa: E402

__all__ = ["begin", "check", "hand_in", "interval", "predict"]
