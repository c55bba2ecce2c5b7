"""The printed annex: the register's rows as cells, laid out on pages, written, read back, compared, proved on paper.

rows (what is printed) > headings, paper (the frame) > continuation, page_breaks, layout (where it stands) >
workbook (the file); read_back and compare judge the file, pdf_page and pdf_proof judge the paper.
"""
