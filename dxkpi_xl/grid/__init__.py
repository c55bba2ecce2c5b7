"""Cells as we write them: workbook, sheets, styles, rules, paper and row heights; it knows nothing of the form.

``book.Book`` is the entrance.  What Excel would refuse, cut or guess is refused here (``refusals.Refused``), so that
no workbook leaves with a rule missing or a text shortened.
"""
