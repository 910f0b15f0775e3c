"""Ground of the web application: public ids, encrypted fields, periods, keyset pages, the one layout."""
