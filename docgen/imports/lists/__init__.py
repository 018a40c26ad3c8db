"""Lists of codes, as their publishers ship them."""
