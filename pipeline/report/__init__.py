"""The report page of a build: write_report makes report.html from the tables."""

from pipeline.report.page import write_report

__all__ = ["write_report"]
