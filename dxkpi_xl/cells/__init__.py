"""The bytes of a spreadsheet become cells; nothing here knows the form.

sniff (what is it) > zip_parts (the container) > xml_pass (one strict pass) > package > workbook_part, styles_part,
shared_strings, sheet_part (one kind of part each) > xlsx (the workbook) > model (what comes out).
What cannot be read is told by the one exception in unreadable.
"""
