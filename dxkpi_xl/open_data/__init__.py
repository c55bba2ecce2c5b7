"""The register as open data: CSV tables, a data dictionary, register.json with its schema, and a Data Package.

table, columns (what each column is, said once) > records (the rows) > tables > csv_text, dictionary, datapackage >
files. The rules that they follow, 総務省's one by one, are in docs/open_data.md.
"""
