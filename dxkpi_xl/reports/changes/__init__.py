"""変更点: what differs between two registers, for people: 変更点.xlsx, and the lines of `publish --dry-run`."""
