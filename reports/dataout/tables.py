"""All tables that are given out, by their keys."""

from reports.dataout import registers, reported
from reports.dataout.table import Table

TABLES: dict[str, Table] = {table.key: table for table in (*registers.TABLES, *reported.TABLES)}
