"""Starts Rotoflow from the source tree: the window, or a command.

python main.py [CLIP | FOLDER | PROJECT]    opens the window
python main.py COMMAND ...                  the command line, the same as `rotoflow COMMAND ...`
"""

from __future__ import annotations

import sys

from desktop.entry import main

if __name__ == "__main__":
    sys.exit(main())
