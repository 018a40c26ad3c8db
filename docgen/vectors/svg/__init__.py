"""SVG files as pictures of paths; what is not drawn as SVG says is refused."""
