"""The output: tables, parts and folders of a build, and the files other programs want."""
