"""``python -m dxkpi_xl``: the same as ``dxkpi``."""

import sys

from dxkpi_xl.cli import main

sys.exit(main())
