"""The printed annex: the register's rows as cells, laid out on pages, written, read back, compared, proved on paper.

rows (what is printed, in house_style, as row_cells) > headings, paper, measure (the frame) > continuation, blocks,
page_breaks > layout (where all stands) > workbook (the file).  read_back and compare judge the file; pdf_page,
printed_cells and pdf_proof judge the paper, which line_breaking and pdf_clock prepare.
"""
