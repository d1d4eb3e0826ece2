"""The format, declared once: fields, types, names, and the reference made from them."""
