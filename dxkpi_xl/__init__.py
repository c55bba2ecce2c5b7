"""One year's survey of digital projects and KPIs: workbooks out, returns in, one annex printed."""

__version__ = "0.1.0"
