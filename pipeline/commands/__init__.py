"""The commands of marsad, one module each. Modules import heavy things inside their function, so that help is quick."""
