"""The bytes of a spreadsheet become cells; nothing here knows the form.

sniff (what is it) > zip_parts (the container) > xml_pass (one strict pass) > package > workbook_part, styles_part,
shared_strings, sheet_part (one kind of part each) > xlsx (the workbook) > model (what comes out).
plain_sheet reads the sheets that need no pass over all tags, plain_cells their cells; same_parts remembers what all
files have alike.
The other formats (ods, xls, csv_text) come to the same model; read chooses by content, passwords opens what is locked.
archive gives the files of a zip; isolated runs any of this in processes of their own.
What cannot be read is told by the one exception in unreadable.
"""
