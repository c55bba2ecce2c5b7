"""調査台帳.xlsx, the office's own workbook: a register written out for people, and read back with findings.

choices, columns, settings (what stands where, said once) > cells_out, tables (a sheet out, a sheet in)
> workbook (register to bytes), read (cells to register).
"""
