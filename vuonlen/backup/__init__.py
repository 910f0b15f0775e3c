"""Backups that prove themselves: encrypted, restored to a scratch place and compared before they are called done."""
