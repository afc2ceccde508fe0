"""The page that chooses the language."""

from __future__ import annotations

__all__ = ["front_page"]

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>shequn 社群</title>
<link rel="stylesheet" href="en/_static/front.css">
</head>
<body>
<main>
<h1>shequn <span lang="zh-CN">社群</span></h1>
<p>A laboratory of simulated chat groups. <span lang="zh-CN">模拟微信群的实验室。</span></p>
<p class="choice"><a href="en/index.html" lang="en">English</a> <a href="zh/index.html" lang="zh-CN">简体中文</a></p>
</main>
</body>
</html>
"""


def front_page() -> str:
    """It works from a folder, without script."""
    return _PAGE
