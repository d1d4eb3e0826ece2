"""The scenes, one file each: a model, an update and a view. Pure, and never in touch with the engine."""
