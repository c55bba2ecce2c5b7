"""Outgoing: the survey workbook of each bureau, what goes with it, and why one cannot be made.

``workbook.survey_workbook`` is the entrance. ``layout`` says where everything stands; the ``live_…`` files give each
formula together with the value it has as issued; the ``…_sheet`` files write; ``distribution`` lists what goes out.
"""
