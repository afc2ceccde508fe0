from pathlib import Path
def generate(folder: Path, lang: str) -> None:
    return
