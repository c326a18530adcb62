"""What people do with results: a report to read, a page to correct on, exports to other tools."""
