"""調査台帳.xlsx, the office's own workbook: a register written out for people, and read back with findings.

choices, columns, sheets (what stands where, said once) > table_out, table_in (a sheet out, a sheet in)
> workbook (register to bytes), read (cells to register) > remembered, memory (a reading kept for the next time).
"""
