"""Parts of the compiled sheet: names of columns, the `missing` column, the `unconfirmed` column."""
