"""What came back: whose it is, which rows and columns it holds, and the values with the cells they stood in."""
