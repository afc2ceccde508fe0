"""``python -m docs.website``: the site in both languages, in build/site."""

import sys

from docs.website.building import main

if __name__ == "__main__":
    sys.exit(main())
